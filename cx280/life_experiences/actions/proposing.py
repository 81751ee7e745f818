"""What agencies do: put services and milestones forward. OMB's own stand at once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from cx280.accounts.models import Person
from cx280.audit.actions import record, subject_of
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.life_experiences import access
from cx280.life_experiences.models import JoinedService, LifeExperience, Milestone
from cx280.services.models import Service


def propose_service(
    experience: LifeExperience, service: Service, *, need: str, by: Person, now: datetime
) -> JoinedService:
    """The service on the way of the life experience, part of it once OMB takes it in."""
    if not access.may_propose_service(by, service):
        raise NotAllowed("You may propose services of your own agency.")
    if not need.strip():
        raise Unusable("Say what people need it for.", field="need", rule="280.4-d2")
    try:
        with transaction.atomic():
            found = JoinedService.objects.create(
                experience=experience, service=service, need=need.strip(), proposed_at=now,
                proposed_by=by, accepted_at=now if access.leads(by) else None,
            )  # fmt: skip
            _audit("propose_service", experience, by, service.owner.code, service=service.code)
    except IntegrityError as error:
        raise Conflict("This service is there already.", field="service") from error
    return found


@transaction.atomic
def propose_milestone(
    experience: LifeExperience, *, name: str, due: date, by: Person, now: datetime
) -> Milestone:
    """A milestone, which stands once OMB takes it in."""
    if not access.may_propose_milestones(by, experience):
        raise NotAllowed("Milestones are proposed by agencies that take part.")
    found = Milestone.objects.create(
        experience=experience, name=name.strip(), due=due, proposed_at=now, proposed_by=by,
        accepted_at=now if access.leads(by) else None,
    )  # fmt: skip
    lead = experience.lead.code if experience.lead else ""
    _audit("propose_milestone", experience, by, lead, milestone=found.name, due=due.isoformat())
    return found


def _audit(
    action: str, experience: LifeExperience, by: Person, organization: str, **detail: object
) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(experience),
        organization=organization,
        detail={"life_experience": experience.name, **detail},
    )
