"""Reads which plan is in force, an agency's contact rules, and who shares the turns."""

from __future__ import annotations

from cx280.agencies.models import Organization
from cx280.delivery.models import ContactRule, Interaction, SamplingPlan
from cx280.delivery.rules.contacts import ContactRules
from cx280.delivery.rules.vocabulary import StrataBy
from cx280.surveys.models import Survey


def plan_in_force(survey: Survey) -> SamplingPlan | None:
    """The survey's present plan; None when nobody has chosen one."""
    return survey.sampling_plans.filter(until__isnull=True).first()


def rules_of(agency: Organization) -> ContactRules:
    """The agency's contact rules; the usual ones until it decides."""
    known = ContactRule.objects.filter(agency=agency).first()
    return known.as_rule if known else ContactRules()


def shares_of(agency: Organization) -> dict[str, int]:
    """{survey code: share} of the open surveys of the agency that draw a sample."""
    return dict(
        SamplingPlan.objects.filter(
            until__isnull=True,
            survey__state=Survey.State.OPEN,
            survey__service__owner__path__startswith=agency.path,
        ).values_list("survey__code", "share")
    )


def competing(survey: Survey, agency: Organization) -> list[tuple[str, str, float]]:
    """(code, title, part of the turns) of this and the other surveys that draw on these people."""
    plans = list(
        SamplingPlan.objects.filter(
            until__isnull=True, survey__service__owner__path__startswith=agency.path
        )
        .exclude(survey__state=Survey.State.CLOSED)
        .select_related("survey")
        .order_by("-share", "survey__title")
    )
    if all(each.survey_id != survey.pk for each in plans):
        return []
    whole = sum(each.share for each in plans)
    return [(each.survey.code, each.survey.title, each.share / whole) for each in plans]


def group_in_link(interaction: Interaction) -> str:
    """The group its answers are weighted by; the unit stands in the link by itself."""
    by_unit = interaction.plan.strata_by == StrataBy.UNIT
    return "" if by_unit else interaction.stratum
