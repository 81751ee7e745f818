"""What people write about indicators and their years."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.accounts.forms import Day
from cx280.indicators.models import Indicator
from cx280.indicators.rules.measures import read_measure
from cx280.indicators.rules.values import read_value, typed
from cx280.indicators.rules.vocabulary import Direction, Frequency, Kind
from cx280.kernel.problem import Problem

_NUMBER = forms.TextInput(attrs={"inputmode": "decimal"})
FIELDS = (
    "kind", "name", "formula", "measure", "source", "owner", "frequency", "unit", "direction",
    "is_service_level", "in_plan", "baseline", "baseline_on",
)  # fmt: skip


class IndicatorForm(forms.Form):
    """One indicator; the measure decides how values are typed."""

    kind = forms.ChoiceField(label="What is it about?", choices=Kind.choices())
    name = forms.CharField(label="What is it called?", max_length=200)
    measure = forms.ChoiceField(
        label="Which figure is it?", required=False,
        help_text="Its figures are drawn from this, the same as on the dashboard.",
    )  # fmt: skip
    formula = forms.CharField(
        label="How is it worked out, in words?", max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="“Those who agree or strongly agree, of all who answered.”",
    )  # fmt: skip
    source = forms.CharField(label="Where does the figure come from?", max_length=300)
    owner = forms.CharField(
        label="Who answers for it?", max_length=120, help_text="An office or a role: it is public."
    )
    frequency = forms.ChoiceField(label="How often is it new?", choices=Frequency.choices())
    unit = forms.CharField(
        label="Unit", max_length=40, required=False,
        help_text="Like minutes or dollars a case. Leave it empty for a percentage of a measure.",
    )  # fmt: skip
    direction = forms.ChoiceField(label="Which way is better?", choices=Direction.choices())
    is_service_level = forms.BooleanField(
        label="It is a service level, such as a waiting time", required=False
    )
    in_plan = forms.BooleanField(
        label="It stands in the Annual Performance Plan", required=False, initial=True,
        help_text="What stands there is public once it is published.",
    )  # fmt: skip
    baseline = forms.CharField(
        label="Where did it stand before?", required=False, max_length=20, widget=_NUMBER,
        help_text="A number; a share in percent.",
    )  # fmt: skip
    baseline_on = forms.DateField(label="On which day?", widget=Day, required=False)
    from_year = forms.IntegerField(
        label="If its meaning changes: from which fiscal year?", required=False, min_value=2018,
        max_value=2100,
    )  # fmt: skip
    because = forms.CharField(
        label="If its meaning changes: why?", required=False, max_length=300,
        help_text="Formula, measure, unit, direction or source. Years before and after are not"
        " compared.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Numbers as numbers, a baseline with its day, a unit where none follows."""
        found = super().clean() or {}
        bound = read_measure(found.get("measure", ""))
        is_share = bound is not None and bound.is_share
        if is_share:
            found["unit"] = "percent"
        elif not found.get("unit"):
            self.add_error("unit", "Say in which unit it is counted.")
        _read(self, found, "baseline", is_share=is_share)
        if found.get("baseline") is not None and not found.get("baseline_on"):
            self.add_error("baseline_on", "Say of which day the baseline is.")
        return found


class YearForm(forms.Form):
    """A fiscal year of an indicator."""

    fiscal_year = forms.IntegerField(label="Fiscal year", min_value=2018, max_value=2100)
    target = forms.CharField(
        label="Where is it to be?", required=False, max_length=20, widget=_NUMBER
    )
    actual = forms.CharField(
        label="Where was it?", required=False, max_length=20, widget=_NUMBER,
        help_text="Stated by you, and marked so everywhere.",
    )  # fmt: skip
    actual_source = forms.CharField(label="Where is that figure from?", required=False,
                                    max_length=300)  # fmt: skip
    why = forms.CharField(
        label="Why, if you change what stood here?", required=False, max_length=300
    )

    def __init__(self, indicator: Indicator, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.is_share = indicator.is_share
        unit = "percent" if self.is_share else indicator.unit
        for name in ("target", "actual"):
            self.fields[name].label = f"{self.fields[name].label} ({unit})"
        if indicator.measure:
            del self.fields["actual"], self.fields["actual_source"]

    def clean(self) -> dict[str, Any]:
        """Numbers as numbers."""
        found = super().clean() or {}
        for name in ("target", "actual"):
            if name in self.fields:
                _read(self, found, name, is_share=self.is_share)
        return found


class RetireForm(forms.Form):
    """From which day an indicator is used no more."""

    on = forms.DateField(label="From which day?", widget=Day)


def _read(form: forms.Form, found: dict[str, Any], name: str, *, is_share: bool) -> None:
    try:
        found[name] = read_value(found.get(name) or "", is_share=is_share)
    except Problem as problem:
        form.add_error(name, problem.message)


def initial_of(indicator: Indicator) -> dict[str, Any]:
    """The indicator as its form shows it."""
    found = {name: getattr(indicator, name) for name in FIELDS}
    return found | {"baseline": typed(indicator.baseline, is_share=indicator.is_share)}
