"""What people and programs say of a plan, of contact rules and of how sure they want to be."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.delivery.rules.sampling import read_rate, read_rates, written_rate
from cx280.delivery.rules.sizes import Sureness
from cx280.delivery.rules.vocabulary import Method, StrataBy
from cx280.kernel.problem import Unusable


class Rate(forms.CharField):
    """A share, `20 %` or `0.2`; comes out as a number above 0 and up to 1."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  # Django's own signature
        """A number as people write it; what was typed as it was typed."""
        return written_rate(value) if isinstance(value, int | float) else value

    def clean(self, value: Any) -> Any:  # noqa: ANN401
        """The rate; a sentence says what is wrong."""
        text = super().clean(value)
        try:
            return read_rate(text) if text else None
        except Unusable as problem:
            raise forms.ValidationError(f"{problem.message} {problem.fix}".strip()) from problem


class Rates(forms.CharField):
    """Rates of groups, one a line; comes out as {group: rate}."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """The rates as the text area shows them."""
        if isinstance(value, dict):
            return "\n".join(f"{name} = {written_rate(rate)}" for name, rate in value.items())
        return value

    def clean(self, value: Any) -> dict[str, float]:  # noqa: ANN401
        """The rates by group; a sentence names the first line at fault."""
        try:
            return read_rates(super().clean(value))
        except Unusable as problem:
            raise forms.ValidationError(f"{problem.message} {problem.fix}".strip()) from problem


class PlanForm(forms.Form):
    """How a survey draws its sample."""

    rule = "280.10-m2"

    method = forms.ChoiceField(
        label="How is the sample drawn?", choices=Method.choices, widget=forms.RadioSelect
    )
    rate = Rate(
        label="How many interactions are asked about?",
        max_length=20,
        help_text="Like 10 % or 0.1. With groups: the rate of every group not named below.",
    )
    strata_by = forms.ChoiceField(
        label="Groups are by", choices=StrataBy.choices, required=False,
        help_text="Only for a stratified sample.",
    )  # fmt: skip
    rates = Rates(
        label="Rates of groups",
        max_length=5000,
        required=False,
        help_text="One a line, like: portland = 50 %. Ask more of small groups, so that each can"
        " be told apart; the weights put it right. Only for a stratified sample.",
    )
    share = forms.IntegerField(
        label="Its share when other surveys want the same people",
        min_value=1,
        max_value=100,
        help_text="1 to 100. A survey with 20 gets twice the turns of one with 10, even if it"
        " meets people more rarely.",
    )
    seed = forms.CharField(
        label="Seed",
        max_length=64,
        required=False,
        help_text="Leave it empty for a random one. The same seed draws the same sample again.",
    )

    def clean(self) -> dict[str, Any]:
        """Groups have rates only where the sample is stratified."""
        given = super().clean() or {}
        given["strata_by"] = given.get("strata_by") or StrataBy.UNIT.value
        stratified = given.get("method") == Method.STRATIFIED
        if stratified and "rates" not in self.errors and not given.get("rates"):
            self.add_error("rates", "Name at least one group with its rate.")
        if not stratified and given.get("rates"):
            self.add_error("rates", "Choose a stratified sample, or leave the rates empty.")
        return given


class ContactRulesForm(forms.Form):
    """How often all surveys of an agency together may ask one person."""

    rule = "280.10-o3"

    quiet_days = forms.IntegerField(
        label="Quiet days after an invitation",
        min_value=0,
        max_value=730,
        help_text="For this long no survey of the agency asks the person again. 0: no quiet time.",
    )
    most_per_year = forms.IntegerField(
        label="Invitations a person gets in 365 days, at most",
        min_value=0,
        max_value=365,
        help_text="0: no limit.",
    )
    patience_days = forms.IntegerField(
        label="Days that a turn is kept for its survey",
        min_value=0,
        max_value=365,
        help_text="When several surveys want the same people, each turn is kept for one of them,"
        " by its share. After these days it is open to all. 0: first come, first served.",
    )


class SizeForm(forms.Form):
    """How sure somebody wants to be, and what they expect."""

    sureness = forms.ChoiceField(label="How sure do you want to be?", choices=Sureness.choices)
    points = forms.FloatField(
        label="Within how many points?", min_value=0.1, max_value=50,
        help_text="5 means: 80 % stands for 75 % to 85 %.",
    )  # fmt: skip
    population = forms.IntegerField(
        label="Interactions in the time", min_value=1, max_value=10**9, required=False,
        help_text="Leave it empty when nobody knows.",
    )  # fmt: skip
    response_rate = Rate(
        label="How many answer when asked?", max_length=20,
        help_text="In Federal reports half of all services had less than 27 % in person, 11 % by"
        " email and 0.6 % on websites.",
    )  # fmt: skip


def checked(form: forms.Form) -> dict[str, Any]:
    """What the form makes of what it was given; Unusable names the first field that is wrong."""
    if form.is_valid():
        return form.cleaned_data
    name, faults = next(iter(form.errors.items()))
    field = name if name in form.fields else ""
    told = f"{field}: {faults[0]}" if field else str(faults[0])
    raise Unusable(told, field=field or None, rule=getattr(form, "rule", None))
