"""Journeys as sketches and records; lists of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.journeys.models import JourneyMap, StepDetail
from cx280.journeys.rules.agencies import Owned, Part, is_cross_agency, parts_of
from cx280.journeys.rules.editing import Sketch
from cx280.journeys.rules.record import MapRecord, StepRecord
from cx280.services.models import Journey, JourneyStep


def map_of(journey: Journey) -> JourneyMap:
    """What is told of the journey as a whole; empty, and not stored, while nothing is."""
    try:
        return journey.map
    except ObjectDoesNotExist:
        return JourneyMap(journey=journey)


def detail_of(step: JourneyStep) -> StepDetail:
    """The lanes above the inventory's; empty, and not stored, while nothing stands there."""
    try:
        return step.detail
    except ObjectDoesNotExist:
        return StepDetail(step=step)


def steps_of(journeys: Iterable[Journey]) -> QuerySet[JourneyStep]:
    """The steps with everything that stands on their lanes, in order."""
    return (
        JourneyStep.objects.filter(journey__in=journeys)
        .select_related("organization", "detail__flow")
        .prefetch_related("tools", "surveys", "detail__pain_points")
        .order_by("journey", "position")
    )


@implements("280.4-a2", "280.4-b1", "280.4-b2")
def sketch_of(journey: Journey) -> Sketch:
    """The journey as it stands now, with the number of each step."""
    told = map_of(journey)
    steps = list(steps_of([journey]))
    record = MapRecord(
        name=journey.name,
        goal=told.goal,
        customers=told.customers,
        steps=tuple(step_record(each) for each in steps),
    )
    return Sketch(record, tuple(each.pk for each in steps))


def step_record(step: JourneyStep) -> StepRecord:
    """One step as files carry it."""
    detail = detail_of(step)
    points = detail.pain_points.all() if detail.pk else ()
    return StepRecord(
        name=step.name,
        stage=step.stage,
        channel=step.channel,
        transaction_type=step.transaction_type,
        moment=step.moment_reason if step.is_moment_that_matters else "",
        thinks=detail.thinks,
        feeling=detail.feeling,
        source=detail.source,
        front_stage=step.front_stage,
        back_stage=step.back_stage,
        systems=tuple(sorted(each.name for each in step.tools.all())),
        policy=step.policy,
        owner=step.organization.code if step.organization else "",
        service=detail.service,
        shared=detail.shared,
        flow=detail.flow.key if detail.flow else "",
        flow_step=detail.flow_step if detail.flow else "",
        surveys=tuple(sorted(each.code for each in step.surveys.all())),
        pain_points=tuple(sorted(each.words for each in points)),
    )


def owned_steps(journey: Journey, steps: Iterable[JourneyStep]) -> list[Owned]:
    """Who owns each step: its own owner, or the service's where none is named."""
    names = _agency_names()
    found = []
    for number, step in enumerate(steps, start=1):
        owner = step.organization or journey.service.owner
        service = detail_of(step).service if step.organization else journey.service.name
        agency = names.get(int(owner.path.split("/")[1]), owner.name)
        found.append(Owned(number, agency, owner.name, service))
    return found


def _agency_names() -> dict[int, str]:
    return dict(Organization.objects.filter(parent__isnull=True).values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class Line:
    """A journey in a list."""

    journey: Journey
    steps: int
    moments: int
    asked: int  # moments with a survey
    parts: list[Part]
    is_cross_agency: bool


def lines_of(journeys: QuerySet[Journey]) -> list[Line]:
    """The journeys by service, each with how much of it is measured."""
    listed = list(
        journeys.select_related("service__owner", "map").order_by("service__name", "name")
    )
    steps: dict[int, list[JourneyStep]] = {each.pk: [] for each in listed}
    drawn = JourneyStep.objects.filter(journey__in=listed).order_by("journey", "position")
    for step in drawn.select_related("organization", "detail").prefetch_related("surveys"):
        steps[step.journey_id].append(step)
    return [_line(each, steps[each.pk]) for each in listed]


def _line(journey: Journey, steps: list[JourneyStep]) -> Line:
    moments = [each for each in steps if each.is_moment_that_matters]
    owned = owned_steps(journey, steps)
    return Line(
        journey,
        len(steps),
        len(moments),
        sum(bool(each.surveys.all()) for each in moments),
        parts_of(owned),
        is_cross_agency(owned),
    )
