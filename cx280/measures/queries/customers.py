"""Scores of Federal employees and of the public apart (280.2-a2): both are in the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.queries.counts import QuestionCounts
from cx280.measures.rules.counting import Cell, Tally, asked_in
from cx280.responses.models import Response
from cx280.responses.queries import document_by
from cx280.services.rules.vocabulary import CustomerType

Customers = Literal["public", "federal_employee"]


@dataclass(frozen=True, slots=True)
class Part:
    """A question as one part of the customers answered it; `others`: how many the rest were.

    Whoever shows the part and the whole shows the rest too, by subtraction: where the rest are
    some and too few, the part is not shown either.
    """

    counts: QuestionCounts
    others: int


@implements("280.2-a2", "INC-28")
def part_of(
    found: Iterable[QuestionCounts],
    quarter: Quarter,
    customers: Customers,
    unit: Organization | None = None,
) -> list[Part]:
    """The counts of a quarter, narrowed to one part of the customers, in their order.

    found: as `question_counts` gave them for the same quarter and unit. The answers of employees
    are few and read one by one through their index; the public are the whole less these.
    """
    listed = list(found)
    cells = _cells_of_employees(listed, quarter, unit)
    return [_part(each, cells.get(each.version.pk, Cell()), customers) for each in listed]


def _part(whole: QuestionCounts, employees: Cell, customers: Customers) -> Part:
    key = f"{whole.question.id}@{whole.polarity}" if whole.polarity else whole.question.id
    tally = employees.questions.get(key, Tally())
    theirs = replace(whole, counts=dict(tally.codes), shown=tally.shown, answered=tally.answered)
    rest = replace(
        whole,
        counts=dict(Counter(dict(whole.counts)) - tally.codes),
        shown=max(0, whole.shown - tally.shown),
        answered=max(0, whole.answered - tally.answered),
    )
    if customers == "public":
        return Part(rest, theirs.shown)
    return Part(theirs, rest.shown)


def _cells_of_employees(
    found: list[QuestionCounts], quarter: Quarter, unit: Organization | None
) -> dict[int, Cell]:
    versions = {each.version.pk: each.version for each in found}
    given = Response.objects.filter(
        version__in=versions,
        day__range=(quarter.first_day, quarter.last_day),
        customer_type=CustomerType.FEDERAL_EMPLOYEE,
        suspected="",
    )
    if unit is not None:
        given = given.filter(unit__path__startswith=unit.path)
    asked = {pk: asked_in(document_by(pk, each.digest)) for pk, each in versions.items()}
    cells: dict[int, Cell] = {}
    for version, answers in given.values_list("version_id", "answers").iterator():
        cells.setdefault(version, Cell()).add(asked[version], answers, 1)
    return cells
