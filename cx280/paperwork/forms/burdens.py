"""What people type about the burden of a service."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cx280.accounts.forms import Day
from cx280.paperwork.models import BurdenChange
from cx280.services.models import JourneyStep, Service


def _minutes(label: str, hint: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=hint, min_value=0, max_digits=8, decimal_places=2, initial=0
    )


class EstimateForm(forms.Form):
    """What one step takes of one person."""

    step = forms.ModelChoiceField(
        label="Step of the journey", queryset=JourneyStep.objects.none(), required=False,
        empty_label="Another one, named below",
    )  # fmt: skip
    step_name = forms.CharField(
        label="Name of the step", max_length=200, required=False,
        help_text="Only when the journey is not drawn, or lacks it.",
    )  # fmt: skip
    segment = forms.CharField(
        label="Of whom?", max_length=60, required=False,
        help_text="Such as: people far from an office. Empty: everybody not named apart.",
    )  # fmt: skip
    people_per_year = forms.IntegerField(
        label="How many of them go through it in a year?", min_value=0, max_value=2_000_000_000
    )
    learning_minutes = _minutes(
        "Minutes to find out", "What there is, whether they qualify, what is asked of them."
    )
    compliance_minutes = _minutes(
        "Minutes to comply", "Filling in, gathering records, travel, waiting."
    )
    cost = forms.DecimalField(
        label="Dollars each pays besides fees", min_value=0, max_digits=10, decimal_places=2,
        initial=0, help_text="Copies, postage, travel, a day’s pay.",
    )  # fmt: skip
    strain = forms.DecimalField(
        label="Strain, from 1 (none) to 5 (very much)", min_value=1, max_value=5, max_digits=3,
        decimal_places=2, required=False,
        help_text="The mean of what people said. This scale is ours, not OMB’s.",
    )  # fmt: skip
    observed = forms.IntegerField(
        label="How many people were asked or timed?", min_value=0, max_value=2_000_000_000,
        initial=0, help_text="0 for a calculation. Fewer than ten are never shown.",
    )  # fmt: skip
    source = forms.CharField(label="Where do the figures come from?", max_length=300)
    from_on = forms.DateField(label="From which day?", widget=Day())
    change = forms.ModelChoiceField(
        label="Which change brought it?", queryset=BurdenChange.objects.none(), required=False,
        empty_label="None: it is a first or a better estimate",
    )  # fmt: skip

    def __init__(self, service: Service, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = JourneyStep.objects.filter(journey__service=service)
        self.fields["step"].queryset = steps  # type: ignore[attr-defined]
        changes = BurdenChange.objects.filter(service=service)
        self.fields["change"].queryset = changes  # type: ignore[attr-defined]
        self.initial.setdefault("from_on", on)

    def clean(self) -> dict[str, Any]:
        """The values; a step has a name, drawn or written."""
        found = super().clean() or {}
        if not found.get("step") and not (found.get("step_name") or "").strip():
            self.add_error("step_name", "Choose a step, or name one.")
        return found


class ChangeForm(forms.Form):
    """Something done to lessen the burden."""

    title = forms.CharField(label="What was changed?", max_length=200)
    changed_on = forms.DateField(label="On which day?", widget=Day())
