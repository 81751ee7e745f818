"""What stands in the registers about initiatives, alignment, modernization and lessons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from cx280.capacity.models import Entry
from cx280.capacity.queries.known.organizing import page_of
from cx280.capacity.queries.known.serving import open_actions, plan_name
from cx280.capacity.queries.known.subject import Subject
from cx280.capacity.rules.backlog import Modernized, in_order
from cx280.capacity.rules.facts import Improvement, Known
from cx280.capacity.rules.vocabulary import Register
from cx280.circular.implements import implements
from cx280.plans.rules.vocabulary import Status
from cx280.services.queries import designated_services


def _steps(subject: Subject) -> list[Entry]:
    return list(subject.entries(Register.INITIATIVE).exclude(status="done"))


@implements("280.17-c2")
def initiatives(subject: Subject) -> list[Known]:
    """The steps to greater maturity that are underway or planned."""
    page = page_of(Register.INITIATIVE, subject.fiscal_year)
    return [Known(f"{each.what} ({each.status})", page, subject.today) for each in _steps(subject)]


def alignment(subject: Subject) -> list[Known]:
    """What each action serves."""
    page = page_of(Register.ALIGNMENT, subject.fiscal_year)
    rows = subject.entries(Register.ALIGNMENT).select_related("action")
    return [
        Known(f"“{each.action.change}” serves {each.what}", page, subject.today)
        for each in rows
        if each.action is not None
    ]


def backlog(subject: Subject) -> list[Modernized]:
    """What is modernized under IDEA, in the order in which to do it (280.17-e4)."""
    return backlog_of(subject.entries(Register.IDEA).exclude(status="done"), subject.today)


@implements("280.17-e4")
def backlog_of(entries: Iterable[Entry], today: date) -> list[Modernized]:
    """These lines in the order in which to do them, each with whether its service is a HISP’s."""
    high = set(designated_services(on=today).values_list("pk", flat=True))
    return in_order(
        Modernized(each.what, each.amount, each.service_id in high, each.pk) for each in entries
    )


def idea(subject: Subject) -> list[Known]:
    """What is modernized, first things first, and the actions that are part of it."""
    page = page_of(Register.IDEA, subject.fiscal_year)
    found = [
        Known(
            f"{each.name}{', a high-impact service' if each.is_hisp else ''}", page, subject.today
        )
        for each in backlog(subject)
    ]
    return found + [
        Known(f"“{each.change}” is part of {each.idea}",
              reverse("plans:action", args=[each.plan_id, each.pk]), subject.today)
        for each in open_actions(subject)
        if each.idea
    ]  # fmt: skip


def idea_report(subject: Subject) -> list[str]:
    """The names of all items of the IDEA report."""
    return list(subject.entries(Register.IDEA).values_list("what", flat=True))


def lessons(subject: Subject) -> list[Known]:
    """The lessons other agencies may read."""
    page = page_of(Register.LESSON, subject.fiscal_year)
    rows = subject.entries(Register.LESSON).filter(shared=True)
    return [Known(f"Shared: {each.what}", page, subject.today) for each in rows]


@implements("280.17-e1", "280.9-c4")
def improvements_of(subject: Subject) -> list[Improvement]:
    """Every action and every step to maturity that is planned or underway as of the day."""
    served = dict(
        subject.entries(Register.ALIGNMENT)
        .filter(action__isnull=False)
        .values_list("action", "what")
    )
    steps = _steps(subject)
    maturing = {each.action_id for each in steps}
    found = [
        Improvement(
            words=each.change,
            status=Status.of(each.status).value,
            source=plan_name(each),
            address=reverse("plans:action", args=[each.plan_id, each.pk]),
            human_centered=each.human_centered,
            evidence=[shown.words for shown in each.pain_point.evidence.all()]
            if each.pain_point
            else [],
            idea=each.idea,
            serves=served.get(each.pk, ""),
            matures=each.pk in maturing,
        )
        for each in open_actions(subject)
    ]
    return found + [
        Improvement(
            words=each.what,
            status=each.status,
            source="steps to greater maturity",
            address=page_of(Register.INITIATIVE, subject.fiscal_year),
            human_centered=each.answer,
            evidence=[each.words] if each.words else [],
            is_action=False,
            matures=True,
        )
        for each in steps
        if each.action_id is None
    ]
