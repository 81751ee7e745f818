"""What people say about incidents and watches, checked."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.accounts.models import Person
from cx280.alarms.rules.hours import PutOff
from cx280.alarms.rules.watches import Sensitivity


class TurnForm(forms.Form):
    """A word on what is done: stands in the history."""

    note = forms.CharField(
        label="In a few words", max_length=500, required=False,
        help_text="Stands in the history, like “The web team looks at it.”",
    )  # fmt: skip


class SnoozeForm(TurnForm):
    """Until when it is put off."""

    until = forms.ChoiceField(label="Put it off", choices=PutOff.choices())


class NoteForm(forms.Form):
    """What somebody found out."""

    text = forms.CharField(label="Note", max_length=5000, widget=forms.Textarea({"rows": 3}))


class ActionForm(forms.Form):
    """What is done about it, and where that stands."""

    action_text = forms.CharField(label="What is done about it", max_length=200, required=False)
    action_url = forms.URLField(
        label="Where that stands", required=False, assume_scheme="https", max_length=200,
        help_text="A ticket or an action plan, like https://tracker.agency.gov/7",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An address needs words."""
        values = super().clean() or self.cleaned_data
        if values.get("action_url") and not (values.get("action_text") or "").strip():
            self.add_error("action_text", "Say in words what is done.")
        return values


class OwnerForm(forms.Form):
    """Who deals with it."""

    owner = forms.ModelChoiceField(
        queryset=Person.objects.none(), label="Who deals with it", required=False,
        empty_label="Nobody yet",
    )  # fmt: skip

    def __init__(self, people: list[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Person.objects.filter(pk__in=[each.pk for each in people])


class SensitivityForm(forms.Form):
    """How many false alarms a month somebody can live with."""

    a_month = forms.ChoiceField(
        label="How many false alarms can you live with?", choices=Sensitivity.choices(),
        help_text="For this service, all its figures together. Fewer finds less, and later.",
    )  # fmt: skip

    def chosen(self) -> float:
        """False alarms a month."""
        return Sensitivity.of(self.cleaned_data["a_month"]).a_month


class MuteForm(forms.Form):
    """Until when nobody is told of a figure."""

    until = forms.ChoiceField(label="Mute it", choices=PutOff.choices())


class MaintenanceForm(forms.Form):
    """Hours of work on a service."""

    starts_at = forms.DateTimeField(
        label="Work begins", widget=forms.DateTimeInput({"type": "datetime-local"})
    )
    ends_at = forms.DateTimeField(
        label="Work ends", widget=forms.DateTimeInput({"type": "datetime-local"})
    )
    reason = forms.CharField(label="What is done", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Work ends after it begins."""
        values = super().clean() or self.cleaned_data
        begins, ends = values.get("starts_at"), values.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", "Work ends after it begins.")
        return values
