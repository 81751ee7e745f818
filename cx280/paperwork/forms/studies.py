"""What people type about studies and what they found."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cx280.accounts.forms import Day, offer, unit_choice
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.paperwork.access import units_to_study
from cx280.paperwork.rules.answers import MOST_MINUTES, MOST_PEOPLE
from cx280.paperwork.rules.studies import StudyKind
from cx280.services.access import services_where
from cx280.services.models import Service


def _long(label: str, hint: str = "", *, required: bool = False, rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=20_000, widget=area
    )


class StudyForm(forms.Form):
    """A study before it takes place."""

    title = forms.CharField(label="Title", max_length=200)
    kind = forms.ChoiceField(
        label="What is it?", choices=StudyKind.choices(), widget=forms.RadioSelect
    )
    organization = unit_choice(label="Who does it?")
    service = forms.ModelChoiceField(
        label="About which service?", queryset=Service.objects.none(), required=False,
        empty_label="More than one, or none",
    )  # fmt: skip
    purpose = _long("What do you want to learn?", required=True)
    who = _long("Whom do you talk with?", "And how do you find them?")
    script = _long("Script", "Questions, instructions, tasks: OMB reads them.", rows=5)
    starts_on = forms.DateField(label="First day", widget=Day())
    ends_on = forms.DateField(label="Last day", widget=Day())
    planned = forms.IntegerField(
        label="Participants planned", min_value=1, max_value=MOST_PEOPLE,
        help_text="Members of the public. Federal employees are not counted.",
    )  # fmt: skip
    minutes = forms.DecimalField(
        label="Minutes for one participant", min_value=0.01, max_value=MOST_MINUTES,
        decimal_places=2,
    )  # fmt: skip

    def __init__(self, person: Person, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organization", units_to_study(person, on))
        services = services_where(person, Capability.EDIT_SURVEYS).filter(retired_on__isnull=True)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The values; a study does not end before it starts."""
        found = super().clean() or {}
        first, last = found.get("starts_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first.")
        return found


class TookPartForm(forms.Form):
    """Who came."""

    took_part = forms.IntegerField(
        label="Members of the public who took part", min_value=0, max_value=MOST_PEOPLE
    )
    employees = forms.IntegerField(
        label="Federal employees who took part", min_value=0, max_value=MOST_PEOPLE,
        help_text="They count in what you learn and not in the burden.",
    )  # fmt: skip


class FindingForm(forms.Form):
    """Something learned, and where it leads: an action, or a reason why there is none."""

    text = _long("What did you learn?", required=True)
    action = _long("What will you do about it?", "Leave it empty while that is open.", rows=2)
    due_on = forms.DateField(label="Until when?", widget=Day(), required=False)
    done_on = forms.DateField(label="Done on", widget=Day(), required=False)
    no_action_reason = _long("Or why nothing?", "Only when you do nothing about it.", rows=2)

    def clean(self) -> dict[str, Any]:
        """The values; an action or a reason for none, never both."""
        found = super().clean() or {}
        action, none = found.get("action", "").strip(), found.get("no_action_reason", "").strip()
        if action and none:
            self.add_error("no_action_reason", "You do something about it above.")
        if not action and (found.get("done_on") or found.get("due_on")):
            self.add_error("action", "Say what is done.")
        return found
