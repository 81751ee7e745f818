"""A life experience whole: who takes part, what comes next, what its services published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding
from cx280.life_experiences.checks import check
from cx280.life_experiences.models import JoinedService, LifeExperience, Milestone
from cx280.life_experiences.rules.facts import ExperienceFacts
from cx280.life_experiences.rules.joined import Joined, Side, joined
from cx280.life_experiences.rules.milestones import Standing, next_of, standing_of
from cx280.life_experiences.rules.vocabulary import Level
from cx280.measures.rules.comparability import read_key
from cx280.reporting.queries.released import ReleasedShare, released_shares
from cx280.services.models import Service

CONSTRUCTS = ("trust", "satisfaction")


@dataclass(frozen=True, slots=True)
class Place:
    """A service on the way, with its agency, and whether anything of it is published."""

    service: Service
    agency: Organization
    need: str
    has_figures: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """What everybody may read of a life experience."""

    experience: LifeExperience
    members: Sequence[str]
    agencies: Sequence[str]
    places: Sequence[Place]
    milestones: Sequence[Standing]
    next: Standing | None
    measures: Sequence[Joined]


@implements("280.4-d2", "280.13-c3")
def whole_of(experience: LifeExperience, today: date) -> Whole:
    """Services and milestones that OMB took in, with the last published figures of each."""
    rows = list(experience.services.filter(accepted_at__isnull=False)
                .select_related("service__owner"))  # fmt: skip
    agencies = {each.service_id: agency_of(each.service.owner) for each in rows}
    sides = {each: _sides(rows, agencies, each) for each in CONSTRUCTS}
    known = {side.code for found in sides.values() for side in found}
    places = [
        Place(each.service, agencies[each.service_id], each.need, each.service.code in known)
        for each in rows
    ]
    milestones = standings_of(experience.milestones.filter(accepted_at__isnull=False), today)
    members = list(experience.members.select_related("agency"))
    return Whole(
        experience=experience,
        members=[_member(str(each), each.level, each.task) for each in members],
        agencies=sorted({each.name for each in agencies.values()}),
        places=places,
        milestones=milestones,
        next=next_of(milestones),
        measures=[joined(name, found) for name, found in sides.items()],
    )


def _member(name: str, level: str, task: str) -> str:
    word = Level.of(level)
    said = name if word is Level.FEDERAL else f"{name} ({word.label.lower()})"
    return f"{said}: {task}" if task else said


def standings_of(rows: Iterable[Milestone], today: date) -> list[Standing]:
    """Milestones as they stand today, by day."""
    return [standing_of(each.name, each.due, each.progress, each.done_on, today) for each in rows]


def _sides(
    rows: Sequence[JoinedService], agencies: dict[int, Organization], construct: str
) -> list[Side]:
    """Each service's last published share; one that asked in two ways has two."""
    services = {each.service_id: each.service for each in rows}
    shares = released_shares(services, construct)
    last = {each.service: each.quarter for each in shares}  # they come in time
    return [
        _side(each, services[each.service], agencies[each.service])
        for each in shares
        if each.quarter == last[each.service]
    ]


def _side(found: ReleasedShare, service: Service, agency: Organization) -> Side:
    return Side(
        service=service.name, code=service.code, agency=agency.name, quarter=found.quarter,
        key=read_key(found.key), share=found.share, text=found.text, source=found.source,
        too_few=found.too_few,
    )  # fmt: skip


def facts_of(experience: LifeExperience, today: date) -> ExperienceFacts:
    """The life experience as its checks read it."""
    services = [each.service for each in experience.services.filter(accepted_at__isnull=False)
                .select_related("service__owner")]  # fmt: skip
    members = list(experience.members.select_related("agency"))
    agencies = {agency_of(each.owner).name for each in services}
    agencies |= {each.agency.name for each in members if each.agency}
    if experience.lead:
        agencies.add(experience.lead.name)
    levels = {Level.of(each.level) for each in members} | ({Level.FEDERAL} if services else set())
    return ExperienceFacts(
        name=experience.name,
        lead=experience.lead.name if experience.lead else "",
        is_designated=experience.designated_on is not None,
        programs=sorted({each.owner.name for each in services}),
        agencies=sorted(agencies),
        levels=sorted(levels),
        charter=experience.charter_url,
        milestones=standings_of(experience.milestones.filter(accepted_at__isnull=False), today),
    )


def findings_of(experience: LifeExperience, today: date) -> list[Finding]:
    """What the checks find today."""
    return check(facts_of(experience, today))
