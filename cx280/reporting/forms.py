"""What people type into a quarter, checked."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.accounts.forms import Day
from cx280.circular.edition import Driver, Edition
from cx280.reporting.actions import TypedVolumes
from cx280.reporting.models import Package, PackageIndicator
from cx280.reporting.rules.content import Content, Indicator

MOST = 10**11  # more than every person alive ten times over is a slip of the keyboard


class NarrativeForm(forms.Form):
    """The two texts; too long is kept and told by the checks, never cut off."""

    accomplishments = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 9}))
    reflection = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 9}))

    def __init__(self, package: Package, edition: Edition, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(
            data,
            initial={
                "accomplishments": package.accomplishments,
                "reflection": package.reflection,
            },
        )
        limit = edition.limits.narrative_characters
        hints = {
            "accomplishments": "What did you do for customers this quarter?",
            "reflection": "What did you learn, what matters to customers, where does it hurt?",
        }
        for name, field in self.fields.items():
            field.widget.attrs["data-count"] = str(limit)
            field.help_text = f"{hints[name]} Up to {limit:,} characters."


class VolumesForm(forms.Form):
    """How many people were served and asked; fields follow the surveys of the quarter."""

    customers_served = forms.IntegerField(
        label="People the service served this quarter",
        required=False,
        min_value=0,
        max_value=MOST,
        help_text="All channels together. Leave blank if you do not know.",
    )

    def __init__(self, package: Package, content: Content, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, initial={"customers_served": package.customers_served})
        self.codes: list[str] = []
        for survey in content.surveys:
            typed = package.survey_volumes.get(survey.code, {})
            self.codes.append(survey.code)
            self.fields[f"customers-{survey.code}"] = forms.IntegerField(
                label=f"People served where “{survey.title}” is asked",
                required=False,
                min_value=0,
                max_value=MOST,
                initial=typed.get("customers"),
                help_text=f"At the step “{survey.transaction_point}”."
                if survey.transaction_point
                else "",
            )
            counted = survey.volumes.offered is not None and typed.get("offered") is None
            if not survey.self_selected and not counted:
                self.fields[f"offered-{survey.code}"] = forms.IntegerField(
                    label=f"People who were offered “{survey.title}”",
                    required=False,
                    min_value=0,
                    max_value=MOST,
                    initial=typed.get("offered"),
                    help_text="cx280 did not count this itself. Page views are not offers.",
                )

    def typed(self) -> dict[str, TypedVolumes]:
        """What was written for each survey."""
        return {
            code: TypedVolumes(
                customers=self.cleaned_data.get(f"customers-{code}"),
                offered=self.cleaned_data.get(f"offered-{code}"),
            )
            for code in self.codes
        }


class IndicatorForm(forms.Form):
    """One indicator; every figure is a number, words are refused (280.10-r1)."""

    name = forms.CharField(max_length=200, help_text="Such as: average wait on the phone.")
    unit = forms.CharField(max_length=40, help_text="Such as: minutes, percent, days.")
    direction = forms.ChoiceField(
        choices=PackageIndicator.Direction.choices, label="Which way is better?", initial="up"
    )
    value = forms.FloatField(required=False, label="Value this quarter")
    target = forms.FloatField(required=False)
    numerator = forms.FloatField(required=False, help_text="If the value is a share or a mean.")
    denominator = forms.FloatField(required=False)
    remove = forms.BooleanField(required=False, label="Remove this indicator")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("value", "target", "numerator", "denominator"):
            self.fields[name].error_messages["invalid"] = "Write a number, without words."

    @property
    def is_kept(self) -> bool:
        """Whether the indicator stays: there before or written now, and not taken out."""
        removed = self.is_bound and bool(self["remove"].data)
        return not removed and (bool(self.initial) or self.has_changed())

    def indicator(self) -> Indicator:
        """The indicator as the content holds it."""
        return Indicator(**{key: self.cleaned_data[key] for key in Indicator.__struct_fields__})


class ReasonForm(forms.Form):
    """Why a driver does not apply to the service."""

    reason = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Why it does not apply",
        help_text="Leave blank if it does apply. OMB reads this reason.",
    )
    agreed = forms.BooleanField(required=False, label="I agree that it does not apply")

    def __init__(
        self,
        driver: Driver,
        package: Package,
        *,
        may_agree: bool,
        data: Any = None,  # noqa: ANN401
    ) -> None:
        said = package.not_applicable.get(driver.code, {})
        super().__init__(
            data,
            prefix=driver.code,
            initial={"reason": said.get("reason", ""), "agreed": bool(said.get("approver"))},
        )
        self.driver = driver
        self.said = said
        if not may_agree:
            del self.fields["agreed"]


class BecauseForm(forms.Form):
    """A reason or a comment that somebody else will read."""

    because = forms.CharField(
        max_length=5000, widget=forms.Textarea(attrs={"rows": 5}), label="Why?"
    )


class SignForm(forms.Form):
    """The signature."""

    read = forms.BooleanField(
        label="I have read this report, and to my knowledge it is complete and true.",
        error_messages={"required": "Tick the box to sign."},
    )


class HandoverForm(forms.Form):
    """From which day on OMB takes the data through the API."""

    starts_on = forms.DateField(
        label="From this day on",
        widget=Day(),
        help_text="Quarters that end on or after it need no file.",
    )
