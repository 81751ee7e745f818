"""The patterns a question about drivers is about: whose, when, and what each version asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cx280.kernel.quarter import Quarter
from cx280.measures.models import PatternFact
from cx280.measures.queries.cuts import WHOLE, Cut, keys_of, within
from cx280.measures.queries.places import Places
from cx280.measures.rules.comparability import construct_of, has_score
from cx280.measures.rules.patterns import parts_digest
from cx280.measures.rules.pooling import Column, Part
from cx280.measures.rules.tapped_drivers import tapped_columns
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import Question as Asked
from cx280.surveys.rules.vocabulary import DRIVER_CONSTRUCTS, Placement

A_YEAR = 4


@dataclass(frozen=True, slots=True)
class Period:
    """The quarters that are looked at together: `quarters` of them, up to `last`."""

    last: Quarter
    quarters: int = A_YEAR

    def __iter__(self) -> Iterator[Quarter]:
        return (self.last.plus(step) for step in range(1 - self.quarters, 1))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the answers: which outcome, of whom, when; what may not be shown is left
    out of `shown`, the quarters that are read."""

    service: Service
    outcome: str
    period: Period
    shown: frozenset[Quarter]
    cut: Cut = WHOLE
    override: bool = False
    smallest: int = 10

    @property
    def is_usual(self) -> bool:
        """Whether the worker works such questions out beforehand."""
        return not self.override and self.cut.version is None


def question_of(
    service: Service,
    outcome: str,
    period: Period,
    there: Mapping[Quarter, Places],
    *,
    smallest: int,
    cut: Cut = WHOLE,
    units: frozenset[int] | None = None,
    override: bool = False,
) -> Question:
    """The question, with the quarters that may be read for it.

    there: `places` of the service; units: those that the cut reaches, None for everywhere.
    """
    version = cut.version.pk if cut.version else None
    shown = frozenset(
        quarter
        for quarter in period
        if quarter in there
        and not there[quarter].hides(units, cut.channel, version, smallest=smallest)
    )
    return Question(service, outcome, period, shown, cut, override, smallest)


def scaled(asked: Question) -> QuerySet[PatternFact]:
    """The facts of drivers asked on a scale."""
    return _rows(asked).filter(tapped="")


def tapped(asked: Question) -> QuerySet[PatternFact]:
    """The facts of drivers that people tapped or chose."""
    return _rows(asked).exclude(tapped="")


def _rows(asked: Question) -> QuerySet[PatternFact]:
    starts = [each.first_day for each in asked.period if each in asked.shown]
    rows = PatternFact.objects.filter(service=asked.service, starts_on__in=starts)
    return within(rows, asked.cut)


def digest_of_all(rows: QuerySet[PatternFact]) -> str:
    """One digest of all these patterns, without reading them."""
    return parts_digest(
        named(*row) for row in rows.values_list("version__digest", "starts_on", "digest")
    )


def named(version: str, starts_on: date, digest: str) -> str:
    """One place's patterns with the digest of what was asked, as a digest of several takes them."""
    return f"{version} {starts_on} {digest}"


_NOT_NEEDED = ("version__document", "version__findings", "version__survey__draft")


@dataclass(frozen=True, slots=True)
class Read:
    """Parts by the question that was tapped ("" on a scale); digest: of what was read."""

    parts: dict[str, list[Part]]
    taps: dict[str, Asked]  # each tapped question, as the newest version asks it
    digest: str


def read_parts(asked: Question, rows: QuerySet[PatternFact]) -> Read:
    """What each version got in each quarter, with its patterns added up over the units."""
    patterns: dict[tuple[Quarter, int, str], Counter[str]] = {}
    columns: dict[tuple[int, str], tuple[str, ...]] = {}
    known: dict[int, SurveyVersion] = {}
    digests = []
    for fact in (
        rows.select_related("version__survey")
        .defer(*_NOT_NEEDED)
        .order_by("starts_on", "version_id")
    ):
        digests.append(named(fact.version.digest, fact.starts_on, fact.digest))
        columns[fact.version_id, fact.tapped] = tuple(fact.columns)
        at = (Quarter.of(fact.starts_on), fact.version_id, fact.tapped)
        patterns.setdefault(at, Counter()).update(fact.patterns)
        known[fact.version_id] = fact.version
    found = Read({}, {}, parts_digest(digests))
    for (quarter, pk, tap), counted in patterns.items():
        part = _part(asked, known[pk], quarter, tap, columns[pk, tap], counted)
        if part is not None:
            found.parts.setdefault(tap, []).append(part)
            if tap:
                found.taps[tap] = _tapped_question(known[pk], tap)
    return found


def _part(
    asked: Question,
    version: SurveyVersion,
    quarter: Quarter,
    tap: str,
    columns: tuple[str, ...],
    patterns: Counter[str],
) -> Part | None:
    questions = _columns(version, columns)
    outcome = next((each for kind, each in questions if kind == asked.outcome), None)
    if tap:
        drivers = tapped_columns(_tapped_question(version, tap), keys_of(version)[tap])
    else:
        drivers = tuple({each.key: each for kind, each in questions if kind in _DRIVERS}.values())
    if outcome is None or not drivers:
        return None
    return Part(
        service=asked.service.code,
        source=str(version),
        quarter=quarter,
        outcome=outcome,
        drivers=drivers,
        columns=columns,
        patterns=patterns,
        self_selected=document_by(version.pk, version.digest).placement is Placement.LINK,
    )


def _tapped_question(version: SurveyVersion, tap: str) -> Asked:
    question = document_by(version.pk, version.digest).question(tap)
    assert question is not None  # noqa: S101 - the facts were made from this document
    return question


def _columns(version: SurveyVersion, wanted: Collection[str]) -> list[tuple[str, Column]]:
    """(construct, question) for each column that a version asked on a scale."""
    keys = keys_of(version)
    return [
        (construct_of(each), Column(each.id, keys[each.id], each.words()))
        for each in document_by(version.pk, version.digest).questions
        if each.id in wanted and has_score(each)
    ]


_DRIVERS = frozenset(each.value for each in DRIVER_CONSTRUCTS)
