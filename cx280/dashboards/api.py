"""/api/v1/digital: what people did online, told apart as one likes; and a survey’s reach."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from cx280.accounts.access import organizations_where
from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code
from cx280.dashboards import schemas
from cx280.dashboards.access import least_shown, whole_service
from cx280.dashboards.queries import did_it_help
from cx280.dashboards.queries.did_it_help import Told
from cx280.dashboards.queries.plan import AgencyPlan, agency_plans, meets
from cx280.dashboards.queries.proof import proof_of
from cx280.dashboards.rules import change_words
from cx280.dashboards.rules.did_it_help import Answer, Refusal, day_of
from cx280.dashboards.rules.proof import Part, Spread
from cx280.surveys.access import (
    agencies_of,
    other_collections_where,
    survey_to_see,
    surveys_where,
)
from cx280.surveys.rules.burden_plan import Load
from cx280.surveys.rules.plan import PlanLine
from cx280.telemetry.queries.exploring import explored
from cx280.telemetry.rules.exploring import Cell, choice_of

router = Router(tags=["digital"])
SEE = Capability.SEE_MEASURES


@router.get("/digital/{service}/figures", response=schemas.Figures, auth=needs(SEE),
            operation_id="digital-figures", summary="What people did online")  # fmt: skip
def figures(
    request: HttpRequest, service: Path[Code], asked: Query[schemas.Asked]
) -> dict[str, object]:
    """Of the last 28 days when no days are asked for. Robots are not counted."""
    sight = whole_service(asking_person(request), service)
    choice = choice_of(_given(asked), timezone.localdate())
    answer = explored(sight.service.pk, choice, least_shown())
    return {
        "service": sight.service.code,
        "figure": choice.figure,
        "by": choice.by,
        "grain": choice.grain,
        "first": choice.first,
        "last": choice.last,
        "source": answer.source,
        "smallest": least_shown(),
        "left_out": answer.left_out,
        "items": [_item(each) for each in answer.cells],
        "together": _item(answer.whole) if answer.whole else None,
    }


def _given(asked: schemas.Asked) -> dict[str, str]:
    given = asked.dict(by_alias=True, exclude_none=True)
    return {
        key: value.isoformat() if isinstance(value, date) else str(value)
        for key, value in given.items()
    }


def _item(cell: Cell) -> dict[str, object]:
    shown = not cell.hidden
    return {
        "period": cell.period,
        "value": cell.value,
        "figure": cell.figure,
        "events": cell.events if shown else None,
        "visits": cell.visits if shown else None,
        "measured": cell.measured if shown else None,
        "suppressed": cell.hidden,
    }


@router.get("/digital/{service}/change", response=schemas.ChangeAnswer, auth=needs(SEE),
            operation_id="digital-change", summary="Did a change help")  # fmt: skip
def change(
    request: HttpRequest, service: Path[Code], asked: Query[schemas.AskedOfChange]
) -> dict[str, object]:
    """A figure before and after a day, less trend, days of the week, holidays and season."""
    sight, today = whole_service(asking_person(request), service), timezone.localdate()
    figure = did_it_help.figure_of(sight.service, asked.figure)
    changed = day_of(asked.on.isoformat(), today)
    told = did_it_help.told(sight.service, figure, changed, today, least_shown())
    known = {"service": sight.service.code, "figure": figure, "on": changed}
    if isinstance(told.answer, Refusal):
        unknown = dict.fromkeys(schemas.ChangeAnswer.model_fields)
        words = f"{told.answer.message} {told.answer.fix}"
        return {**unknown, **known, "verdict": "refused", "words": words}
    return {**known, **_change(told, told.answer, changed)}


def _change(told: Told, answer: Answer, changed: date) -> dict[str, object]:
    found = answer.found
    ends = (None, None) if told.subject.chose else (round(found.low, 3), round(found.high, 3))
    return {
        "last": answer.last,
        "verdict": found.outcome.value,
        "words": change_words.title(answer, told.subject, changed),
        "unit": "part" if found.kind == "counts" else "points",
        "effect": round(found.effect, 3),
        "low": ends[0],
        "high": ends[1],
        "smallest": round(found.smallest, 3),
        "days_before": found.before,
        "days_after": found.after,
        "n_before": change_words.rounded(answer.before),
        "n_after": change_words.rounded(answer.after),
    }


@router.get("/surveys/{code}/reach", response=schemas.ReachTold, tags=["surveys"],
            auth=needs(Capability.SEE_SURVEYS), operation_id="survey-reach",
            summary="How far a survey reaches people")  # fmt: skip
def reach(
    request: HttpRequest, code: Path[Code], asked: Query[schemas.QuarterAsked]
) -> dict[str, Any]:
    """Of one quarter, the newest when none is named. Too few answers are null and suppressed."""
    survey = survey_to_see(asking_person(request), code)
    found = proof_of(survey, asked.quarter, smallest=settings.CX280_SMALLEST_CELL)
    return {
        "quarter": str(found.quarter),
        "smallest": settings.CX280_SMALLEST_CELL,
        "everybody": _reached(found.whole, sure=found.sure),
        "invitations": {each.value: n for each, n in found.states.items()},
        "left_alone": {each.value: n for each, n in found.reasons.items()},
        "messages": [asdict(each) for each in found.messages],
        "minutes_to_message": _spread(found.asked_lag, sure=found.sure),
        "hours_to_answer": _spread(found.answered_lag, sure=found.sure),
        "seconds_to_answer": _spread(found.time, sure=found.sure),
        "response_rates": [
            {
                "name": each.name,
                "formula": each.formula,
                "answered": each.answered,
                "asked": each.asked,
                "rate": each.rate,
                "low": each.bounds[0] if each.bounds and found.sure else None,
                "high": each.bounds[1] if each.bounds and found.sure else None,
                "reason": each.reason,
            }
            for each in found.rates
        ],
        "parts": {
            kind: [_reached(each, sure=found.sure) for each in parts]
            for kind, parts in found.parts.items()
        },
        "questions": [
            {"text": each.text, "shown": each.shown, "answered": each.answered, "last": each.last}
            for each in found.steps
        ],
    }


def _reached(part: Part, *, sure: bool) -> dict[str, Any]:
    """sure: whether ranges mean anything: not where people found the survey by themselves."""
    if part.hidden:
        return {"name": part.name, "suppressed": True}
    low, high = (part.rate_bounds if sure else None) or (None, None)
    return {
        "name": part.name,
        "suppressed": False,
        "asked": part.asked,
        "opened": part.opened,
        "answered": part.answered,
        "rate": part.rate,
        "low": low,
        "high": high,
    }


def _spread(spread: Spread | None, *, sure: bool) -> dict[str, Any] | None:
    if spread is None:
        return None
    return {
        "n": spread.n,
        "median": spread.median,
        "low": spread.low if sure else None,
        "high": spread.high if sure else None,
        "p90": spread.p90,
        "limit": spread.limit,
        "share_within": spread.share_within,
    }


@router.get("/measurement-plan", response=schemas.MeasurementPlan, tags=["surveys"],
            auth=needs(Capability.SEE_SURVEYS), operation_id="measurement-plan",
            summary="Whom is asked, when, and is it too much")  # fmt: skip
def measurement_plan(request: HttpRequest) -> dict[str, Any]:
    """Every collection that is yours to see, here and in other systems."""
    person = asking_person(request)
    plans = agency_plans(
        surveys_where(person, Capability.SEE_SURVEYS),
        other_collections_where(person, Capability.SEE_SURVEYS),
        agencies_of(organizations_where(person, Capability.SEE_SURVEYS)),
        timezone.localdate(),
    )
    return {
        "collections": [_planned(plan, line) for plan in plans for line in plan.lines],
        "loads": [_load(plan, load) for plan in plans for load in plan.loads],
    }


def _planned(plan: AgencyPlan, line: PlanLine) -> dict[str, Any]:
    same = ("title", "about", "provider", "timing", "population", "control_number", "expires_on")
    return {name: getattr(line, name) for name in same} | {
        "agency": plan.name,
        "level": line.level.value,
        "months": sorted(line.months),
        "active": line.is_active,
        "survey": line.address,
        "people": line.expected.people,
        "invitations": line.expected.asked,
        "answers": line.expected.answers,
        "minutes": line.expected.minutes,
        "hours": line.expected.hours,
        "is_most": line.expected.is_most,
        "contact_rules_hold": line.held,
        "meets": meets(line, plan.lines),
    }


def _load(plan: AgencyPlan, load: Load) -> dict[str, Any]:
    return {
        "agency": plan.name,
        "customers_of": load.group,
        "invitations_a_person": load.per_person,
        "contact_rules_allow": load.limit,
        "too_much": load.is_too_much,
        "collections": load.titles,
        "not_known_of": load.unknown,
    }
