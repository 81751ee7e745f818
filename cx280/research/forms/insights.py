"""What people type about insights, and what they look for."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.research import access
from cx280.research.models import ResearchStudy, Segment, Tag, TestRound
from cx280.research.rules.vocabulary import Confidence, Freshness, Source
from cx280.services.models import Service


class SearchForm(forms.Form):
    """What to look for; everything may stay empty."""

    words = forms.CharField(label="Words", max_length=200, required=False)
    segment = forms.ChoiceField(label="Segment", required=False)
    tag = forms.ChoiceField(label="Tag", required=False)
    service = forms.ChoiceField(label="Service", required=False)
    standing = forms.ChoiceField(
        label="Which", required=False,
        choices=[("", "All that hold"), (Freshness.STALE.value, "To confirm or retire"),
                 (Freshness.RETIRED.value, "Retired")],
    )  # fmt: skip

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = access.agencies_where(person)
        segments = Segment.objects.filter(agency__in=mine).values_list("name", flat=True)
        tags = Tag.objects.filter(agency__in=mine).values_list("name", flat=True)
        services = access.services_to_read(person).values_list("code", "name")
        self._offer("segment", [(each, each) for each in segments])
        self._offer("tag", [(each, each) for each in tags])
        self._offer("service", list(services))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "All"), *choices]  # type: ignore[attr-defined]


class InsightForm(forms.Form):
    """A sentence and whom it is about."""

    sentence = forms.CharField(
        label="What do we know?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence about people: “Anglers look for the price before the day.”",
    )  # fmt: skip
    need = forms.CharField(
        label="What do they need?", max_length=200, required=False,
        help_text="In their words: “To see what it costs before I choose.”",
    )  # fmt: skip
    segments = forms.ModelMultipleChoiceField(
        label="Of whom?", queryset=Segment.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    services = forms.ModelMultipleChoiceField(
        label="With which services?", queryset=Service.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    tags = forms.ModelMultipleChoiceField(
        label="Tags", queryset=Tag.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    confidence = forms.ChoiceField(label="How much stands behind it?", choices=Confidence.choices())

    def __init__(self, person: Person, agency: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segments"].queryset = Segment.objects.filter(agency=agency)  # type: ignore[attr-defined]
        self.fields["tags"].queryset = Tag.objects.filter(agency=agency)  # type: ignore[attr-defined]
        services = access.services_to_read(person).filter(owner__path__startswith=agency.path)
        self.fields["services"].queryset = services  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """What an insight rests on."""

    source = forms.ChoiceField(label="What kind of evidence?", choices=Source.choices())
    study = forms.ModelChoiceField(
        label="Which study?", queryset=ResearchStudy.objects.none(), required=False,
        empty_label="No study",
    )  # fmt: skip
    round = forms.ModelChoiceField(
        label="Which usability round?", queryset=TestRound.objects.none(), required=False,
        empty_label="No round",
    )  # fmt: skip
    words = forms.CharField(
        label="What does it show?", max_length=300,
        help_text="With its figure: “In 9 of 14 interviews …”, “38 % of low ratings (n 412) …”",
    )  # fmt: skip
    address = forms.CharField(
        label="Where can it be looked up?", max_length=500, required=False,
        help_text="A page here, such as /measures/…, or elsewhere.",
    )  # fmt: skip

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["study"].queryset = access.studies_to_see(person)  # type: ignore[attr-defined]
        self.fields["round"].queryset = access.rounds_to_see(person)  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        """A page here or on the web; nothing that a browser would run."""
        given = str(self.cleaned_data["address"]).strip()
        if given and not given.startswith(("/", "https://", "http://")):
            raise forms.ValidationError("Begin with / for a page here, or with https://.")
        return given


class RetireForm(forms.Form):
    """Why an insight holds no more."""

    because = forms.CharField(label="Why does it hold no more?", max_length=300)
