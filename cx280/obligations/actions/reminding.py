"""Reminds people of what they owe: one mail a provider and day, each step once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.obligations.models import Obligation, Reminder
from cx280.obligations.queries.people import who_signs, who_submits
from cx280.obligations.queries.standing import Line, lines_of
from cx280.obligations.rules.letters import Letter, Owed, letter
from cx280.obligations.rules.reminders import AFTER, AHEAD, Step, step_due
from cx280.obligations.rules.vocabulary import Code
from cx280.services.models import Hisp

log = logging.getLogger(__name__)

# What OMB may give back here, and how long after its day it still does.
_RETURNABLE = (Code.DESIGNATION.value, Code.ACTION_PLAN.value)
_A_YEAR = timedelta(days=400)


def remind(today: date) -> int:
    """How many people were written to. What fails is logged, and tried by the next run."""
    told = 0
    agencies = Organization.objects.filter(obligations__isnull=False).distinct()
    everybody: list[Hisp | Organization] = [
        *Hisp.objects.select_related("organization"),
        *agencies,
    ]
    for each in everybody:
        try:
            told += remind_provider(each, today)
        except IntegrityError:
            log.info("another worker reminded %s", each.code)
        except OSError as problem:  # the mail server does not answer
            log.warning("could not remind %s: %s", each.code, problem)
    return told


@transaction.atomic
def remind_provider(whose: Hisp | Organization, today: date) -> int:
    """How many people of the provider, or agency, were written to about what came due.

    That it was sent is written before the mails leave and is undone when they cannot.
    """
    due = [
        (line, step)
        for line in lines_of(_near(whose, today), today)
        if line.state.is_open and (step := _step(line, today)) is not None
    ]
    if not due:
        return 0
    unit = whose.organization if isinstance(whose, Hisp) else whose
    leads = who_submits(unit, today)
    officials = who_signs(unit, today)
    for line, step in due:
        people = len(leads) + (len(officials) if step.escalated else 0)
        Reminder.objects.create(
            obligation=line.obligation, step=step.name, sent_on=today, people=people
        )
    escalated = [line for line, step in due if step.escalated]
    sent = _write(leads, whose.name, [line for line, _ in due])
    sent += _write([each for each in officials if each not in leads], whose.name, escalated)
    record(
        actor="system",
        action="remind_of_obligations",
        subject=subject_of(whose),
        organization=unit.code,
        detail={"obligations": len(due), "people": sent},
    )
    return sent


def _near(whose: Hisp | Organization, today: date) -> QuerySet[Obligation]:
    """Those that may have a reminder due: not longer ago than the last one, nor further off.

    What OMB gives back may have been due long ago.
    """
    first, last = _window(today)
    near = Q(act_by__lte=last, due__gte=first)
    may_be_back = Q(code__in=_RETURNABLE, due__gte=today - _A_YEAR)
    mine = {"hisp": whose} if isinstance(whose, Hisp) else {"organization": whose}
    return Obligation.objects.filter(near | may_be_back, **mine)


def _window(today: date) -> tuple[date, date]:
    """The days between which something is due that may have a reminder by its day."""
    return today - timedelta(days=AFTER[-1] + 7), today + timedelta(days=AHEAD[0])


def _step(line: Line, today: date) -> Step | None:
    row = line.obligation
    told = set(row.reminders.values_list("step", flat=True))
    if line.returned_on is not None:
        news = Step.returned(line.returned_on)
        if news.name not in told:
            return news
    first, last = _window(today)
    if row.act_by > last or row.due < first:
        return None
    return step_due(row.due, row.act_by, today, told)


def _write(people: Sequence[Person], name: str, lines: Sequence[Line]) -> int:
    if not people or not lines:
        return 0
    written: Letter = letter(
        name,
        [
            Owed(
                name=f"{each.obligation.name}, {each.obligation.whose}",
                period=each.obligation.period,
                due=each.obligation.due,
                act_by=each.obligation.act_by,
                state=each.state,
                when=each.when,
                address=settings.PUBLIC_ADDRESS
                + reverse("obligations:obligation", args=[each.obligation.pk]),
            )
            for each in lines
        ],
        page=settings.PUBLIC_ADDRESS + reverse("obligations:year"),
        to_omb=lines[0].obligation.hisp_id is not None,
    )
    for each in people:
        send_mail(written.subject, written.text, None, [each.email])
    return len(people)
