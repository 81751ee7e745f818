"""The services that the simulated providers put forward: last year, this year, and the next."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.designation.actions.meetings import keep_assessment, keep_meeting
from cx280.designation.actions.moving import (
    concur_with_proposal,
    return_proposal,
    sign_proposal,
)
from cx280.designation.actions.writing import (
    begin_proposal,
    choose,
    write_figures,
    write_weights,
)
from cx280.designation.models import Proposal, Step
from cx280.designation.queries.proposals import services_to_choose
from cx280.designation.rules.scoring import Span
from cx280.designation.rules.vocabulary import About, Office, Part
from cx280.kernel.quarter import fiscal_year_of
from cx280.services.actions import certify_inventory, open_cycle, start_review
from cx280.services.models import Hisp, Service
from cx280.surveys.models import ServiceImpact

# Dollars a year and priority to customers; of some only the one, of some nobody knows either.
_KNOWN: dict[str, tuple[int | None, int | None]] = {
    "boat-permits": (14_200_000, 4),
    "mooring-licenses": (3_100_000, 3),
    "guide-registration": (900_000, None),
    "campsite-booking": (21_500_000, 4),
    "guided-walks": (6_400_000, None),
    "flood-grants": (88_000_000, 5),
}
_WHY = (
    "Most of our customers come for it, and it is where trust was lowest last year.",
    "Few come for it, and for those who do much depends on how it goes.",
)


def add_designations(people: dict[str, Person], today: date) -> int:
    """How many proposals there are."""
    year = fiscal_year_of(today)
    hisps = list(Hisp.objects.filter(simulated=True).select_related("organization").order_by("pk"))
    _certify(hisps[0], people, today)
    _know(people["cx_lead"])
    for each in hisps:
        for past in (year - 1, year):
            _settle(each, past, people, today, returned=past == year - 1 and each == hisps[0])
    _meet(hisps[0], year, people["cx_lead"], today)
    _assess(hisps[0], people["cx_lead"], today)
    _begin_the_next(hisps[0], year + 1, people["cx_lead"])
    return Proposal.objects.count()


def _certify(hisp: Hisp, people: dict[str, Person], today: date) -> None:
    lead, agency = people["cx_lead"], agency_of(hisp.organization)
    for year in (fiscal_year_of(today) - 2, fiscal_year_of(today) - 1):
        cycle = open_cycle(agency, fiscal_year=year, by=lead)
        start_review(cycle, by=lead)
        certify_inventory(cycle, by=lead, at=_noon(date(year, 6, 20)))


def _know(lead: Person) -> None:
    """What is known of the services of which nothing was written down yet."""
    known = set(ServiceImpact.objects.values_list("service__code", flat=True))
    ServiceImpact.objects.bulk_create(
        ServiceImpact(
            service=each, cost=None if cost is None else Decimal(cost), priority=priority,
            source="Budget request and eight interviews", recorded_by=lead,
        )
        for each in Service.objects.filter(code__in=_KNOWN.keys() - known)
        for cost, priority in [_KNOWN[each.code]]
    )  # fmt: skip


def _settle(
    hisp: Hisp, year: int, people: dict[str, Person], today: date, *, returned: bool
) -> None:
    """Written, signed, perhaps returned once, and concurred with."""
    lead, official, omb = (
        people[role] for role in ("cx_lead", "accountable_official", "omb_reviewer")
    )
    signed = min(date(year - 1, 11, 9), today - timedelta(days=12))
    proposal = begin_proposal(hisp, fiscal_year=year, by=lead)
    for choice, why in zip(proposal.choices.all(), _WHY, strict=False):
        choose(proposal, choice.service, why=why, by=lead)
    write_weights(proposal, weights={"customers": 2, "cost": 1, "priority": 1}, by=lead)
    if returned:
        sign_proposal(_now(proposal), seen=_now(proposal).revision, by=official,
                      on=signed - timedelta(days=20))  # fmt: skip
        return_proposal(
            _now(proposal), seen=_now(proposal).revision, by=omb, on=signed - timedelta(days=8),
            because="Say for each service what is wrong today, not only how many use it.",
        )  # fmt: skip
    sign_proposal(_now(proposal), seen=_now(proposal).revision, by=official, on=signed)
    concur_with_proposal(
        _now(proposal), seen=_now(proposal).revision, by=omb, on=signed + timedelta(days=9)
    )
    for step in Step.objects.filter(proposal=proposal):
        Step.objects.filter(pk=step.pk).update(at=_noon(step.on))


def _meet(hisp: Hisp, year: int, lead: Person, today: date) -> None:
    """One meeting about this year's services; the Evaluation Officer never came."""
    seats = {each.value: (Part.CAME.value, "") for each in Office}
    seats[Office.FIELD.value] = (Part.CAME.value, "Two counter clerks from Portland")
    seats[Office.EVALUATION.value] = (Part.INVITED.value, "")
    seats[Office.CDO.value] = (Part.NOT_INVITED.value, "The post was vacant")
    keep_meeting(
        hisp, None, fiscal_year=year, about=About.DESIGNATION, services=[], seats=seats, by=lead,
        held_on=min(date(year - 1, 10, 21), today - timedelta(days=20)), now=timezone.now(),
        decided="Boat permits and mooring licenses again: trust is lowest where people must wait.",
    )  # fmt: skip


def _assess(hisp: Hisp, lead: Person, today: date) -> None:
    """One of the two designated services was assessed this year."""
    service = services_to_choose(hisp).filter(designations__isnull=False).first()
    if service is not None:
        keep_assessment(
            service, assessed_on=today - timedelta(days=16), by=lead, today=today,
            office="Office of Customer Experience",
            how="Walked through on the web, by phone and at a counter, with six customers.",
            found="Papers are asked for twice, and nobody says how long it will take.",
        )  # fmt: skip


def _begin_the_next(hisp: Hisp, year: int, lead: Person) -> None:
    """Half done: a third service is looked at, whose cost is known roughly and nobody says why."""
    proposal = begin_proposal(hisp, fiscal_year=year, by=lead)
    third = services_to_choose(hisp).exclude(pk__in=proposal.choices.values("service")).first()
    if third is not None:
        known = {"cost": Span(900_000, 600_000, 4_000_000, "Estimate of the program office")}
        write_figures(proposal, third, known=known, by=lead)
        choose(proposal, third, why="", by=lead)


def _now(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("hisp__organization").get(pk=proposal.pk)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
