"""Reads clearances: the gate, the ledger, what stands in force, whom to tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from cx280.accounts.models import Assignment, Person
from cx280.accounts.rules import Capability, roles_that_may
from cx280.circular.implements import implements
from cx280.clearance.models import Clearance, Collection
from cx280.clearance.rules import gate as gate_rules
from cx280.clearance.rules.contact import contact_forbidden
from cx280.clearance.rules.following import following_forbidden
from cx280.clearance.rules.force import Standing, days_left, is_in_force, standing
from cx280.clearance.rules.ledger import (
    Ceiling,
    Ledger,
    Line,
    burden_hours,
    ledger,
    over_ceiling,
)
from cx280.clearance.rules.release import release_forbidden
from cx280.kernel.finding import Finding

State = Collection.State


@implements("280.11-a1")
def gate(
    collection: Collection | None,
    on: date,
    members_of_public: int | None = None,
    instrument: str = "",
) -> list[Finding]:
    """What keeps a survey under this collection from the public on that day; [] when it may open.

    None is a survey without a collection. Fewer than ten `members_of_public` need no clearance.
    instrument: the digest of the questions that would open.
    """
    permission = None if collection is None else _permission(collection)
    return gate_rules.gate(permission, on, members_of_public, instrument)


def covers(collection: Collection | None, on: date) -> bool:
    """Whether the collection's clearance is in force that day and OMB approved it."""
    if collection is None or collection.state != State.APPROVED:
        return False
    clearance = collection.clearance
    return is_in_force(clearance.starts_on, clearance.expires_on, clearance.withdrawn_on, on)


def _permission(collection: Collection) -> gate_rules.Permission:
    clearance = collection.clearance
    return gate_rules.Permission(
        clearance.control_number,
        clearance.starts_on,
        clearance.expires_on,
        clearance.withdrawn_on,
        collection.state == State.APPROVED,
        collection.state == State.CLOSED,
        ceiling_of(clearance),
        [line for line in lines_of(clearance) if line.counts],
        collection.instrument,
    )


def ceiling_of(clearance: Clearance) -> Ceiling:
    """What OMB allowed under the clearance."""
    return Ceiling(clearance.responses_ceiling, clearance.hours_ceiling)


def lines_of(clearance: Clearance) -> list[Line]:
    """Every collection of the clearance as a line of its ledger."""
    return [line_of(each) for each in clearance.collections.all()]


def line_of(collection: Collection) -> Line:
    """The collection as a line of its clearance's ledger."""
    return Line(
        collection.title,
        collection.kind,
        collection.responses,
        collection.minutes,
        collection.state != State.DRAFT,
        collection.person_minutes,
    )


@implements("280.11-a2", "280.11-a4")
def ledger_of(clearance: Clearance) -> Ledger:
    """What the clearance allows and what its collections take of it, as approved."""
    return ledger(ceiling_of(clearance), lines_of(clearance))


def ledger_findings(clearance: Clearance) -> list[Finding]:
    """Errors when the collections, drafts too, ask for more than the ceiling."""
    return over_ceiling(ceiling_of(clearance), lines_of(clearance))


@dataclass(frozen=True, slots=True)
class Use:
    """What of an approval was used: answers of the public so far, and the hours they took."""

    responses: int
    hours: Decimal


def use_of(clearance: Clearance, answered: Mapping[int, int]) -> Use:
    """The burden already caused; `answered` are counts of answers by collection primary key.

    Answers are kept above this folder, so whoever asks brings the counts.
    """
    counts = [(each, answered.get(each.pk, 0)) for each in clearance.collections.all()]
    return Use(
        sum(count for _, count in counts),
        sum((burden_hours(count, each.minutes) for each, count in counts), Decimal(0)),
    )


@implements("280.10-a4", "280.2-a2", "280.11-a4", "INC-28")
def answered_under(clearance: Clearance) -> dict[int, int]:
    """Answers of the public so far, by collection: no robots, no Federal employees.

    Whoever took part in a study counts as one answer. Answers and studies stand above this folder,
    so they are reached by their name only; what is left out is few and found by its own index.
    """
    answers = "surveys__versions__responses"
    mine = Collection.objects.filter(clearance=clearance).order_by()
    apart = Q(**{f"{answers}__suspected__gt": ""})  # not ~Q: that would be of whole surveys
    staff = Q(**{f"{answers}__suspected": "", f"{answers}__customer_type": "federal_employee"})
    counts = dict.fromkeys(mine.values_list("pk", flat=True), 0)
    for rows, sign in ((mine, 1), (mine.filter(apart), -1), (mine.filter(staff), -1)):
        for pk, n in rows.values_list("pk").annotate(n=Count(f"{answers}__version")):
            counts[pk] += sign * n
    for pk, came in mine.values_list("pk").annotate(came=Sum("studies__took_part")):
        counts[pk] += came or 0
    return counts


@implements("INC-30")
def contact_findings(collection: Collection | None, on: date) -> list[Finding]:
    """What forbids to ask people, under this collection, how to reach them; [] when they may be."""
    if collection is None or not covers(collection, on):
        return contact_forbidden(None, permits_contact=False)
    clearance = collection.clearance
    return contact_forbidden(clearance.control_number, permits_contact=clearance.permits_contact)


@implements("280.10-b3")
def following_findings(clearance: Clearance | None, on: date) -> list[Finding]:
    """What forbids to read answers of one person together under the clearance; [] when allowed."""
    if clearance is None:
        return following_forbidden(None, permits_following=False)
    days = clearance.starts_on, clearance.expires_on, clearance.withdrawn_on
    number = clearance.control_number if is_in_force(*days, on) else None
    return following_forbidden(number, permits_following=clearance.permits_following)


def permits_release(collection: Collection | None) -> bool:
    """Whether the terms of the collection's clearance let results be made public."""
    return not release_findings(collection)


def release_findings(collection: Collection | None) -> list[Finding]:
    """What of 280.10-s1 the clearance stands against; [] when its results may be public."""
    if collection is None:
        return release_forbidden(None, permits_release=False)
    clearance = collection.clearance
    return release_forbidden(clearance.control_number, permits_release=clearance.permits_release)


def standing_of(clearance: Clearance, on: date) -> Standing:
    """Where the clearance stands on a day."""
    return standing(clearance.starts_on, clearance.expires_on, clearance.withdrawn_on, on)


@dataclass(frozen=True, slots=True)
class ClearanceLine:
    """A clearance in a list: where it stands and how many days it still covers."""

    clearance: Clearance
    standing: Standing
    days_left: int
    ledger: Ledger
    findings: tuple[Finding, ...]

    @property
    def needs_renewal(self) -> bool:
        """Whether it is in force and ends within the first warning's distance."""
        return self.standing is Standing.IN_FORCE and self.days_left <= 180


def clearance_lines(clearances: QuerySet[Clearance], on: date) -> list[ClearanceLine]:
    """The clearances with where each stands: in force first, expiring soonest on top."""
    lines = [
        ClearanceLine(
            each,
            standing_of(each, on),
            days_left(each.expires_on, on),
            ledger_of(each),
            tuple(ledger_findings(each)),
        )
        for each in clearances.prefetch_related("collections")
    ]
    order = [Standing.IN_FORCE, Standing.NOT_YET, Standing.EXPIRED, Standing.WITHDRAWN]
    return sorted(lines, key=lambda line: (order.index(line.standing), line.clearance.expires_on))


def clearances_ending(on: date, within_days: int) -> QuerySet[Clearance]:
    """The clearances not withdrawn whose last day is that many days ahead, or fewer."""
    return Clearance.objects.filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on),
        expires_on__gte=on,
        expires_on__lte=on + timedelta(days=within_days),
    ).select_related("organization")


def keepers_of(clearance: Clearance, on: date) -> list[Person]:
    """The people who keep the clearance (its CX leads), at its unit or above, on that day."""
    above = [int(pk) for pk in clearance.organization.path.strip("/").split("/")]
    held = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        since__lte=on,
        role__in=roles_that_may(Capability.EDIT_CLEARANCE),
        organization__in=above,
        person__is_active=True,
    )
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("email"))


def addresses(people: Iterable[Person]) -> list[str]:
    """Where to write to them."""
    return [each.email for each in people]
