"""Draws journeys: begun, changed step by step, taken back, brought in from files, removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
from django.db import transaction

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record as audit
from cx280.audit.actions import subject_of
from cx280.circular.implements import implements
from cx280.journeys.actions.storing import store
from cx280.journeys.models import JourneyMap, MapVersion
from cx280.journeys.queries.history import sketch_in
from cx280.journeys.queries.maps import sketch_of
from cx280.journeys.rules.changes import ABOUT
from cx280.journeys.rules.editing import Sketch, added, removed, rewritten, shifted
from cx280.journeys.rules.record import MapRecord, StepRecord
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from cx280.services.models import Journey, Service
from cx280.services.rules.vocabulary import Stage


@implements("280.4-a1")
@transaction.atomic
def begin_journey(
    service: Service, *, name: str, occasion: str, outcome: str, by: Person, now: datetime
) -> Journey:
    """The journey, with its first step the occasion and its last the outcome."""
    steps = (
        StepRecord(name=occasion, stage=Stage.START.value),
        StepRecord(name=outcome, stage=Stage.END.value),
    )
    return bring_in(service, MapRecord(name=name, steps=steps), by=by, now=now)


@implements("280.4-b1", "280.4-b2")
@transaction.atomic
def bring_in(service: Service, record: MapRecord, *, by: Person, now: datetime) -> Journey:
    """A new journey of the service as the record tells it; raises Refused with each field."""
    if not may(by, Capability.EDIT_SERVICES, service.owner):
        raise NotAllowed("Your role does not draw journeys of this service.")
    if service.journeys.filter(name=record.name).exists():
        raise Unusable(f"There is already a journey called “{record.name}”.", field="name")
    journey = Journey.objects.create(service=service, name=record.name)
    keys = (None,) * len(record.steps)
    store(journey, Sketch(record, keys), by=by, now=now, relink=True, words=["Drew the journey."])
    return journey


def replace_with(journey: Journey, record: MapRecord, *, by: Person, now: datetime) -> JourneyMap:
    """The journey as a file tells it; steps of the same name stay the same steps."""
    held = sketch_of(journey)
    free = list(zip(held.keys, held.record.steps, strict=True))
    keys: list[int | None] = []
    for step in record.steps:
        same = next((each for each in free if each[1].name == step.name), None)
        if same is not None:
            free.remove(same)
        keys.append(same[0] if same else None)
    return store(journey, Sketch(record, tuple(keys)), by=by, now=now, relink=True)


def _edit(
    journey: Journey, change: Callable[[Sketch], Sketch], *, by: Person, now: datetime,
    revision: int | None = None, relink: bool = False,
) -> JourneyMap:  # fmt: skip
    with transaction.atomic():
        kept = Journey.objects.select_for_update().get(pk=journey.pk)
        if revision is not None:
            refuse_when_stale(kept, revision)
        return store(kept, change(sketch_of(kept)), by=by, now=now, relink=relink)


def refuse_when_stale(journey: Journey, revision: int) -> None:
    """Raises Conflict, naming what was changed and by whom, when the page shown is an old one."""
    newer = [each for each in journey.versions.all() if each.revision > revision]
    if not newer:
        return
    who = next((each.by.name for each in newer if each.by), "An import")
    words = " ".join(word for each in reversed(newer) for word in each.words)
    raise Conflict(
        f"{who} changed this journey since you opened it: {words}",
        fix="The list below is the new one. Repeat what you did if it still fits.",
    )


def add_step(
    journey: Journey, step: StepRecord, *, after: int | None, by: Person, now: datetime
) -> JourneyMap:
    """The step stands after that one, or before the outcome when it is gone meanwhile."""

    def change(sketch: Sketch) -> Sketch:
        return added(sketch, step, after if after in sketch.keys else None)

    return _edit(journey, change, by=by, now=now)


def move_step(
    journey: Journey, key: int, places: int, *, revision: int, by: Person, now: datetime
) -> JourneyMap:
    """The step stands that many places later."""
    return _edit(
        journey, lambda sketch: shifted(sketch, key, places), by=by, now=now, revision=revision
    )


def remove_step(
    journey: Journey, key: int, *, revision: int, by: Person, now: datetime
) -> JourneyMap:
    """The step is gone; it can be brought back with all that stood on it."""
    return _edit(journey, lambda sketch: removed(sketch, key), by=by, now=now, revision=revision)


def write_step(
    journey: Journey, key: int, step: StepRecord, *, by: Person, now: datetime
) -> JourneyMap:
    """The step as it is now, surveys too."""
    return _edit(journey, lambda sketch: rewritten(sketch, key, step), by=by, now=now, relink=True)


def describe(
    journey: Journey,
    *,
    name: str,
    goal: str,
    customers: str,
    revision: int,
    by: Person,
    now: datetime,
) -> JourneyMap:
    """The journey's name, what the customer wants, and which customers.

    Raises Conflict when somebody else changed one of them since that revision.
    """
    newer = journey.versions.filter(revision__gt=revision).exclude(by=by).select_related("by")
    theirs = [each for each in newer if any(word.startswith(ABOUT) for word in each.words)]
    if theirs:
        who = theirs[0].by.name if theirs[0].by else "An import"
        record = sketch_of(journey).record
        said = " · ".join(each for each in (record.name, record.goal, record.customers) if each)
        raise Conflict(f"{who} changed this while you wrote. It says now: {said}.",
                       fix="Take over what you want to keep of it, then save again.")  # fmt: skip

    def change(sketch: Sketch) -> Sketch:
        about = msgspec.structs.replace(sketch.record, name=name, goal=goal, customers=customers)
        return Sketch(about, sketch.keys)

    return _edit(journey, change, by=by, now=now)


def take_back(journey: Journey, *, revision: int, by: Person, now: datetime) -> JourneyMap:
    """The journey as it was before its last change; again, and it goes one further back."""
    with transaction.atomic():
        kept = Journey.objects.select_for_update().get(pk=journey.pk)
        refuse_when_stale(kept, revision)
        target = version_to_take_back(kept)
        if target is None:
            raise Conflict("There is nothing to take back.")
        return _restore(kept, target, ["Took back the last change."], by, now)


def version_to_take_back(journey: Journey) -> MapVersion | None:
    """The version that taking back leads to; None where there is none before."""
    last = journey.versions.first()
    if last is None:
        return None
    stands_for = last.restores or last.number
    return journey.versions.filter(number__lt=stands_for).first()


def bring_back(journey: Journey, number: int, *, by: Person, now: datetime) -> JourneyMap:
    """The journey as it was in that version."""
    with transaction.atomic():
        kept = Journey.objects.select_for_update().get(pk=journey.pk)
        version = kept.versions.filter(number=number).first()
        if version is None:
            raise NotFound("This journey has no such version.")
        return _restore(kept, version, [f"Brought version {number} back."], by, now)


def _restore(
    journey: Journey, version: MapVersion, words: list[str], by: Person, now: datetime
) -> JourneyMap:
    stands_for = version.restores or version.number
    return store(journey, sketch_in(version), by=by, now=now, restores=stands_for, words=words)


@transaction.atomic
def remove_journey(journey: Journey, *, by: Person) -> None:
    """The journey, its steps and versions are gone; surveys that named a step stay."""
    if not may(by, Capability.EDIT_SERVICES, journey.service.owner):
        raise NotAllowed("Your role does not draw journeys of this service.")
    audit(
        actor=by.email, action="remove_journey", subject=subject_of(journey.service),
        organization=agency_of(journey.service.owner).code, detail={"journey": journey.name},
    )  # fmt: skip
    journey.delete()
