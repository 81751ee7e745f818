"""What people say about incidents and watches, checked."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.accounts.models import Person
from cx280.alarms.channels.shape import ChannelKind
from cx280.alarms.rules.hours import PutOff
from cx280.alarms.rules.vocabulary import Pace
from cx280.alarms.rules.watches import Sensitivity


class TurnForm(forms.Form):
    """A word on what is done: stands in the history."""

    note = forms.CharField(
        label="In a few words", max_length=500, required=False,
        help_text="Stands in the history, like “The web team looks at it.”",
    )  # fmt: skip


class SnoozeForm(TurnForm):
    """Until when it is put off."""

    until = forms.ChoiceField(label="For how long?", choices=PutOff.choices())
    field_order = ["until", "note"]


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


class ContactForm(forms.Form):
    """How somebody is told, and when not."""

    pace = forms.ChoiceField(
        label="How soon?", choices=Pace.choices(),
        help_text="What cannot wait, as a silent website, is told at once in any case.",
    )  # fmt: skip
    waits_hours = forms.TypedChoiceField(
        label="Wait for others to take it?", required=False, coerce=int, empty_value=None,
        choices=[("", "As your role has it"), ("0", "Do not wait"), ("1", "An hour"),
                 ("4", "4 hours"), ("24", "A day")],
        help_text="You are told only when nobody took it by then. Program managers are told at "
        "once, CX leads after 4 hours.",
    )  # fmt: skip
    tells_worse = forms.BooleanField(
        label="Tell me when it gets much worse", required=False, initial=True,
        help_text="Once: twice as far from what was expected as when you were told, or nothing "
        "comes any more.",
    )  # fmt: skip
    tells_over = forms.BooleanField(
        label="Tell me when it is over", required=False, initial=True,
        help_text="One short message, if you were told that it began.",
    )  # fmt: skip
    quiet_from = forms.TimeField(
        label="Quiet from", required=False, widget=forms.TimeInput({"type": "time"})
    )
    quiet_until = forms.TimeField(
        label="Quiet until", required=False, widget=forms.TimeInput({"type": "time"})
    )
    quiet_weekends = forms.BooleanField(label="Quiet on weekends", required=False)
    enabled = forms.BooleanField(label="Tell this address", required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """Quiet hours have both ends."""
        values = super().clean() or self.cleaned_data
        if bool(values.get("quiet_from")) != bool(values.get("quiet_until")):
            self.add_error("quiet_until", "Give both ends of the quiet hours, or none.")
        return values


class NewContactForm(ContactForm):
    """An address that is new."""

    whose = forms.ChoiceField(label="Who is told?")
    channel = forms.ChoiceField(label="How?", choices=ChannelKind.choices())
    address = forms.CharField(
        label="Address", max_length=500,
        help_text="An e-mail address, a web address, or a number like +12025550123.",
    )  # fmt: skip
    field_order = ["whose", "channel", "address"]

    def __init__(self, units: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["whose"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Me"), *((str(pk), name) for pk, name in units)]
        field.required = False

    def clean(self) -> dict[str, Any]:
        """Only mail can be gathered into one message."""
        values = super().clean()
        if values.get("channel") != ChannelKind.EMAIL and values.get("pace") != Pace.AT_ONCE:
            self.add_error("pace", "Only e-mail gathers alarms into one message. Choose at once.")
        return values
