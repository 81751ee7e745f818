"""Trust and satisfaction as answered and weighted back, early and late, for who is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cx280.kernel.quarter import Quarter
from cx280.measures.models import DayCount, Fact
from cx280.measures.queries.asked_cells import Place, add_to, summed
from cx280.measures.queries.cuts import keys_of
from cx280.measures.rules.comparability import Key, construct_of, has_score
from cx280.measures.rules.nonresponse import OutcomeCheck
from cx280.measures.rules.scores import Counts, Share, add_up, change, share_agreeing
from cx280.measures.rules.suppression import is_too_few
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.stats.nonresponse import rake_cells
from cx280.surveys.models import SurveyVersion

OUTCOMES = ("trust", "satisfaction")


def checks_of(
    service: Service,
    quarter: Quarter,
    asked: Sequence[SurveyVersion],
    units: frozenset[int] | None,
    cells: Mapping[Place, Sequence[int]],
    smallest: int,
) -> tuple[OutcomeCheck, ...]:
    """Trust and satisfaction on the question most people were asked."""
    found = []
    for outcome in OUTCOMES:
        questions = _questions(asked, outcome)
        by_day = _by_day(quarter, questions, units)
        if by_day:
            key = max(by_day, key=lambda key: sum(sum(c.values()) for c in by_day[key].values()))
            agreeing = _agreeing(service, quarter, questions, key, units)
            found.append(_check(outcome, key, by_day[key], agreeing, cells, smallest))
    return tuple(each for each in found if not is_too_few(each.share.n, smallest) and each.share.n)


Questions = dict[tuple[int, str], Key]  # (version, question id)


def _questions(asked: Sequence[SurveyVersion], outcome: str) -> Questions:
    return {
        (version.pk, question.id): keys_of(version)[question.id]
        for version in asked
        for question in document_by(version.pk, version.digest).questions
        if has_score(question) and construct_of(question) == outcome
    }


def _by_day(
    quarter: Quarter, questions: Questions, units: frozenset[int] | None
) -> dict[Key, dict[date, dict[str, int]]]:
    """For each key, the answers of each day."""
    days = DayCount.objects.filter(
        version__in={version for version, _ in questions},
        day__range=(quarter.first_day, quarter.last_day),
    )
    if units is not None:
        days = days.filter(unit__in=units)
    found: dict[Key, dict[date, dict[str, int]]] = {}
    for version, day, data in days.values_list("version_id", "day", "counts").order_by("day"):
        for question, (_, _, codes) in data["questions"].items():
            key = questions.get((version, question))
            if key is not None:
                at = found.setdefault(key, {})
                at[day] = add_up([at.get(day, {}), codes])
    return found


def _agreeing(
    service: Service,
    quarter: Quarter,
    questions: Questions,
    key: Key,
    units: frozenset[int] | None,
) -> dict[Place, tuple[int, int]]:
    """(unit, channel) to (agreeing, answers) for the questions of a key."""
    rows = Fact.objects.filter(
        service=service,
        starts_on=quarter.first_day,
        polarity="",
        question__in={question for _, question in questions},
    ).exclude(channel="")
    sums: dict[Place, list[int]] = {}
    for version, question, unit, channel, counts in rows.values_list(
        "version_id", "question", "unit_id", "channel", "counts"
    ):
        if questions.get((version, question)) != key or (units is not None and unit not in units):
            continue
        share = share_agreeing(counts, key.scale)
        if unit is not None:
            add_to(sums, (unit, channel), share.successes, share.n)
        if units is None:
            sign = 1 if unit is None else -1
            add_to(sums, (None, channel), sign * share.successes, sign * share.n)
    return {place: (agree, n) for place, (agree, n) in sums.items()}


def _check(
    outcome: str,
    key: Key,
    days: Mapping[date, Counts],
    agreeing: Mapping[Place, tuple[int, int]],
    cells: Mapping[Place, Sequence[int]],
    smallest: int,
) -> OutcomeCheck:
    rows = {unit: asked for unit, (asked, _) in summed(cells, 0).items()}
    columns = {channel: asked for channel, (asked, _) in summed(cells, 1).items()}
    early, late = _ends(days, key, smallest)
    return OutcomeCheck(
        outcome,
        share_agreeing(add_up(days.values()), key.scale),
        rake_cells(agreeing, rows, columns),
        early,
        late,
        change(early, late) if early and late else None,
    )


def _ends(
    days: Mapping[date, Counts], key: Key, smallest: int
) -> tuple[Share | None, Share | None]:
    """The first and the last third of the answers, by whole days; None where one is too few."""
    third = sum(sum(counts.values()) for counts in days.values()) / 3
    early = share_agreeing(add_up(_until(days, sorted(days), third)), key.scale)
    late = share_agreeing(add_up(_until(days, sorted(days, reverse=True), third)), key.scale)
    if min(early.n, late.n) < smallest or early.n + late.n > third * 2.7:
        return None, None
    return early, late


def _until(days: Mapping[date, Counts], order: Sequence[date], enough: float) -> list[Counts]:
    taken: list[Counts] = []
    n = 0
    for day in order:
        if n >= enough:
            break
        taken.append(days[day])
        n += sum(days[day].values())
    return taken
