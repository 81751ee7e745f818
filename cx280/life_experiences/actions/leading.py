"""What OMB alone does: chooses a life experience, describes it, takes proposals in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.life_experiences.access import leads
from cx280.life_experiences.models import JoinedService, LifeExperience, Member, Milestone
from cx280.life_experiences.rules.vocabulary import Level, Progress


@implements("280.13-c1")
def save_experience(
    experience: LifeExperience | None, *, fields: dict[str, Any], by: Person
) -> LifeExperience:
    """The life experience with these fields, new when there is none yet. Only OMB writes it."""
    _only_omb(by)
    row = experience or LifeExperience(created_by=by)
    for name, value in fields.items():
        setattr(row, name, value)
    if row.charter_published_on and not row.charter_url:
        raise Unusable("Enter where the charter can be read.", field="charter_url",
                       rule="280.13-c4")  # fmt: skip
    if row.ended_on and not row.designated_on:
        raise Unusable("It was never designated, so it cannot end.", field="ended_on")
    try:
        with transaction.atomic():
            row.save()
            _audit("write_life_experience", row, by, new=experience is None,
                   designated_on=str(row.designated_on or ""))  # fmt: skip
    except IntegrityError as error:
        raise Conflict("A life experience of this code is there already.", field="code") from error
    return row


@implements("280.13-c3")
@transaction.atomic
def add_member(
    experience: LifeExperience,
    *,
    agency: Organization | None,
    name: str,
    level: str,
    task: str,
    by: Person,
) -> Member:
    """Who takes part: an agency, or somebody at another level by name."""
    _only_omb(by)
    if (agency is None) == (not name.strip()):
        raise Unusable("Choose an agency, or write a name.", field="name")
    word = Level.FEDERAL if agency else Level.of(level)
    if agency and experience.members.filter(agency=agency).exists():
        raise Conflict("This agency is a member already.", field="agency")
    found = Member.objects.create(
        experience=experience, agency=agency, name=name.strip(), level=word.value,
        task=task.strip(),
    )  # fmt: skip
    _audit("add_member", experience, by, member=str(found))
    return found


@transaction.atomic
def take_in(thing: JoinedService | Milestone, *, by: Person, now: datetime) -> None:
    """A proposal becomes part of the life experience."""
    _only_omb(by)
    if thing.accepted_at is None:
        thing.accepted_at = now
        thing.save(update_fields=["accepted_at"])
        _audit("take_in_proposal", thing.experience, by, proposal=str(thing))


@transaction.atomic
def take_out(thing: JoinedService | Milestone | Member, *, by: Person) -> None:
    """Declines a proposal, or ends what was part of it; the audit trail keeps it."""
    _only_omb(by)
    _audit("take_out", thing.experience, by, what=str(thing))
    thing.delete()


@transaction.atomic
def tell_progress(
    milestone: Milestone, *, progress: str, done_on: date | None, by: Person
) -> Milestone:
    """How far a milestone is."""
    _only_omb(by)
    word = Progress.of(progress)
    if (word is Progress.DONE) != (done_on is not None):
        raise Unusable("Say on which day it was done, and only if it was.", field="done_on")
    before = milestone.progress
    milestone.progress, milestone.done_on = word.value, done_on
    milestone.save(update_fields=["progress", "done_on"])
    _audit("tell_progress", milestone.experience, by, milestone=milestone.name, before=before,
           after=word.value)  # fmt: skip
    return milestone


def _only_omb(by: Person) -> None:
    if not leads(by):
        raise NotAllowed(
            "Only OMB chooses and leads life experiences (280.13-c1).",
            fix="An agency proposes a service or a milestone.",
        )


def _audit(action: str, experience: LifeExperience, by: Person, **detail: object) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(experience),
        organization=experience.lead.code if experience.lead else "",
        detail={"life_experience": experience.name, **detail},
    )
