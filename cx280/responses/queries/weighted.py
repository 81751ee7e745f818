"""Reads a survey's answers with the groups of its sample, and weighs them."""

from __future__ import annotations

from dataclasses import dataclass, field

from cx280.delivery.models import SamplingPlan
from cx280.delivery.queries.plans import plan_in_force
from cx280.delivery.queries.reach import Group, reach_of
from cx280.delivery.rules.vocabulary import StrataBy
from cx280.responses.models import Response
from cx280.responses.rules.weighting import Weighed, weigh, weights_by_group
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.rules.document import read_document
from cx280.surveys.rules.scales import has_score, polarity_of
from cx280.surveys.rules.vocabulary import Placement


@dataclass(frozen=True, slots=True)
class Said:
    """One question: what share of everybody agrees."""

    text: str
    found: Weighed


@dataclass(frozen=True, slots=True)
class Sample:
    """What a survey's sample says, since its plan began.

    chosen: whether anybody could follow its link: people chose to answer, and no interval says how
    far they are from everybody (INC-44). groups: with their answers. weights: group → people each
    answer stands for.
    """

    plan: SamplingPlan
    chosen: bool
    answers: int
    groups: list[tuple[Group, int]]
    weights: dict[str, float]
    questions: list[Said] = field(default_factory=list)


def sample_of(survey: Survey, *, smallest: int) -> Sample | None:
    """The answers of the open version weighed by the plan in force; None without either.

    Questions that fewer than `smallest` answered are left out.
    """
    plan = plan_in_force(survey)
    version = survey.versions.filter(closed_at__isnull=True).first()
    if plan is None or version is None:
        return None
    rows = _rows(version, plan)
    reach = reach_of(survey, plan.since)
    population = {each.name: each.handed for each in reach.groups}
    strata = [group for group, _ in rows]
    return Sample(
        plan=plan,
        chosen=read_document(version.document).placement is Placement.LINK,
        answers=len(rows),
        groups=[(each, strata.count(each.name)) for each in reach.groups],
        weights=weights_by_group(strata, population),
        questions=_questions(version, rows, population, smallest),
    )


def group_of(stratum: str, unit: str | None, unknown_unit: str, plan: SamplingPlan) -> str:
    """The group an answer counts in: its link's, or its unit where that is the group."""
    return (unit or unknown_unit) if plan.strata_by == StrataBy.UNIT else stratum


def _rows(version: SurveyVersion, plan: SamplingPlan) -> list[tuple[str, dict[str, object]]]:
    found = Response.objects.filter(version=version, received_at__gte=plan.since, suspected="")
    return [
        (group_of(stratum, unit, unknown, plan), answers)
        for stratum, unit, unknown, answers in found.values_list(
            "stratum", "unit__code", "unknown_unit", "answers"
        )
    ]


def _questions(
    version: SurveyVersion,
    rows: list[tuple[str, dict[str, object]]],
    population: dict[str, int],
    smallest: int,
) -> list[Said]:
    said = []
    for question in filter(has_score, read_document(version.document).questions):
        given = [
            (group, polarity_of(answers[question.id], question.answered_by.value) == "high")
            for group, answers in rows
            if answers.get(question.id) is not None
        ]
        found = weigh([each for each, _ in given], [each for _, each in given], population)
        if found is not None and found.n >= smallest:
            said.append(Said(question.words(), found))
    return said
