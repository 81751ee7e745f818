"""How able one simulated provider is: last year’s assessment, signed, and half of this year’s."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.capacity.actions.moving import sign_assessment, submit_assessment
from cx280.capacity.actions.writing import begin_assessment
from cx280.capacity.models import Answer, Assessment, Entry, Evidence
from cx280.capacity.queries.known import known_for, names_in
from cx280.capacity.queries.known.subject import Subject
from cx280.capacity.rules.facts import Known
from cx280.capacity.rules.templates import Practice
from cx280.capacity.rules.vocabulary import Proof, Register, Said
from cx280.kernel.quarter import Quarter, fiscal_year_of
from cx280.plans.models import Action
from cx280.services.queries import designated_services

# Levels last year and this; None is not evidenced, a practice left out is not answered yet.
_LAST: dict[str, int | None] = {
    "measures": 2, "telling": 2, "using": 1, "quality": 1, "leaders": 2, "resources": 2,
    "decisions": 1, "alignment": 1, "talent": 1, "training": 1, "performance": 0, "rewards": None,
    "occasions": 2, "research": 1, "beyond": 0, "knowledge": 1, "joined": 2, "approach": 1,
    "rounds": None, "technology": 2, "sharing": 1,
}  # fmt: skip
_NOW: dict[str, int | None] = {
    "measures": 2, "telling": 3, "using": 2, "quality": 2, "leaders": 2, "resources": 2,
    "occasions": 2, "research": None,
}  # fmt: skip
_TOLD = {
    "measurement": "All designated services ask customers all year. Reviews have become routine.",
    "governance": "A senior accountable official and a CX lead are named; a team of five works.",
    "culture": "Front-line offices train new people. Performance plans say nothing of it yet.",
    "understanding": "We know why people come. Studies across offices have only begun.",
    "improvement": "Each action of the plan answers a pain point that evidence shows.",
    "organized": "A small team in the Office of Customer Experience, lent to bureaus by project.",
    "leadership": "The official and the lead meet every other week.",
    "accountability": "Trust and satisfaction of each designated service, reviewed each quarter.",
    "growing": "Two steps are underway; see the register.",
    "collected": "Surveys after a transaction, visits to one website, and one survey elsewhere.",
    "methods": "Surveys by web, mail, text, phone and kiosk; interviews for two services.",
    "reported": "Dashboards for staff, a weekly digest, and a public release each quarter.",
    "improving": "See the actions of the Action Plan.",
    "integrating": "Online permits are modernized first, for they have the most customers.",
}


def add_capacity(people: dict[str, Person], today: date) -> int:
    """How many assessments there are."""
    year, lead = fiscal_year_of(today), people["cx_lead"]
    service = (
        designated_services(on=today).select_related("hisp__organization").order_by("code").first()
    )
    if service is None or service.hisp is None:
        return 0
    hisp = service.hisp
    for each in (year - 1, year):
        Entry.objects.bulk_create(_lines(hisp.organization, each, lead, today))
    last = begin_assessment(hisp, fiscal_year=year - 1, by=lead)
    signed = _at(date(year - 1, 2, 12))
    _answer(last, _LAST, _TOLD, lead, signed - timedelta(days=6))
    sign_assessment(last, by=people["accountable_official"], now=signed)
    submit_assessment(last, by=lead, now=signed + timedelta(days=3))
    half = begin_assessment(hisp, fiscal_year=year, by=lead)
    told = {each: _TOLD[each] for each in ("measurement", "organized", "accountability")}
    _answer(half, _NOW, told, lead, _at(today - timedelta(days=2)))
    return Assessment.objects.count()


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(11)))


def _answer(
    assessment: Assessment,
    levels: dict[str, int | None],
    told: dict[str, str],
    by: Person,
    at: datetime,
) -> None:
    """In bulk: a level with the first thing cx280 knows, or a document, as its evidence."""
    template = assessment.template_version.template
    day = timezone.localdate(at)
    known = known_for(Subject.of(assessment, day), names_in(template))
    said: dict[str, Any] = {"assessment": assessment, "said_at": at, "said_by": by}
    asked = [each for each in template.practices if each.code in levels]
    rated = []
    for each in asked:
        level = levels[each.code]
        kind = Said.LEVEL if level is not None else Said.NOT_EVIDENCED
        words = each.levels[level] if level is not None else "We think so; nothing shows it."
        rated.append(Answer(**said, code=each.code, said=kind.value, level=level, words=words))
    Answer.objects.bulk_create(rated)
    Evidence.objects.bulk_create(
        Evidence(answer=answer, kind=kind.value, words=words[:300], address=address, added_at=at,
                 added_by=by, known_on=day if kind is Proof.KNOWN else None)
        for answer, practice in zip(rated, asked, strict=True)
        for kind, words, address in _shown(practice, answer, known.get(practice.known, ()))
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(**said, code=code, said=Said.WORDS.value, words=words, confirmed=True)
        for code, words in told.items()
    )


def _shown(
    practice: Practice, answer: Answer, known: Sequence[Known]
) -> Iterator[tuple[Proof, str, str]]:
    """Kind, words and address of what shows a level above zero."""
    if not answer.level:
        return
    for fact in known[:2]:
        yield Proof.KNOWN, fact.words, fact.address
    if not known:
        yield Proof.DOCUMENT, f"CX strategy, chapter on {practice.title.lower()}", ""


def _lines(unit: Organization, year: int, by: Person, today: date) -> Iterator[Entry]:
    """A year of every register, as much as had happened by today."""
    told: dict[str, Any] = {"organization": unit, "fiscal_year": year, "said_by": by}
    begins = _at(date(year - 1, 10, 12))
    amounts = [
        (Register.STAFF, "Office of Customer Experience", "5.5"),
        (Register.STAFF, "Lent by the Permit Bureau", "1.5"),
        (Register.BUDGET, "Research with customers", "240000"),
        (Register.CONTRACT, "Call center, quality checks", "180000"),
        (Register.TOOL, "Screen reader testing", "12000"),
        (Register.POSITION, "Service designer", "2"),
        (Register.TRAINING, "First days at the counter", "64"),
    ]
    for register, what, amount in amounts:
        yield Entry(**told, register=register, what=what, amount=Decimal(amount), said_at=begins)
    rows: list[tuple[Register, dict[str, Any]]] = [
        (Register.MINDSET, {"what": "training", "answer": "partly", "words": "Three offices do."}),
        (Register.MINDSET, {"what": "performance", "answer": "no", "words": "Not in plans yet."}),
        (Register.INITIATIVE, {"what": "Name a lead for each designated service",
                               "function": "governance", "status": "underway", "answer": "no"}),
        (Register.INITIATIVE, {"what": "Interview people who gave up, each quarter",
                               "function": "understanding", "status": "planned", "answer": "yes",
                               "words": "A plan for eight interviews a quarter"}),
        (Register.IDEA, {"what": "Online services for permits", "status": "underway",
                         "amount": Decimal(80)}),
        (Register.IDEA, {"what": "Fillable trail forms", "status": "planned",
                         "amount": Decimal(40)}),
        (Register.DECISION, {"what": "Texts go out within a day", "on": date(year - 1, 11, 18),
                             "words": "Waiting without word leads the themes of low ratings"}),
        (Register.LESSON, {"what": "Say when it will be decided before people ask",
                           "words": "Calls about the state of a request fell soon after.",
                           "shared": True}),
    ]  # fmt: skip
    for register, fields in rows:
        yield Entry(**told, register=register, said_at=begins, **fields)
    action = Action.objects.filter(plan__hisp__organization=unit).order_by("pk").first()
    if action is not None:
        yield Entry(**told, register=Register.ALIGNMENT, action=action, said_at=begins,
                    what="Strategic objective 2.1: timely decisions")  # fmt: skip
    yield from _reviews(told, year, today)
    yield from _presence(unit, year, by, begins)


def _reviews(told: dict[str, Any], year: int, today: date) -> Iterator[Entry]:
    for number in (1, 2, 4):  # one quarter passed without
        day = Quarter(year, number).last_day - timedelta(days=20)
        if day < today:
            yield Entry(
                **told,
                register=Register.REVIEW,
                on=day,
                who="Customer experience board",
                what="Trust, drivers and comments of the quarter",
                words="Begin with the offices where low ratings name the wait.",
                said_at=_at(day),
            )


def _presence(unit: Organization, year: int, by: Person, at: datetime) -> Iterator[Entry]:
    below = Organization.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk)
    answers = {"measurement": "yes", "understanding": "partly", "culture": "no"}
    for each in below.order_by("pk")[:4]:
        for function, answer in answers.items():
            yield Entry(organization=each, fiscal_year=year, register=Register.PRESENCE, said_by=by,
                        function=function, answer=answer, words="Told in the yearly call.",
                        said_at=at)  # fmt: skip
