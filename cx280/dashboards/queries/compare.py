"""Like services beside each other in a quarter: same type, same question, asked the same way.

Reads reported rows only, as the government page does, so it holds nothing that is not public.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cx280.circular.edition import edition
from cx280.circular.implements import implements
from cx280.dashboards.queries.government import Score, group_words, has_answers, rows_in, score_of
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.basis import Basis
from cx280.measures.rules.comparability import Key, first_difference, read_key
from cx280.measures.rules.ranking import Placed, Rated, in_common, places
from cx280.measures.rules.scores import share_of
from cx280.services.models import Service
from cx280.stats.metaregression import MetaRegression

NO_TYPE = "of a type nobody recorded"


@dataclass(frozen=True, slots=True)
class Asked:
    """One service asked one question in one way: its surveys' answers added up."""

    service: Service
    provider: str
    provider_code: str
    rated: Rated[Service]
    surveys: int

    @property
    def label(self) -> str:
        """The service with its provider, as charts and lists name it."""
        return f"{self.service.name} ({self.provider})"


@dataclass(frozen=True, slots=True)
class LikeServices:
    """Services of one type that were asked the same thing in the same way, with their places."""

    kind: str
    key: Key
    words: str
    rows: tuple[tuple[Asked, Placed[Service]], ...]
    common: MetaRegression | None

    @property
    def ranked(self) -> list[tuple[Asked, Placed[Service]]]:
        """Those with a place."""
        return [each for each in self.rows if each[1].rank is not None]


@dataclass(frozen=True, slots=True)
class Alone:
    """A service that stands with no other, and why not with the largest group."""

    asked: Asked
    reason: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A quarter's services by what may be compared; everything asked, for pairs."""

    groups: tuple[LikeServices, ...]
    alone: tuple[Alone, ...]
    everything: tuple[Asked, ...]

    def places_of(self, service: Service) -> list[tuple[LikeServices, Placed[Service]]]:
        """Where a service stands among like ones, once for each way it was asked."""
        return [
            (group, placed)
            for group in self.groups
            for asked, placed in group.rows
            if asked.service == service and placed.rank is not None
        ]


@implements("280.10-a2")
def like_services(quarter: Quarter, construct: str, *, smallest: int) -> Compared:
    """The services of a quarter in groups of two or more, largest group first."""
    asked = _asked(quarter, construct, smallest)
    groups: dict[tuple[str, Key], list[Asked]] = {}
    for each in asked:
        groups.setdefault((each.service.service_type, each.rated.key), []).append(each)
    together = sorted(
        (group for group in groups.items() if len(group[1]) > 1),
        key=lambda group: (-len(group[1]), group[0][0], group[1][0].service.name),
    )
    found = tuple(_group(kind, key, same) for (kind, key), same in together)
    first = together[0] if together else None
    alone = [
        Alone(each, _why_alone(each, first[1] if first else asked))
        for same in groups.values()
        if len(same) == 1
        for each in same
    ]
    return Compared(found, tuple(alone), tuple(asked))


def _asked(quarter: Quarter, construct: str, smallest: int) -> list[Asked]:
    """Each service and key once, in the order of the rows."""
    scores: dict[tuple[int, str], list[Score]] = {}
    for row in rows_in(quarter):
        for question in row.questions.all():
            if question.construct == construct and has_answers(question):
                place = (row.service_id, question.comparable)
                scores.setdefault(place, []).append(score_of(row, question, smallest))
    return [_together(read_key(key), same) for (_, key), same in scores.items()]


def _together(key: Key, scores: Sequence[Score]) -> Asked:
    """The surveys of one service added up; hidden as soon as one of them is."""
    row = scores[0].row
    few = any(each.too_few for each in scores)
    basis = Basis.CHOSE if any(each.self_selected for each in scores) else Basis.ASKED
    agreeing = sum(each.share.successes for each in scores)
    answered = sum(each.share.n for each in scores)
    share = share_of(0, 0, basis) if few else share_of(agreeing, answered, basis)
    rated = Rated(row.service, key, share, few)
    agency = row.hisp.organization
    name = agency.abbreviation or row.hisp.name
    return Asked(row.service, name, row.hisp.code, rated, len(scores))


def _group(kind: str, key: Key, same: Sequence[Asked]) -> LikeServices:
    placed = places([each.rated for each in same])
    of = {each.service.pk: each for each in same}
    rows = tuple((of[each.rated.thing.pk], each) for each in placed)
    return LikeServices(type_words(kind), key, group_words(key), rows, in_common(placed))


def type_words(code: str) -> str:
    """The type of a service in words, after “service” or “services”."""
    known = edition("FY2022").service_type(code)
    if known is not None:
        return f"of the type “{known.name}”"
    return "of another type" if code else NO_TYPE


def _why_alone(asked: Asked, others: Iterable[Asked]) -> str:
    other = next((each for each in others if each.service != asked.service), None)
    if other is None:
        return "No other service was asked about it."
    return f"Beside {other.label}: {why_not(asked, other)}"


def why_not(one: Asked, other: Asked) -> str | None:
    """Why two services may not be compared; None where they may."""
    reason = first_difference(other.rated.key, one.rated.key)
    if reason is not None:
        return reason
    kinds = [each.service.service_type for each in (other, one)]
    if kinds[0] != kinds[1]:
        return (
            f"One is a service {type_words(kinds[0])}, the other {type_words(kinds[1])}:"
            " only services of one type are like each other."
        )
    return None


def pairs(found: Compared, one: str, other: str) -> list[tuple[Asked, Asked, str | None]]:
    """Every way two services, by code, were asked, pair by pair, with why they do not compare.

    A pair that may be compared stands first.
    """
    mine = [each for each in found.everything if each.service.code == one]
    theirs = [each for each in found.everything if each.service.code == other]
    rows = [(a, b, why_not(b, a)) for a in mine for b in theirs]
    return sorted(rows, key=lambda row: row[2] is not None)
