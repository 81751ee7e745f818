"""Draws journeys: steps in order, moments that matter, the blueprint under each step."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from cx280.accounts.models import Person
from cx280.kernel.problem import Unusable
from cx280.services.actions.trail import changes, tidy, told
from cx280.services.models import Journey, JourneyStep, Service, ServiceTool
from cx280.services.rules.journey_order import moved
from cx280.services.rules.vocabulary import Stage


def add_journey(
    service: Service, *, name: str, occasion: str, outcome: str, by: Person | None
) -> Journey:
    """The journey, with its first step the occasion and its last the outcome (280.4-a1)."""
    with transaction.atomic():
        _one_name_for_a_service(service, name)
        journey = Journey.objects.create(service=service, name=name)
        for position, (words, stage) in enumerate([(occasion, Stage.START), (outcome, Stage.END)]):
            JourneyStep.objects.create(journey=journey, position=position, name=words, stage=stage)
        told("add_journey", service, by=by, organization=service.owner, journey=name)
    return journey


def rename_journey(journey: Journey, *, name: str, by: Person | None) -> None:
    """The journey has another name."""
    if name == journey.name:
        return
    with transaction.atomic():
        _one_name_for_a_service(journey.service, name)
        before, journey.name = journey.name, name
        journey.save(update_fields=["name"])
        _told("rename_journey", journey, by=by, before=before)


def remove_journey(journey: Journey, *, by: Person | None) -> None:
    """The journey and its steps are gone; surveys that named a step stay."""
    with transaction.atomic():
        _told("remove_journey", journey, by=by)
        journey.delete()


def add_step(
    journey: Journey,
    *,
    by: Person | None,
    values: Mapping[str, Any],
    tools: Sequence[ServiceTool] = (),
) -> JourneyStep:
    """The step, placed before the outcome; an outcome goes to the end, an occasion to the front."""
    with transaction.atomic():
        steps = list(journey.steps.select_for_update())
        step = JourneyStep.objects.create(
            journey=journey, position=_free_position(steps), **_checked(values)
        )
        step.tools.set(tools)
        _put_in_order([*steps[: _place(steps, step)], step, *steps[_place(steps, step) :]])
        _told("add_step", journey, by=by, step=step.name)
    return step


def change_step(
    step: JourneyStep,
    *,
    by: Person | None,
    values: Mapping[str, Any],
    tools: Sequence[ServiceTool] = (),
) -> None:
    """The step with other values and tools."""
    wanted = _checked(values)
    with transaction.atomic():
        changed: dict[str, object] = dict(changes(step, wanted))
        for name, value in wanted.items():
            setattr(step, name, value)
        step.save()
        if set(tools) != set(step.tools.all()):
            changed["tools"] = [each.name for each in tools]
        step.tools.set(tools)
        if changed:
            _told("change_step", step.journey, by=by, step=step.name, changed=changed)


def move_step(step: JourneyStep, *, by_places: int, by: Person | None) -> None:
    """The step stands that many places later, or earlier when negative."""
    with transaction.atomic():
        steps = list(step.journey.steps.select_for_update())
        order = moved(steps, steps.index(step), by_places)
        if order != steps:
            _put_in_order(order)
            _told("move_step", step.journey, by=by, step=step.name, places=by_places)


def remove_step(step: JourneyStep, *, by: Person | None) -> None:
    """The step is gone; the others close up."""
    with transaction.atomic():
        journey = step.journey
        _told("remove_step", journey, by=by, step=step.name)
        step.delete()
        _put_in_order(list(journey.steps.select_for_update()))


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    wanted = tidy(values)
    if not wanted.get("is_moment_that_matters"):
        wanted["moment_reason"] = ""
    elif not str(wanted.get("moment_reason", "")).strip():
        raise Unusable("Say why this moment matters.", field="moment_reason", rule="280.14-b1")
    return wanted


def _place(steps: Sequence[JourneyStep], new: JourneyStep) -> int:
    if new.stage == Stage.START:
        return 0
    if new.stage == Stage.END or not steps or steps[-1].stage != Stage.END:
        return len(steps)
    return len(steps) - 1


def _free_position(steps: Sequence[JourneyStep]) -> int:
    return max((each.position for each in steps), default=-1) + 1


def _put_in_order(steps: Sequence[JourneyStep]) -> None:
    """Numbers the steps 0, 1, 2 …, by way of free positions: two never share one."""
    free = _free_position(steps) + 1
    for start in (free, 0):
        for position, step in enumerate(steps, start=start):
            step.position = position
            step.save(update_fields=["position"])


def _one_name_for_a_service(service: Service, name: str) -> None:
    if service.journeys.filter(name=name).exists():
        raise Unusable(f"There is already a journey called “{name}”.", field="name")


def _told(action: str, journey: Journey, *, by: Person | None, **detail: object) -> None:
    service = journey.service
    told(action, service, by=by, organization=service.owner, journey=journey.name, **detail)
