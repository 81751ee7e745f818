"""What people and programs say in a measurement plan, checked."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.telemetry.forms.fields import Threshold
from cx280.telemetry.models import Flow
from cx280.telemetry.rules.vocabulary import EventKind, Turn


class QuestionForm(forms.Form):
    """A strategic question and the insight wanted."""

    rule = "280.7-c1"

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


class MetricForm(forms.Form):
    """A metric: the events it counts, and what is done at which value."""

    rule = "280.7-c2"

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
    flow = forms.ChoiceField(
        label="In the flow",
        required=False,
        error_messages={"invalid_choice": "There is no flow “%(value)s” here. Register it first."},
    )
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
