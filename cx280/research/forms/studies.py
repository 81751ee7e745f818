"""What people type about studies. No field takes a name of somebody who took part."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cx280.accounts.forms import Day, offer, unit_choice
from cx280.accounts.models import Person
from cx280.paperwork.models import Study
from cx280.research import access
from cx280.research.models import Segment
from cx280.research.rules.vocabulary import Approach, Experience, Method
from cx280.services.models import Journey, Service

MOST_PEOPLE = 1_000_000


class JourneysChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Journeys of several services, each told with its service."""

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401
        """`Boat permits: Getting a permit`."""
        return f"{obj.service.name}: {obj.name}"


class StudyForm(forms.Form):
    """A study: its question before, its findings after."""

    title = forms.CharField(label="Title", max_length=200)
    question = forms.CharField(
        label="What do you want to learn?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    approach = forms.ChoiceField(
        label="In words or in numbers?", choices=Approach.choices(), widget=forms.RadioSelect
    )
    method = forms.ChoiceField(label="How?", choices=Method.choices())
    organization = unit_choice(label="Who does it?")
    services = forms.ModelMultipleChoiceField(
        label="Of which services does it tell?", queryset=Service.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Those of other units too.",
    )  # fmt: skip
    journeys = JourneysChoice(
        label="Of which journeys?", queryset=Journey.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    starts_on = forms.DateField(label="First day", widget=Day())
    ends_on = forms.DateField(label="Last day", widget=Day())
    entry = forms.ModelChoiceField(
        label="Its entry among the studies under a clearance", queryset=Study.objects.none(),
        required=False, empty_label="None: fewer than ten of the public are asked",
        help_text="Ten or more members of the public need OMB’s approval first.",
    )  # fmt: skip
    findings = forms.CharField(
        label="What did it find?", max_length=20_000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}), help_text="Never the name of a participant.",
    )  # fmt: skip

    def __init__(self, person: Person, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organization", access.units_to_study(person, on))
        services = access.services_to_read(person)
        self.fields["services"].queryset = services  # type: ignore[attr-defined]
        journeys = Journey.objects.filter(service__in=services).select_related("service")
        self.fields["journeys"].queryset = journeys.order_by("service__name", "name")  # type: ignore[attr-defined]
        self.fields["entry"].queryset = access.entries(person)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The values; a study does not end before it starts."""
        found = super().clean() or {}
        first, last = found.get("starts_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first.")
        return found


class PartForm(forms.Form):
    """How many of a segment: counts only."""

    segment = forms.ModelChoiceField(
        label="Of which segment?", queryset=Segment.objects.none(), empty_label=None
    )
    experience = forms.ChoiceField(label="How far did they get?", choices=Experience.choices())
    planned = forms.IntegerField(label="Planned", min_value=0, max_value=MOST_PEOPLE)
    came = forms.IntegerField(
        label="Took part", min_value=0, max_value=MOST_PEOPLE, required=False,
        help_text="Empty until they are counted. The same segment again replaces its figures.",
    )  # fmt: skip
