"""What is known of leaders, people, money, decisions and habits."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse

from cx280.accounts.models import Assignment
from cx280.accounts.rules import Role
from cx280.capacity.queries.known.subject import Subject
from cx280.capacity.rules.facts import Known
from cx280.capacity.rules.shapes import SHAPES, share_with_evidence, totals
from cx280.capacity.rules.vocabulary import Mindset, Register, YesPartlyNo
from cx280.circular.implements import implements

MANDATORY = (Role.ACCOUNTABLE_OFFICIAL, Role.CX_LEAD)
RESOURCES = (Register.STAFF, Register.BUDGET, Register.CONTRACT, Register.TOOL)
TALENT = (Register.POSITION, Register.HIRE, Register.TRAINING)


def page_of(register: Register, fiscal_year: int) -> str:
    """The address of a register’s page for that year."""
    return reverse("capacity:register", args=[register.value]) + f"?year={fiscal_year}"


def roles_of(subject: Subject) -> list[Assignment]:
    """Everybody who holds or held a mandatory role for the unit or one above it, latest first."""
    above = [int(pk) for pk in subject.organization.path.strip("/").split("/")]
    return list(
        Assignment.objects.filter(
            role__in=[each.value for each in MANDATORY],
            organization__in=above,
            since__lte=subject.today,
        )
        .select_related("person", "organization")
        .order_by("role", "-since")
    )


def _holding(subject: Subject) -> list[Assignment]:
    return [
        each
        for each in roles_of(subject)
        if each.person.is_active and (each.until is None or each.until >= subject.today)
    ]


@implements("280.9-c1", "280.17-b2")
def vacant_roles(subject: Subject) -> list[str]:
    """The mandatory roles nobody holds on that day."""
    held = {each.role for each in _holding(subject)}
    return [each.label for each in MANDATORY if each.value not in held]


@implements("280.17-b2")
def leaders(subject: Subject) -> list[Known]:
    """Who holds each mandatory role as of the day; a vacant one is told as vacant."""
    page = reverse("capacity:roles")
    found = [
        Known(
            f"{Role(each.role).label}: {each.person.name}, since {each.since:%B %-d, %Y}",
            page,
            subject.today,
        )
        for each in _holding(subject)
    ]
    return found + [
        Known(f"{each}: vacant", page, subject.today, 0) for each in vacant_roles(subject)
    ]


@implements("280.9-c2", "280.17-b1")
def resources(subject: Subject) -> list[Known]:
    """The total of each register of resources."""
    return _totals(subject, RESOURCES)


@implements("280.9-d1")
def talent(subject: Subject) -> list[Known]:
    """Positions, hires and people trained: counts, nobody’s name."""
    return _totals(subject, TALENT)


def _totals(subject: Subject, registers: tuple[Register, ...]) -> list[Known]:
    rows = list(subject.entries(*registers).values_list("register", "amount"))
    sums, lines = totals(rows), Counter(register for register, _ in rows)
    return [
        Known(
            f"{each.label}: {_amount(sums[each], SHAPES[each].unit)} in {lines[each]}"
            f" line{'s'[: lines[each] != 1]}",
            page_of(each, subject.fiscal_year),
            subject.today,
            int(sums[each]),
            subject.period,
        )
        for each in registers
        if each in sums
    ]


def _amount(value: Decimal, unit: str) -> str:
    said = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"${said}" if unit == "dollars" else f"{said} {unit}"


@implements("280.9-c3")
def decisions(subject: Subject) -> list[Known]:
    """How many of the recorded decisions rest on customer evidence."""
    given, whole = share_with_evidence(
        subject.entries(Register.DECISION).values_list("words", flat=True)
    )
    if not whole:
        return []
    words = f"{given} of {whole} recorded decisions rest on customer evidence ({given / whole:.0%})"
    page = page_of(Register.DECISION, subject.fiscal_year)
    return [Known(words, page, subject.today, whole, subject.period)]


@implements("280.9-b3")
def reviews(subject: Subject) -> list[Known]:
    """The review log: who looked at which data, and what was decided."""
    page = page_of(Register.REVIEW, subject.fiscal_year)
    return [
        Known(f"{each.on}: {each.who} looked at {each.what}: {each.words}", page, subject.today)
        for each in subject.entries(Register.REVIEW)
    ]


@implements("280.9-d2")
def mindset(subject: Subject) -> list[Known]:
    """What is said of training, performance measurement and rewards."""
    page = page_of(Register.MINDSET, subject.fiscal_year)
    return [
        Known(
            f"{Mindset.of(each.what).label}: {YesPartlyNo.of(each.answer).label.lower()}."
            f" {each.words}",
            page,
            subject.today,
        )
        for each in subject.entries(Register.MINDSET)
    ]


def said_of_mindset(subject: Subject) -> dict[str, str]:
    """The answer of each of the three practices that is answered."""
    rows = subject.entries(Register.MINDSET).filter(~Q(words=""))
    return dict(rows.values_list("what", "answer"))
