"""Stores a journey as it is to be, notes its version, and tells the trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from django.db import transaction
from django.db.models import F, Max

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record as audit
from cx280.audit.actions import subject_of
from cx280.journeys.models import JourneyMap, MapVersion, StepDetail
from cx280.journeys.queries.history import sketch_in
from cx280.journeys.queries.maps import map_of, sketch_of
from cx280.journeys.rules.changes import changed, unlinked
from cx280.journeys.rules.editing import Sketch
from cx280.journeys.rules.files import Refused
from cx280.journeys.rules.record import FIELD_WORDS, Fault, MapRecord, StepRecord, faults_of
from cx280.kernel.problem import NotAllowed, Unusable
from cx280.plans.models import PainPoint
from cx280.services.models import Journey, JourneyStep, Service, ServiceTool
from cx280.surveys.actions import change_survey
from cx280.surveys.models import Survey
from cx280.telemetry.models import Flow

# Saves of one person about the same thing within this time are one version.
_TOGETHER = timedelta(minutes=30)
_FREE = 1000  # positions beyond any step's, while steps are put in order


@dataclass(frozen=True, slots=True)
class Known:
    """What the steps of a service may name, by what files call it."""

    units: Mapping[str, Organization]
    flows: Mapping[str, Flow]
    points: Mapping[str, PainPoint]
    surveys: Mapping[str, Survey]


def known_to(service: Service, record: MapRecord) -> Known:
    """What there is of what the record names."""
    steps = record.steps
    owners = Organization.objects.filter(code__in={each.owner for each in steps})
    words = {point for each in steps for point in each.pain_points}
    codes = {code for each in steps for code in each.surveys}
    return Known(
        {each.code: each for each in owners},
        {each.key: each for each in Flow.objects.filter(service=service)},
        {each.words: each for each in PainPoint.objects.filter(service=service, words__in=words)},
        {each.code: each for each in Survey.objects.filter(service=service, code__in=codes)},
    )


def _unknown(record: MapRecord, known: Known) -> list[Fault]:
    """Each name in the record that leads to nothing."""
    found = []
    for number, step in enumerate(record.steps, start=1):
        wrong = [
            ("owner", each, "There is no unit with the code “{}”.")
            for each in [step.owner] if each and each not in known.units
        ] + [
            ("flow", each, "The service has no flow “{}”.")
            for each in [step.flow] if each and each not in known.flows
        ] + [
            ("pain_points", each, "The service has no pain point “{}”. Write it down first.")
            for each in step.pain_points if each not in known.points
        ] + [
            ("surveys", each, "The service has no survey “{}”.")
            for each in step.surveys if each not in known.surveys
        ]  # fmt: skip
        found += [Fault(f"Step {number}, {FIELD_WORDS[field]}", words.format(each))
                  for field, each, words in wrong]  # fmt: skip
    return found


@transaction.atomic
def store(
    journey: Journey,
    wanted: Sketch,
    *,
    by: Person | None,
    now: datetime,
    relink: bool = False,
    restores: int | None = None,
    words: Sequence[str] = (),
) -> JourneyMap:
    """The map with its new revision, once the journey is as wanted; nothing is written for none.

    relink: whether surveys are tied anew to every step; else only to steps that are new.
    """
    kept = _locked(journey)
    if by is not None and not may(by, Capability.EDIT_SERVICES, kept.service.owner):
        raise NotAllowed("Your role does not draw journeys of this service.")
    before = sketch_of(kept)
    known = known_to(kept.service, wanted.record)
    faults = [*faults_of(wanted.record), *_unknown(wanted.record, known)]
    if faults:
        raise Refused(faults)
    told = map_of(kept)
    told_words = list(words) or changed(before, wanted)
    linked = _differently_linked(before, wanted) if relink else set()
    if not told_words and not linked:
        return told
    _note_changes_elsewhere(kept, before, told, now)
    keys = _write(kept, before, wanted, known, by, linked)
    _tell_map(told, wanted.record, now)
    if told_words:
        _note_version(kept, Sketch(wanted.record, keys), told, told_words, by, now, restores)
        _audit(kept, by, told_words)
    return told


def _locked(journey: Journey) -> Journey:
    """The journey as it is now, which nobody else changes until we are done."""
    rows = Journey.objects.select_for_update(of=("self",)).select_related("service__owner")
    return rows.get(pk=journey.pk)


def _differently_linked(before: Sketch, wanted: Sketch) -> set[int | None]:
    """The steps whose surveys are to be others."""
    held = dict(zip(before.keys, before.record.steps, strict=True))
    return {
        key for key, step in zip(wanted.keys, wanted.record.steps, strict=True)
        if key in held and set(held[key].surveys) != set(step.surveys)
    }  # fmt: skip


def _write(
    journey: Journey, before: Sketch, wanted: Sketch, known: Known, by: Person | None,
    linked: set[int | None],
) -> tuple[int, ...]:  # fmt: skip
    """The number of each step, once the steps are as wanted."""
    if journey.name != wanted.record.name:
        _refuse_the_same_name(journey, wanted.record.name)
        journey.name = wanted.record.name
        journey.save(update_fields=["name"])
    rows = {each.pk: each for each in journey.steps.all()}
    journey.steps.exclude(pk__in=[key for key in wanted.keys if key is not None]).delete()
    if before.keys != wanted.keys:
        journey.steps.update(position=F("position") + _FREE)
    held = dict(zip(before.keys, before.record.steps, strict=True))
    tools = _tools(journey.service, wanted.record)
    keys = []
    for place, (key, step) in enumerate(zip(wanted.keys, wanted.record.steps, strict=True)):
        row = rows.get(key) if key is not None else None
        same = row is not None and key in held and unlinked_step(held[key]) == unlinked_step(step)
        if row is None:
            row = JourneyStep(pk=key, journey=journey)
        _write_row(row, step, place, known, same=same)
        if not same:
            row.tools.set([tools[each] for each in step.systems])
            _write_detail(row, step, known)
        if key not in held or key in linked:
            _tie(row, step, known, by, again=key is not None and key not in held)
        keys.append(row.pk)
    return tuple(keys)


def unlinked_step(step: StepRecord) -> StepRecord:
    """The step without its surveys, which are kept with the surveys."""
    return msgspec.structs.replace(step, surveys=())


def _write_row(row: JourneyStep, step: StepRecord, place: int, known: Known, *, same: bool) -> None:
    if same:
        JourneyStep.objects.filter(pk=row.pk).exclude(position=place).update(position=place)
        return
    row.position = place
    row.organization = known.units.get(step.owner)
    row.is_moment_that_matters = bool(step.moment)
    row.moment_reason = step.moment
    for field in ("name", "stage", "channel", "transaction_type", "front_stage", "back_stage",
                  "policy"):  # fmt: skip
        setattr(row, field, getattr(step, field))
    row.save()


def _write_detail(row: JourneyStep, step: StepRecord, known: Known) -> None:
    detail, _ = StepDetail.objects.update_or_create(
        step=row,
        defaults={
            "thinks": step.thinks, "feeling": step.feeling, "source": step.source,
            "service": step.service, "shared": step.shared, "flow": known.flows.get(step.flow),
            "flow_step": step.flow_step,
        },
    )  # fmt: skip
    detail.pain_points.set([known.points[each] for each in step.pain_points])


def _tools(service: Service, record: MapRecord) -> dict[str, ServiceTool]:
    """The service's tools by name, with those that the journey names for the first time."""
    named = {each for step in record.steps for each in step.systems}
    held = {each.name: each for each in service.tools.filter(name__in=named)}
    for name in sorted(named - set(held)):
        held[name] = ServiceTool.objects.create(service=service, name=name)
    return held


def _tie(
    row: JourneyStep, step: StepRecord, known: Known, by: Person | None, *, again: bool
) -> None:
    """Ties the surveys named to the step, and no other; again: of a step that comes back, only
    those that are tied to nothing else by now."""
    # Read anew: a survey may have lost its step to a removal just now.
    surveys = list(Survey.objects.filter(pk__in=[known.surveys[each].pk for each in step.surveys]))
    free = [each for each in surveys if not again or each.journey_step_id is None]
    if by is None:
        row.surveys.set(free)
        return
    for each in row.surveys.exclude(pk__in=[each.pk for each in free]):
        change_survey(each, by=by, journey_step=None)
    for each in free:
        change_survey(each, by=by, journey_step=row)


def _tell_map(told: JourneyMap, record: MapRecord, now: datetime) -> None:
    told.goal, told.customers = record.goal, record.customers
    told.revision += 1
    told.changed_at = now
    told.save()


def _note_changes_elsewhere(
    journey: Journey, before: Sketch, told: JourneyMap, now: datetime
) -> None:
    """A version for what an import of the inventory, or the time before maps, made of it."""
    last = journey.versions.first()
    if last is not None:
        state = sketch_in(last)
        words = changed(state, before) if unlinked(state) != unlinked(before) else []
        if not words:
            return
    elif before.record.steps:
        words = ["As it stood before."]
    else:
        return
    told.revision += 1
    _add_version(journey, before, told.revision, words, None, now, None)


def _note_version(
    journey: Journey, state: Sketch, told: JourneyMap, words: Sequence[str],
    by: Person | None, now: datetime, restores: int | None,
) -> None:  # fmt: skip
    last = journey.versions.first()
    if last is not None and restores is None and _goes_on(last, words, by, now):
        earlier = journey.versions.filter(number__lt=last.number).first()
        since = changed(sketch_in(earlier), state) if earlier else last.words
        last.content, last.keys = msgspec.to_builtins(state.record), list(state.keys)
        last.revision, last.at, last.words = told.revision, now, since or list(words)
        last.save()
        return
    _add_version(journey, state, told.revision, words, by, now, restores)


def _goes_on(last: MapVersion, words: Sequence[str], by: Person | None, now: datetime) -> bool:
    """Whether the change goes on with what the same person was changing: `Changed “Pays”: …`."""
    about = [[each.split(": ")[0] for each in said] for said in (last.words, words)]
    return (
        by is not None and last.by_id == by.pk and now - last.at < _TOGETHER
        and last.restores is None and about[0] == about[1] and len(words) == 1
        and words[0].startswith("Changed “")
    )  # fmt: skip


def _add_version(
    journey: Journey, state: Sketch, revision: int, words: Sequence[str],
    by: Person | None, now: datetime, restores: int | None,
) -> MapVersion:  # fmt: skip
    newest = journey.versions.aggregate(most=Max("number"))["most"] or 0
    return MapVersion.objects.create(
        journey=journey, number=newest + 1, revision=revision, at=now, by=by, words=list(words),
        content=msgspec.to_builtins(state.record), keys=list(state.keys), restores=restores,
    )  # fmt: skip


def _refuse_the_same_name(journey: Journey, name: str) -> None:
    if journey.service.journeys.filter(name=name).exclude(pk=journey.pk).exists():
        raise Unusable(f"There is already a journey called “{name}”.", field="name")


def _audit(journey: Journey, by: Person | None, words: Sequence[str]) -> None:
    audit(
        actor=by.email if by else "system",
        action="draw_journey",
        subject=subject_of(journey.service),
        organization=agency_of(journey.service.owner).code,
        detail={"journey": journey.name, "changes": list(words)},
    )
