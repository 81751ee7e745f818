"""What people state about a step: empty is “nobody looked”, 0 is “there is none”."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cx280.accounts.forms import Day
from cx280.burden.rules.assessment import SCALE
from cx280.paperwork.models import BurdenChange
from cx280.services.models import Journey, JourneyStep


def _number(label: str, hint: str = "", *, places: int = 2, **options: Any) -> forms.DecimalField:
    given = {"min_value": 0, "max_digits": 8, "required": False, **options}
    return forms.DecimalField(label=label, help_text=hint, decimal_places=places, **given)


def _count(label: str, hint: str = "", most: int = 30_000) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=hint, min_value=0, max_value=most, required=False
    )


class Offering(forms.TextInput):
    """A field of free words that offers some; the browser shows them as one types."""

    offered: tuple[str, ...] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ANN401  as Django's
        """The field with its list."""
        given = {**(attrs or {}), "list": f"{name}-offered"}
        options = format_html_join("", '<option value="{}"></option>', [(o,) for o in self.offered])
        field = super().render(name, value, given, renderer)
        return format_html('{}<datalist id="{}-offered">{}</datalist>', field, name, options)


class AssessForm(forms.Form):
    """What one pass through a step takes of one person."""

    step = forms.ModelChoiceField(
        label="Which step?", queryset=JourneyStep.objects.none(), required=False,
        empty_label="One that is drawn no more, named below",
    )  # fmt: skip
    step_name = forms.CharField(label="Name of the step", max_length=200, required=False)
    segment = forms.CharField(
        label="Of whom?", max_length=60, required=False, widget=Offering(),
        help_text="A kind of customer the inventory names, or your own words, such as: people far"
        " from an office. Empty: everybody not named apart.",
    )  # fmt: skip
    from_on = forms.DateField(label="From which day does it hold?", widget=Day())
    repeats = forms.DecimalField(
        label="How often does one person go through it?", min_value=0, max_digits=5,
        decimal_places=2, initial=1, help_text="1.5 when half do it twice; 0 once it fell away.",
    )  # fmt: skip
    learning_minutes = _number(
        "Minutes to find out", "What there is, whether they qualify, what is asked of them."
    )
    paper_minutes = _number("Minutes to fill in and to wait", "Forms, calls, lines.")
    documents = _count("Documents to get", "0 when there are none.")
    document_minutes = _number("Minutes to get one document")
    trips = _count("Trips to an office", "0 when there are none.")
    trip_minutes = _number("Minutes of one trip, there and back")
    trip_dollars = _number("Dollars of one trip", "Gas, parking, bus.", max_digits=10)
    fees = _number("Dollars of fees and copies", "0 when there are none.", max_digits=10)
    strain = _number("Strain: the mean", f"On a scale {SCALE}. It is ours, not OMB’s.",
                     min_value=1, max_value=5, max_digits=3)  # fmt: skip
    strain_n = forms.IntegerField(
        label="How many were asked about strain?", min_value=1, required=False,
        max_value=2_000_000_000,
    )  # fmt: skip
    observed = forms.IntegerField(
        label="How many people were asked or timed?", min_value=0, initial=0,
        max_value=2_000_000_000,
        help_text="0 for a calculation. Fewer than ten are never shown.",
    )  # fmt: skip
    people_per_year = _count("How many people go through it in a year?",
                             "Hours of a year need it.", most=2_000_000_000)  # fmt: skip
    source = forms.CharField(label="Where do the figures come from?", max_length=300)
    change = forms.ModelChoiceField(
        label="Which change brought it?", queryset=BurdenChange.objects.none(), required=False,
        empty_label="None: it is a first or a better assessment",
    )  # fmt: skip

    def __init__(
        self, journey: Journey, on: date, groups: tuple[str, ...], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = journey.steps.all()  # type: ignore[attr-defined]
        self.fields["segment"].widget.offered = groups
        changes = BurdenChange.objects.filter(service=journey.service_id)
        self.fields["change"].queryset = changes  # type: ignore[attr-defined]
        self.initial.setdefault("from_on", on)

    def clean(self) -> dict[str, Any]:
        """The values; a step has a name, and strain its n."""
        found = super().clean() or {}
        if not found.get("step") and not (found.get("step_name") or "").strip():
            self.add_error("step_name", "Choose a step, or name it.")
        has_mean, has_n = found.get("strain") is not None, found.get("strain_n") is not None
        if has_mean and not has_n and "strain_n" not in self.errors:
            self.add_error("strain_n", "Say of how many people the mean is.")
        if has_n and not has_mean and "strain" not in self.errors:
            self.add_error("strain", "Say what their mean was, or take their number off.")
        return found


class WageForm(forms.Form):
    """What an hour is taken for."""

    dollars_an_hour = forms.DecimalField(
        label="Dollars an hour", min_value=0.01, max_digits=7, decimal_places=2
    )
    source = forms.CharField(
        label="Where is the rate from?", max_length=300,
        help_text="Such as: median hourly wage, Bureau of Labor Statistics, with the month.",
    )  # fmt: skip
    from_on = forms.DateField(label="From which day?", widget=Day())

    def __init__(self, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("from_on", on)
