"""What people write about proposals."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.accounts.forms import Day
from cx280.designation.rules.scoring import Span
from cx280.designation.rules.vocabulary import About, Factor, Office, Part
from cx280.services.models import Hisp, Service


class BeginForm(forms.Form):
    """Whose services, and for which year."""

    hisp: forms.ModelChoiceField[Hisp] = forms.ModelChoiceField(
        Hisp.objects.none(), label="Provider", to_field_name="code", empty_label=None
    )
    fiscal_year = forms.IntegerField(
        label="Fiscal year", min_value=2022, max_value=2100,
        help_text="The services are due on December 31 of that fiscal year.",
    )  # fmt: skip


class ChoiceForm(forms.Form):
    """A service put forward, and why."""

    service: forms.ModelChoiceField[Service] = forms.ModelChoiceField(
        Service.objects.none(), label="Service", to_field_name="code", empty_label="Choose one"
    )
    why = forms.CharField(
        label="Why this service?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who depends on it, what is wrong today, and why now rather than another.",
    )  # fmt: skip


class WeightsForm(forms.Form):
    """How much each factor counts, in any unit."""

    customers = forms.FloatField(label="Customers a year", min_value=0, max_value=1000)
    cost = forms.FloatField(label="Cost a year", min_value=0, max_value=1000)
    priority = forms.FloatField(label="Customer priority", min_value=0, max_value=1000)


_WORDS = {
    Factor.CUSTOMERS: ("How many customers a year?", 1e12),
    Factor.COST: ("What does it cost a year, in dollars?", 1e14),
    Factor.PRIORITY: ("How much does it matter to customers, 1 to 5?", 5.0),
}


class FiguresForm(forms.Form):
    """What is known of one service: for each factor the value, its ends, and who says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for factor, (label, most) in _WORDS.items():
            limits: dict[str, Any] = {"required": False, "min_value": 0, "max_value": most}
            self.fields[f"{factor}_value"] = forms.FloatField(
                label=label, help_text="Leave it empty if nobody knows.", **limits
            )
            self.fields[f"{factor}_low"] = forms.FloatField(label="At least", **limits)
            self.fields[f"{factor}_high"] = forms.FloatField(label="At most", **limits)
            self.fields[f"{factor}_source"] = forms.CharField(
                label="Who says so?", max_length=200, required=False
            )

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by factor, for the page."""
        parts = ("value", "low", "high", "source")
        return [(each.label, [self[f"{each}_{part}"] for part in parts]) for each in Factor]

    def known(self) -> dict[str, Span]:
        """What was written, by factor; without ends the value is exact."""
        found = {}
        for factor in Factor:
            value = self.cleaned_data.get(f"{factor}_value")
            if value is None:
                continue
            low = self.cleaned_data.get(f"{factor}_low")
            high = self.cleaned_data.get(f"{factor}_high")
            found[factor.value] = Span(
                value,
                value if low is None else low,
                value if high is None else high,
                self.cleaned_data[f"{factor}_source"],
            )
        return found


class ReasonForm(forms.Form):
    """Why a warning is right as it is."""

    finding = forms.CharField(max_length=200, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Why is this right as it is?", max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="OMB reads it with the proposal.",
    )  # fmt: skip


class ReturnForm(forms.Form):
    """Why OMB gives it back."""

    because = forms.CharField(
        label="What has to change?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConcurForm(forms.Form):
    """The day on which OMB concurs."""

    on = forms.DateField(label="OMB concurs on", widget=Day)
    words = forms.CharField(label="A word to the agency", max_length=2000, required=False)


class MeetingForm(forms.Form):
    """A meeting, and what each office did about it."""

    about = forms.ChoiceField(label="What was it about?", choices=About.choices())
    held_on = forms.DateField(label="On which day?", widget=Day)
    services: forms.ModelMultipleChoiceField[Service] = forms.ModelMultipleChoiceField(
        Service.objects.none(), label="About which services?", required=False,
        to_field_name="code", widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: all of them.",
    )  # fmt: skip
    decided = forms.CharField(
        label="What was decided?", max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [("", "Choose one"), *Part.choices()]
        for office in Office:
            self.fields[f"{office}_part"] = forms.ChoiceField(label=office.label, choices=parts)
            self.fields[f"{office}_words"] = forms.CharField(
                label=f"{office.label}: who came, or why not invited", max_length=300,
                required=False,
            )  # fmt: skip

    @property
    def head(self) -> list[forms.BoundField]:
        """What the meeting was."""
        return [self[name] for name in ("about", "held_on", "services", "decided")]

    @property
    def offices(self) -> list[forms.BoundField]:
        """The fields of the offices, in order."""
        return [self[f"{office}_{part}"] for office in Office for part in ("part", "words")]

    def given(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("about", "held_on", "services", "decided")},
            "seats": {
                office.value: (data[f"{office}_part"], data[f"{office}_words"]) for office in Office
            },
        }


class AssessmentForm(forms.Form):
    """That a service was assessed."""

    service: forms.ModelChoiceField[Service] = forms.ModelChoiceField(
        Service.objects.none(), label="Service", to_field_name="code", empty_label="Choose one"
    )
    assessed_on = forms.DateField(label="On which day?", widget=Day)
    office = forms.CharField(label="Who assessed it?", max_length=200, help_text="An office.")
    how = forms.CharField(
        label="How?", max_length=500,
        help_text="What was looked at, and whether customers took part.",
    )  # fmt: skip
    found = forms.CharField(
        label="What did it find?", max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    address = forms.CharField(
        label="Where does the whole of it stand?", max_length=500, required=False
    )
