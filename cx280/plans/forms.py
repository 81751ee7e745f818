"""What people write about actions and pain points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from cx280.accounts.forms import Day
from cx280.plans.models import ActionPlan, PainPoint
from cx280.plans.rules.templates import PlanTemplate
from cx280.plans.rules.vocabulary import EvidenceKind, HumanCentered, Of, Status
from cx280.research.models import Insight, ResearchStudy
from cx280.services.models import Hisp, Service


class Percent(forms.CharField):
    """A share typed as percent, `84` or `84.5 %`; comes out between 0 and 1, None for nothing."""

    def __init__(self, **given: Any) -> None:  # Django's own signature
        numbers = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(widget=numbers, max_length=20, required=False, **given)

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """A share as people read it; what was typed as it was typed."""
        return f"{value * 100:g}" if isinstance(value, float) else value

    def clean(self, value: Any) -> Any:  # noqa: ANN401
        """The share; a sentence says what is wrong."""
        written = super().clean(value).removesuffix("%").strip()
        if not written:
            return None
        try:
            found = float(written)
        except ValueError:
            found = math.nan
        if not 0 <= found <= 100:
            raise forms.ValidationError("Write a percentage between 0 and 100, like 84 or 84.5.")
        return found / 100


class BeginForm(forms.Form):
    """Which plan to begin."""

    hisp: forms.ModelChoiceField[Hisp] = forms.ModelChoiceField(
        Hisp.objects.none(), label="Provider", to_field_name="code", empty_label=None
    )
    fiscal_year = forms.IntegerField(
        label="Fiscal year in which it is due", min_value=2022, max_value=2100,
        help_text="It commits to the year that follows.",
    )  # fmt: skip


class Templated(forms.Form):
    """A form that asks in the words of a template, and its own questions after them."""

    OF: Of

    def __init__(
        self, *given: Any, template: PlanTemplate | None = None,
        told: Mapping[str, str] | None = None, **named: Any,
    ) -> None:  # fmt: skip
        """told: what was said under the template's own questions before."""
        super().__init__(*given, **named)
        self.own = template.own(self.OF) if template else ()
        for each in template.asked if template else ():
            if each.of is self.OF and each.fills:
                self.fields[each.fills].label = each.question
                self.fields[each.fills].help_text = each.help
        for each in self.own:
            self.fields[f"told-{each.code}"] = forms.CharField(
                label=each.question, help_text=each.help, required=False, max_length=5000,
                initial=(told or {}).get(each.code, ""), widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def split(self) -> tuple[dict[str, Any], dict[str, str]]:
        """What goes into columns, and the words by code of the template's questions."""
        found = dict(self.cleaned_data)
        return found, {each.code: found.pop(f"told-{each.code}") for each in self.own}


class SummaryForm(Templated):
    """The words above the actions."""

    OF = Of.PLAN

    summary = forms.CharField(
        label="What is this plan about?", required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It stands above the actions on the public page.",
    )  # fmt: skip


class ActionForm(Templated):
    """One commitment. What is missing is told by the checks, so that a half-written one is kept."""

    OF = Of.ACTION

    service: forms.ModelChoiceField[Service] = forms.ModelChoiceField(
        Service.objects.none(), label="Service", empty_label=None
    )
    change = forms.CharField(
        label="What will change?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What will be different, where, for whom.",
    )  # fmt: skip
    pain_point: forms.ModelChoiceField[PainPoint] = forms.ModelChoiceField(
        PainPoint.objects.none(), label="Which pain point does it answer?", required=False,
        empty_label="None chosen yet",
    )  # fmt: skip
    owner = forms.CharField(
        label="Who answers for it?", max_length=120, required=False,
        help_text="An office or a role: it is public.",
    )  # fmt: skip
    starts_on = forms.DateField(label="First day", widget=Day, required=False)
    ends_on = forms.DateField(label="Last day", widget=Day, required=False)
    measure = forms.ChoiceField(label="Which figure will show whether it worked?", required=False)
    baseline = Percent(label="Where it stood before, in percent")
    target = Percent(label="Where it is to be, in percent")
    human_centered = forms.ChoiceField(
        label="Is human-centered design used?", required=False,
        choices=[("", "Not answered yet"), *HumanCentered.choices()],
    )  # fmt: skip
    idea = forms.CharField(
        label="IDEA initiative it is part of", max_length=200, required=False,
        help_text="The modernization under the 21st Century Integrated Digital Experience Act.",
    )  # fmt: skip
    note = forms.CharField(
        label="Note for those who work here", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="Never public.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An end before the beginning is refused beside the end."""
        found = super().clean() or {}
        first, last = found.get("starts_on"), found.get("ends_on")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("ends_on", "The last day lies before the first.")
        return found


class StatusForm(forms.Form):
    """How an action goes."""

    status = forms.ChoiceField(label="How far is it?", choices=Status.choices())
    words = forms.CharField(label="What happened?", max_length=500, required=False)


class PainPointForm(forms.Form):
    """What hurts, and what shows it."""

    service: forms.ModelChoiceField[Service] = forms.ModelChoiceField(
        Service.objects.none(), label="Service", empty_label=None
    )
    words = forms.CharField(
        label="What hurts customers?", max_length=300,
        help_text="In their situation: “People wait three weeks without a word.”",
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="What kind of evidence is there?", choices=EvidenceKind.choices()
    )
    evidence = forms.CharField(
        label="What does it show?", max_length=300,
        help_text="With its figure: “38 % of comments with a low rating name the wait (n 412).”",
    )  # fmt: skip
    study: forms.ModelChoiceField[ResearchStudy] = forms.ModelChoiceField(
        ResearchStudy.objects.none(), label="Which study?", required=False, empty_label="No study"
    )
    insight: forms.ModelChoiceField[Insight] = forms.ModelChoiceField(
        Insight.objects.none(), label="Which insight?", required=False, empty_label="No insight"
    )
    figure = forms.ChoiceField(
        label="Which figure shows it?", required=False,
        help_text="What it says today will stand beside your words.",
    )  # fmt: skip
    address = forms.CharField(
        label="Where can it be looked up?", max_length=500, required=False,
        help_text="A page here or elsewhere. Never public.",
    )  # fmt: skip


class ActForm(forms.Form):
    """What somebody does about what they saw: what hurts, what shows it, and what comes next."""

    words = forms.CharField(
        label="What hurts customers?", max_length=300,
        help_text="In their situation: “People wait three weeks without a word.”",
    )  # fmt: skip
    evidence = forms.CharField(
        label="What shows it?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="With its figure. The link to the page goes along and is never public.",
    )  # fmt: skip
    kind = forms.ChoiceField(label="What kind of evidence is it?", choices=EvidenceKind.choices())
    plan = forms.ChoiceField(label="What comes next?", required=False)

    def __init__(self, *given: Any, plans: Iterable[ActionPlan], **named: Any) -> None:
        """plans: the drafts that an action may be added to."""
        super().__init__(*given, **named)
        drafts = [(str(each.pk), f"An action in the plan FY{each.fiscal_year}") for each in plans]
        choices = [("", "Nothing yet: it stands with the pain points"), *drafts]
        self.fields["plan"].choices = choices  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """What has to change: of the plan, and of each action."""

    words = forms.CharField(
        label="What has to change?", max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Of the plan as a whole.",
    )  # fmt: skip

    def __init__(self, changes: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(changes)
        for number, change in enumerate(changes, start=1):
            self.fields[f"action_{number}"] = forms.CharField(
                label=f"Of “{change}”", max_length=1000, required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def remarks(self) -> dict[int, str]:
        """What was said of each action, by its place."""
        return {at: self.cleaned_data[f"action_{at}"] for at in range(1, self.count + 1)}


class BecauseForm(forms.Form):
    """Why a plan is opened again."""

    because = forms.CharField(label="Why is it opened again?", max_length=500)
