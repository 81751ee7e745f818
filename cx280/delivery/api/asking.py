"""Whom to ask, over the API: the plan, the size, and a decision for each interaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code
from cx280.delivery import access
from cx280.delivery.actions.deciding import Decided, decide_for_program
from cx280.delivery.actions.plans import save_plan
from cx280.delivery.api import schemas
from cx280.delivery.forms import PlanForm, checked
from cx280.delivery.models import Interaction, SamplingPlan
from cx280.delivery.queries.plans import group_in_link, plan_in_force
from cx280.delivery.queries.reach import Group, reach_of
from cx280.delivery.queries.sizes import size_of
from cx280.delivery.rules.handed import Handed
from cx280.delivery.rules.letters import ENDED, GROUP, hour_of, link
from cx280.delivery.rules.sampling import written_rate
from cx280.delivery.rules.sizes import Size
from cx280.delivery.rules.vocabulary import PersonKind, State
from cx280.kernel.problem import NotFound
from cx280.surveys.models import Survey
from cx280.surveys.rules.links import address

router = Router()
SEE, EDIT = Capability.SEE_SURVEYS, Capability.EDIT_SURVEYS
_PLAN = ("number", "method", "rate", "strata_by", "rates", "share", "seed", "since")


@router.get("/surveys/{code}/sampling-plan", response=schemas.SamplingPlanTold, auth=needs(SEE),
            operation_id="sampling-plan", summary="Whom a survey asks")  # fmt: skip
def plan(request: HttpRequest, code: Path[Code]) -> dict[str, Any]:
    """The plan in force; 404 while nobody has chosen one."""
    found = plan_in_force(access.survey_to_see(asking_person(request), code))
    if found is None:
        raise NotFound("Nobody has chosen whom this survey asks.")
    return _plan_told(found)


@router.put("/surveys/{code}/sampling-plan", response=schemas.SamplingPlanTold, auth=needs(EDIT),
            operation_id="save-sampling-plan", summary="Choose whom a survey asks")  # fmt: skip
def choose(
    request: HttpRequest, code: Path[Code], body: schemas.SamplingPlanToKeep
) -> dict[str, Any]:
    """The new plan; what was drawn before keeps the plan it was drawn by."""
    person = asking_person(request)
    survey = access.survey_to_edit(person, code)
    values = checked(PlanForm(_as_typed(body)))
    return _plan_told(save_plan(survey, by=person, now=timezone.now(), **values))


@router.get("/surveys/{code}/sample", response=schemas.SampleTold, auth=needs(SEE),
            operation_id="sample", summary="What became of the interactions")  # fmt: skip
def sample(request: HttpRequest, code: Path[Code], part: Query[schemas.Days]) -> dict[str, Any]:
    """Handed over, drawn, asked and left alone, with the weight of each group."""
    survey = access.survey_to_see(asking_person(request), code)
    reach = reach_of(survey, timezone.now() - timedelta(days=part.days))
    return {
        "days": part.days,
        "handed_over": reach.handed,
        "drawn": reach.drawn,
        "asked": reach.asked,
        "suppressed": {each.value: count for each, count in reach.reasons.items()},
        "groups": [_group_told(each) for each in reach.groups],
    }


@router.get("/surveys/{code}/sample-size", response=schemas.SizeTold, auth=needs(SEE),
            operation_id="sample-size", summary="How many to ask")  # fmt: skip
def size(request: HttpRequest, code: Path[Code], asked: Query[schemas.SizeAsked]) -> Size:
    """How many must answer, and how many to invite for that."""
    survey = access.survey_to_see(asking_person(request), code)
    return size_of(survey, **asked.dict())


@router.post("/surveys/{code}/decisions", response=schemas.DecisionsTold, auth=needs(EDIT),
             operation_id="decide", summary="Whether to ask after interactions")  # fmt: skip
def decisions(
    request: HttpRequest, code: Path[Code], body: schemas.InteractionsGiven
) -> dict[str, Any]:
    """For each interaction whether your program asks; whoever is to be asked counts as asked now.

    Sent again, an interaction gets the decision it had. 409 while the survey has no plan.
    """
    survey = access.survey_to_edit(asking_person(request), code)
    handed = [_handed(each) for each in body.interactions]
    decided = decide_for_program(survey, handed=handed, now=timezone.now())
    return {
        "decisions": [
            _decision_told(survey, given, each) for given, each in zip(handed, decided, strict=True)
        ]
    }


def _as_typed(body: schemas.SamplingPlanToKeep) -> dict[str, Any]:
    """The plan as the form of the page has it, so that both pass one set of checks."""
    rates = "\n".join(f"{name} = {written_rate(each)}" for name, each in body.rates.items())
    return {**body.dict(), "rate": written_rate(body.rate), "rates": rates}


def _plan_told(plan: SamplingPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in _PLAN}


def _group_told(group: Group) -> dict[str, Any]:
    return {
        "group": group.name,
        "handed_over": group.handed,
        "drawn": group.drawn,
        "asked": group.asked,
        "lowest_probability": group.planned[0],
        "highest_probability": group.planned[1],
        "weight": group.weight,
    }


def _handed(given: schemas.InteractionGiven) -> Handed:
    return Handed(
        interaction=given.interaction,
        known_as=given.known_as,
        kind=PersonKind.of(given.kind),
        unit=given.unit,
        language=given.language,
        stratum=given.stratum,
        ended_at=given.ended_at,
    )


def _decision_told(survey: Survey, handed: Handed, decided: Decided) -> dict[str, Any]:
    found = decided.interaction
    asks = found.state == State.ASKED
    return {
        "interaction": handed.interaction,
        "ask": asks,
        "state": found.state,
        "reason": found.reason,
        "stratum": found.stratum,
        "probability": found.probability,
        "weight": 1 / found.probability if found.is_drawn else 0.0,
        "plan": found.plan.number,
        "seed": found.plan.seed,
        "is_new": decided.is_new,
        "link": _link(survey, handed, found) if asks else "",
    }


def _link(survey: Survey, handed: Handed, found: Interaction) -> str:
    """Where this person answers; unit, group and hour stand in it, and nothing about the person."""
    page = address(settings.PUBLIC_ADDRESS, survey.code)
    parts = {"unit": handed.unit, GROUP: group_in_link(found), ENDED: hour_of(found.ended_at)}
    return link(page, **parts)
