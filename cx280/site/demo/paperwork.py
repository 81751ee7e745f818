"""The simulated agency's paperwork: a request OMB approved, one being written, two studies."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import msgspec

from cx280.accounts.models import Person
from cx280.clearance.models import Clearance
from cx280.kernel.finding import Severity
from cx280.kernel.quarter import Quarter
from cx280.paperwork.actions.burdens import add_change, add_estimate
from cx280.paperwork.actions.requests import justify_finding, save_answers, start_request
from cx280.paperwork.actions.steps import take_step
from cx280.paperwork.models import BurdenChange, Request, Study
from cx280.paperwork.queries.standing import standing_of
from cx280.paperwork.rules.answers import Answers, read_answers
from cx280.paperwork.rules.burden import BurdenRow
from cx280.paperwork.rules.states import Step
from cx280.paperwork.rules.vocabulary import Category, Certification, Way, YesNo
from cx280.services.models import JourneyStep, Service
from cx280.site.demo.records import Built

_APPROVED, _DRAFTED, _BURDENED = "boat-permits", "mooring-licenses", "flood-grants"
# Step, of whom, people a year, minutes to find out and to comply, dollars, strain, people asked.
_BURDENS = (
    ("Finds out what to do", "", 9_000, "25", "5", "0", "2.4", 60),
    ("Finds out what to do", "People far from an office", 1_800, "60", "10", "2", "3.1", 34),
    ("Finds out what to do", "People who moved since the flood", 300, "90", "15", "0", "3.9", 6),
    ("Finds out what to do", "People who speak Spanish", 2_100, "40", "5", "0", "2.9", 48),
    ("Applies or asks", "", 7_500, "10", "150", "6", "3.2", 60),
    ("Applies or asks", "People who speak Spanish", 1_600, "20", "190", "8", "3.5", 48),
    ("Applies or asks", "People far from an office", 1_500, "15", "260", "31", "3.9", 34),
    ("Applies or asks", "People who moved since the flood", 240, "20", "300", "12", "4.4", 6),
)
_SPARED = ("Applies or asks", "", 7_500, "10", "105", "3", "2.8", 44)


def add_approved(built: Built, first: Quarter, today: date) -> None:
    """The request of a survey that OMB approved, before anybody answers it."""
    if _APPROVED in built.versions:
        lead = built.people["cx_lead"]
        _approved(built, Clearance.objects.get(), lead, first, today)


def add_drafts(built: Built, today: date) -> int:
    """A request being written about a survey with answers, and two studies; how many requests."""
    lead, clearance = built.people["cx_lead"], Clearance.objects.get()
    if _DRAFTED in built.versions:
        survey = built.versions[_DRAFTED][-1].survey
        start_request(clearance, by=lead, on=today, survey=survey)
    _studies(built, clearance, lead, today)
    if _BURDENED in built.services:
        _burden(built.services[_BURDENED], lead, today)
    return Request.objects.count()


def _approved(
    built: Built, clearance: Clearance, lead: Person, first: Quarter, today: date
) -> None:
    """The request about the survey's approval, in place of an approval entered by hand."""
    survey = built.versions[_APPROVED][-1].survey
    by_hand = survey.collection
    request = start_request(clearance, by=lead, on=today, survey=survey)
    _fill(request, lead, burden=_rows(150_000, "2"), selection="Everybody who gets a permit.")
    signed = first.first_day - timedelta(days=30)
    _walk(request, lead, signed, signed + timedelta(days=10), today)
    survey.refresh_from_db()
    for version in built.versions[_APPROVED]:
        version.survey = survey
    if by_hand is not None:
        by_hand.delete()


def _walk(request: Request, lead: Person, signed: date, decided: date, today: date) -> None:
    for finding in standing_of(request, today).in_the_way:
        if finding.severity is Severity.WARN:
            justify_finding(
                request, by=lead, finding=finding.key, on=today,
                text="Our offices were asked; the figures are those of a pilot.",
            )  # fmt: skip
    days = {Step.SIGN: signed, Step.SEND: signed + timedelta(days=1), Step.APPROVE: decided}
    for step, day in days.items():
        note = "Show control number and expiration date on the first page." if (
            step is Step.APPROVE
        ) else ""  # fmt: skip
        take_step(request, step, by=lead, on=day, note=note, today=today)


def _fill(request: Request, by: Person, **answers: object) -> Answers:
    complete: dict[str, object] = {
        "burden_basis": "Transactions of last year, and a pilot with 40 people.",
        "federal_cost": Decimal(4_800),
        "certifications": {each.value: YesNo.YES for each in Certification},
        **answers,
    }
    given = msgspec.structs.replace(read_answers(request.answers), **complete)
    save_answers(request, by=by, answers=given, revision=request.revision)
    return given


def _rows(respondents: int, minutes: str) -> list[BurdenRow]:
    return [BurdenRow(Category.INDIVIDUALS, respondents, Decimal(minutes))]


def _studies(built: Built, clearance: Clearance, lead: Person, today: date) -> None:
    """One held under an approval, with findings; one planned, whose request is being written."""
    held = _study(
        built, lead, "Booking a mooring on a phone", "usability_test",
        today - timedelta(days=70), 24, "45",
    )  # fmt: skip
    request = start_request(clearance, by=lead, on=today, study=held)
    _fill(
        request, lead, ways=[Way.IN_PERSON], burden=_rows(held.planned, "45"),
        selection="The first of each day who have a phone with them.",
        asked="A clerk asks at the counter and leads to the next room.",
        looks="One person, one moderator, five tasks on the person’s own phone.",
    )  # fmt: skip
    _walk(request, lead, today - timedelta(days=100), today - timedelta(days=84), today)
    held.refresh_from_db()
    held.took_part, held.employees = 22, 2
    held.save(update_fields=["took_part", "employees"])
    held.findings.create(
        text="Most people look for the price before they choose a day.", recorded_by=lead,
        action="Show the price beside each day.", due_on=today + timedelta(days=40),
    )  # fmt: skip
    held.findings.create(
        text="Some want to pay by check.", recorded_by=lead,
        no_action_reason="Offices take checks; the phone page says so now.",
    )  # fmt: skip
    held.findings.create(text="Nobody understood “slip class”.", recorded_by=lead)
    planned = _study(
        built, lead, "Why people give up an application", "customer_research",
        today + timedelta(days=30), 15, "60",
    )  # fmt: skip
    start_request(clearance, by=lead, on=today, study=planned)


def _study(
    built: Built, lead: Person, title: str, kind: str, start: date, planned: int, minutes: str
) -> Study:
    return Study.objects.create(
        organization=built.department, service=built.services.get(_DRAFTED), kind=kind,
        title=title, purpose="To see where the form loses people, and in which words.",
        who="Boat owners who come to an office.",
        script="1. Please book a mooring for next Saturday.\n2. What did you expect here?",
        starts_on=start, ends_on=start + timedelta(days=4), planned=planned,
        minutes=Decimal(minutes), created_by=lead, simulated=True,
    )  # fmt: skip


def _burden(service: Service, lead: Person, today: date) -> None:
    """What applying for a grant takes, and what one form less spared people."""
    since = today - timedelta(days=300)
    for row in _BURDENS:
        _estimate(service, lead, since, row, "Diary study with people who applied")
    change = add_change(
        service, by=lead, title="Proof of address is looked up, not asked for",
        changed_on=today - timedelta(days=120),
    )  # fmt: skip
    later = today - timedelta(days=60)
    _estimate(service, lead, later, _SPARED, "The same study, two months later", change)


def _estimate(
    service: Service,
    lead: Person,
    since: date,
    row: tuple[str, str, int, str, str, str, str, int],
    source: str,
    change: BurdenChange | None = None,
) -> None:
    step, segment, people, learning, compliance, cost, strain, observed = row
    values = {
        "step": JourneyStep.objects.filter(journey__service=service, name=step).first(),
        "step_name": step, "segment": segment, "people_per_year": people,
        "learning_minutes": Decimal(learning), "compliance_minutes": Decimal(compliance),
        "cost": Decimal(cost), "strain": Decimal(strain), "observed": observed,
        "source": source, "from_on": since, "change": change,
    }  # fmt: skip
    add_estimate(service, by=lead, values=values)
