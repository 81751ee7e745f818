"""Takes in who wants to be contacted, lets it be read, closes it, and erases it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.clearance.queries import contact_findings
from cx280.delivery.sealing import hashed, opened, sealed
from cx280.kernel.finding import errors
from cx280.kernel.problem import Conflict
from cx280.recovery import queries
from cx280.recovery.models import ContactWish
from cx280.recovery.rules import last_day_kept, must_be_erased, safe_note
from cx280.responses.models import Response
from cx280.responses.queries import owner_of, today_of
from cx280.responses.tokens import CONTACT_DAYS
from cx280.surveys.models import Survey, SurveyVersion


class MayNotAsk(Conflict):
    """The clearance does not allow asking people how to reach them."""


class Gone(Conflict):
    """What reached the person is erased already."""


@implements("INC-30")
@transaction.atomic
def offer_contact(survey: Survey, *, offered: bool, by: Person) -> Survey:
    """The survey, which from now on asks after its answers whether to contact the person, or not.

    Raises MayNotAsk, with the rule, unless the clearance of the survey allows it.
    """
    on = today_of(survey.service.owner)
    if offered and (stopping := errors(contact_findings(survey.collection, on))):
        first = stopping[0]
        raise MayNotAsk(first.message, rule=first.rule, fix=first.fix)
    kept = Survey.objects.select_for_update().get(pk=survey.pk)
    before, kept.offers_contact = kept.offers_contact, offered
    kept.save(update_fields=["offers_contact"])
    if before != offered:
        _tell("offer_contact" if offered else "stop_offering_contact", survey, survey, by.email)
    return kept


@transaction.atomic
def keep_wish(
    version: SurveyVersion, response: Response, *, reach: dict[str, str], language: str,
    now: datetime,
) -> bool:  # fmt: skip
    """True when the wish is new; False when who answered this has left how to reach them already.

    reach: `email` and `phone`, those that were given.
    """
    on = today_of(owner_of(version))
    wish, is_new = ContactWish.objects.get_or_create(
        once=hashed(f"wish {response.pk}"),
        defaults={
            "survey": version.survey,
            "unit_id": response.unit_id,
            "language": language,
            "asked_at": now,
            "erase_after": last_day_kept(on, CONTACT_DAYS),
            "reach": sealed(json.dumps(reach)),
            "answer": sealed(str(response.pk)),
        },
    )
    if is_new:
        _tell("ask_to_be_contacted", wish, version.survey, "public")
    return is_new


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach somebody, and what they answered: each question with its answer, in words."""

    email: str
    phone: str
    said: list[tuple[str, str]]


@implements("INC-30")
@transaction.atomic
def read_wish(wish: ContactWish, *, by: Person) -> Reach:
    """How to reach the person and what they answered; every reading stands in the trail.

    Raises Gone once it is erased.
    """
    kept = ContactWish.objects.select_for_update().get(pk=wish.pk)
    if kept.erased_at is not None:
        raise Gone("This is erased: it was handled, or its last day is over.")
    _tell("read_contact_details", wish, wish.survey, by.email)
    reach = json.loads(opened(kept.reach))
    said = queries.said_in(UUID(opened(kept.answer)))
    return Reach(reach.get("email", ""), reach.get("phone", ""), said)


@implements("INC-30")
@transaction.atomic
def close_wish(wish: ContactWish, *, note: str, by: Person) -> ContactWish:
    """The wish, handled: what reached the person is erased in the same transaction."""
    kept = ContactWish.objects.select_for_update().get(pk=wish.pk)
    if kept.handled_at is not None:
        raise Conflict(f"{kept.handled_by} has handled this already.")
    if kept.erased_at is not None:
        raise Gone("This is erased: its last day is over.")
    now = timezone.now()
    kept.handled_at, kept.handled_by, kept.note = now, by, safe_note(note)
    _empty(kept, now)
    kept.save()
    _tell("close_contact", kept, wish.survey, by.email)
    return kept


@implements("INC-30")
def erase_due(now: datetime) -> int:
    """How many were erased unhandled because their last day is over where the service is."""
    return sum(_erase_if_due(each, now) for each in queries.perhaps_due(now))


@transaction.atomic
def _erase_if_due(wish: ContactWish, now: datetime) -> bool:
    kept = ContactWish.objects.select_for_update().get(pk=wish.pk)
    on = queries.day_at(wish.survey.service.owner, now)
    is_due = must_be_erased(kept.erase_after, on, is_handled=kept.handled_at is not None)
    if kept.erased_at is not None or not is_due:
        return False
    _empty(kept, now)
    kept.save()
    _tell("erase_contact_details", kept, wish.survey, "system")
    return True


def _empty(wish: ContactWish, now: datetime) -> None:
    wish.reach = wish.answer = wish.once = ""
    wish.erased_at = now


def _tell(action: str, thing: ContactWish | Survey, survey: Survey, actor: str) -> None:
    """The trail says who did what when, and nothing that reaches anybody."""
    owner = survey.service.owner
    record(actor=actor, action=action, subject=subject_of(thing), organization=owner.code)
