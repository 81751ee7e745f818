"""What people and programs say of a flow and its changes, checked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from cx280.accounts.forms import Day
from cx280.telemetry.forms.fields import NAME, NAME_HINT, Steps
from cx280.telemetry.models import Flow
from cx280.telemetry.rules.markup import key_of
from cx280.telemetry.rules.vocabulary import FlowState


class FlowForm(forms.Form):
    """A flow and its steps."""

    rule = "280.7-i1"

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
        NAME,
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

    rule = "280.7-i2"

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
