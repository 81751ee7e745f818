"""What people and programs say of a site, checked."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import forms

from cx280.accounts.forms import Day
from cx280.telemetry.forms.fields import KEY, NAME, NAME_HINT, Lines
from cx280.telemetry.rules.vocabulary import Tier


class SiteForm(forms.Form):
    """A site and the terms it collects under."""

    rule = "280.7-b1"
    # What most sites never need stands folded: its words, and its fields.
    folded = (
        ("Only for tiers 2 and 3", ("opt_out", "notice_on", "cio_approver")),
        ("Take less, or a little more", ("names", "properties", "queries")),
    )

    name = forms.CharField(label="Name", max_length=120, help_text="Like www.example.gov.")
    origins = Lines(
        label="Where it stands",
        help_text="One address a line, like https://www.example.gov. Empty: anywhere.",
    )
    purpose = forms.CharField(
        label="What is the data used for?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text="Like “To find the steps at which people give up, and make them easier.”",
    )
    retention_days = forms.IntegerField(
        label="Days that single events are kept",
        min_value=1,
        max_value=3650,
        required=False,
        help_text="As few as the purpose allows. Daily sums stay after that.",
    )
    tier = forms.TypedChoiceField(
        label="How closely are people followed?",
        choices=[("", "Not decided yet"), *((each.value, each.label) for each in Tier)],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="The usage tiers of OMB memorandum M-10-22. Our script needs tier 1 only.",
    )
    opt_out = forms.CharField(
        label="How can people say no?",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    notice_on = forms.DateField(
        label="Day of the public notice",
        widget=Day(),
        required=False,
        help_text="Tier 3 only: it starts 30 days later at the earliest.",
    )
    cio_approver = forms.CharField(
        label="Approved by, for the Chief Information Officer",
        max_length=200,
        required=False,
        help_text="Tier 3 only.",
    )
    names = Lines(NAME, label="Event names taken", help_text="One a line. Empty: any. " + NAME_HINT)
    properties = Lines(
        KEY,
        label="Properties taken",
        help_text="One a line, like “to” for where links lead. Empty: none.",
    )
    queries = Lines(
        KEY,
        label="Parts of the query kept in addresses",
        help_text="One a line, like page. Empty: none, and that is safest.",
    )

    def clean_origins(self) -> list[str]:
        """The origins as browsers send them: scheme and host."""
        origins = []
        for each in self.cleaned_data["origins"]:
            parts = urlsplit(each)
            if parts.scheme not in {"https", "http"} or not parts.netloc or "@" in parts.netloc:
                raise forms.ValidationError(f"“{each}” is no address like https://www.example.gov.")
            origins.append(f"{parts.scheme}://{parts.netloc}".lower())
        return list(dict.fromkeys(origins))
