"""What people type about sites, plans and flows, checked."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import QueryDict

from cx280.accounts.forms import Day
from cx280.telemetry.models import Flow
from cx280.telemetry.rules.vocabulary import EventKind, FlowState, Tier, Turn

_NAME = re.compile(r"[a-z0-9_.:-]{1,64}")
_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
NAME_HINT = "Small letters, digits and _ . : - only."


def key_of(words: str) -> str:
    """A key made of words, as cx.js writes names: “Your boat” becomes `your-boat`."""
    return re.sub(r"[^a-z0-9_.:-]+", "-", words.lower()).strip("-")[:64]


class Lines(forms.CharField):
    """A list, one a line; what comes out is a list of words without repeats."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, pattern: re.Pattern[str] | None = None, **options: Any) -> None:
        super().__init__(required=False, max_length=5000, **options)
        self.pattern = pattern

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  # Django's own signature
        """The list as the text area shows it."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # noqa: ANN401
        """The lines; an error names the first that cannot be used."""
        said = [each.strip() for each in super().clean(value).splitlines()]
        found = list(dict.fromkeys(each for each in said if each))
        for each in found:
            if self.pattern and not self.pattern.fullmatch(each):
                raise forms.ValidationError(f"“{each}” cannot be used. {NAME_HINT}")
        return found


class Steps(forms.CharField):
    """The steps of a flow, one a line, `Payment` or `pay: Payment`; comes out as [[key, name], …].

    A line without a key gets one made of its words.
    """

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """The steps as the text area shows them."""
        if isinstance(value, list):
            return "\n".join(f"{key}: {name}" for key, name in value)
        return value

    def clean(self, value: Any) -> list[list[str]]:  # noqa: ANN401
        """The steps in order; an error for a key that cannot be used or stands twice."""
        steps: list[list[str]] = []
        for line in super().clean(value).splitlines():
            if not line.strip():
                continue
            key, colon, name = (each.strip() for each in line.partition(":"))
            if not colon:
                key, name = key_of(key), key
            if not _NAME.fullmatch(key):
                raise forms.ValidationError(f"“{key or line.strip()}” cannot be a key. {NAME_HINT}")
            if key in {known for known, _ in steps}:
                raise forms.ValidationError(f"The step “{key}” stands there twice. Leave one out.")
            steps.append([key, name or key])
        return steps


class SiteForm(forms.Form):
    """A site and the terms it collects under."""

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
    names = Lines(
        _NAME, label="Event names taken", help_text="One a line. Empty: any. " + NAME_HINT
    )
    properties = Lines(
        _KEY,
        label="Properties taken",
        help_text="One a line, like “to” for where links lead. Empty: none.",
    )
    queries = Lines(
        _KEY,
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


class QuestionForm(forms.Form):
    """A strategic question and the insight wanted."""

    text = forms.CharField(
        label="What do you want to know?", max_length=300, help_text="Ends with a question mark."
    )
    insight = forms.CharField(
        label="What would tell you?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text="The insight that would answer it, in a sentence.",
    )


class Threshold(forms.DecimalField):
    """A value at which something is done, shown without the noughts behind it."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """`60` for 60.000; what was typed as it was typed."""
        return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else value


class MetricForm(forms.Form):
    """A metric: the events it counts, and what is done at which value."""

    name = forms.CharField(
        label="What is measured?", max_length=200, help_text="Like “Share who finish”."
    )
    kind = forms.ChoiceField(label="It counts", choices=EventKind.choices())
    event = forms.CharField(
        label="Called",
        max_length=64,
        required=False,
        help_text="As data-cx names it, like apply. Page speed is lcp, cls or inp; "
        "“Was this page helpful?” is helpful. Empty: any.",
    )
    flow = forms.ChoiceField(label="In the flow", required=False)
    step = forms.CharField(
        label="At the step",
        max_length=64,
        required=False,
        help_text="As the flow’s page lists it, like pay. Empty: any.",
    )
    turn = forms.ChoiceField(label="We act when it is", choices=Turn.choices())
    threshold = Threshold(label="This value", max_digits=14, decimal_places=3, required=False)
    unit = forms.CharField(
        label="Unit", max_length=40, required=False, help_text="Like percent, seconds or a day."
    )
    planned_action = forms.CharField(
        label="What will we do then?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text="Like “Watch five people use the step where most leave, and rewrite it.”",
    )

    def __init__(self, flows: list[Flow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["flow"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Any"), *((each.key, each.name) for each in flows)]

    def clean(self) -> dict[str, Any]:
        """The values; an event of no kind of its own must say what it is called."""
        values = super().clean() or self.cleaned_data
        if values.get("kind") == EventKind.OTHER and "event" in values and not values["event"]:
            self.add_error("event", "Say what it is called: step, abandon, helpful, lcp, cls, inp.")
        return values


class FlowForm(forms.Form):
    """A flow and its steps."""

    name = forms.CharField(
        label="What do people come to do?", max_length=120, help_text="Like “Renew a permit”."
    )
    launched_on = forms.DateField(label="Launched on", widget=Day())
    steps = Steps(
        label="Steps in order",
        required=False,
        max_length=5000,
        help_text="One a line, like Payment. Where pages already name it: “pay: Payment”.",
    )
    key = forms.RegexField(
        _NAME,
        label="What pages call it",
        required=False,
        help_text="Empty: made of the name. " + NAME_HINT,
        error_messages={"invalid": NAME_HINT},
    )

    def clean(self) -> dict[str, Any]:
        """The values, with a key made of the name where none was given."""
        values = super().clean() or self.cleaned_data
        if not values.get("key") and "key" not in self.errors and values.get("name"):
            values["key"] = key_of(values["name"])
            if not values["key"]:
                self.add_error("key", f"No key can be made of this name. Write one. {NAME_HINT}")
        return values


class ChangeForm(forms.Form):
    """That a flow changed on a day."""

    state = forms.ChoiceField(
        label="What happened?",
        choices=[
            (FlowState.OPTIMISED.value, "It was made better"),
            (FlowState.DEPRECATED.value, "It ended or is ending"),
            (FlowState.LIVE.value, "It is live again"),
        ],
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label="On", widget=Day())
    note = forms.CharField(
        label="In a few words",
        max_length=200,
        required=False,
        help_text="Stands on charts beside the day, like “fewer fields”.",
    )
    successor = forms.ModelChoiceField(
        queryset=Flow.objects.none(),
        label="Replaced by",
        required=False,
        empty_label="No other flow",
        help_text="Only when it ended. The new flow carries on its line, with a break.",
    )

    def __init__(self, flow: Flow, today: date, given: QueryDict | None = None) -> None:
        super().__init__(given, initial={"on": today})
        field = self.fields["successor"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Flow.objects.filter(service=flow.service_id).exclude(pk=flow.pk)
