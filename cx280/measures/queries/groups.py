"""How people answered by channel and by language, on the question most of them were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.queries.cuts import Cut, keys_of, versions_of
from cx280.measures.queries.offering import offers
from cx280.measures.rules.basis import basis_of, gives_interval, weakest
from cx280.measures.rules.comparability import Apart, Key, comparison, construct_of, has_score
from cx280.measures.rules.gaps import Crossed, Gap, Way, crossed, gaps
from cx280.measures.rules.scores import ResponseRate, Share, add_up
from cx280.responses.models import Response
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import Question, SurveyDocument

Cells = dict[tuple[str, str], dict[str, int]]


@dataclass(frozen=True, slots=True)
class GroupsCompared:
    """A quarter of a service by channel and language, on one construct and one key.

    total: everybody, None where too few answered. rates: answered of those asked, by channel,
    where that is known and may be shown. apart: answers to other wordings, not in the table.
    """

    key: Key | None
    total: Share | None
    table: Crossed
    gaps: dict[Way, list[Gap]]
    rates: dict[str, ResponseRate]
    self_selected: bool
    apart: tuple[Apart[str], ...]

    @property
    def has_answers(self) -> bool:
        """Whether anybody answered the question."""
        return self.key is not None


@implements("280.6-a1", "280.6-a3")
def groups_compared(
    service: Service,
    quarter: Quarter,
    construct: str,
    *,
    smallest: int = 10,
    versions: Sequence[SurveyVersion] | None = None,
) -> GroupsCompared:
    """The question that most people were asked about the construct, by channel and language."""
    asked = _asked(versions if versions is not None else versions_of(service), construct)
    counted = [(key, version, _cells(version, question, quarter))
               for key, version, question in asked]  # fmt: skip
    totals: dict[Key, int] = {}
    for key, _, cells in counted:
        totals[key] = totals.get(key, 0) + sum(sum(each.values()) for each in cells.values())
    if not any(totals.values()):
        nobody = crossed({}, "agree5", smallest)
        return GroupsCompared(None, None, nobody, {}, {}, False, ())
    chosen = max(totals, key=lambda key: totals[key])
    same = [(version, cells) for key, version, cells in counted if key == chosen and cells]
    basis = weakest(basis_of(_document(version).placement) for version, _ in same)
    table = crossed(_together([cells for _, cells in same]), chosen.scale, smallest, basis)
    others = [(key, str(version)) for key, version, cells in counted if cells]
    chose = not gives_interval(basis)
    return GroupsCompared(
        key=chosen,
        total=table.share("", ""),
        table=table,
        gaps={
            Way.CHANNEL: gaps(
                [(each, table.share(each, "")) for each in table.channels], self_selected=chose
            ),
            Way.LANGUAGE: gaps(
                [(each, table.share("", each)) for each in table.languages], self_selected=chose
            ),
        },
        rates=_rates(service, quarter, table),
        self_selected=chose,
        apart=comparison(others, chosen).apart,
    )


def _asked(
    versions: Sequence[SurveyVersion], construct: str
) -> list[tuple[Key, SurveyVersion, Question]]:
    return [
        (keys_of(version)[question.id], version, question)
        for version in versions
        for question in document_by(version.pk, version.digest).questions
        if has_score(question) and construct_of(question) == construct
    ]


def _cells(version: SurveyVersion, question: Question, quarter: Quarter) -> Cells:
    """{(channel, language): {code: people}}, counted by the record; robots are left out."""
    rows = (
        Response.objects.filter(
            version=version, day__range=(quarter.first_day, quarter.last_day), suspected=""
        )
        .annotate(code=KeyTextTransform(question.id, "answers"))
        .filter(code__isnull=False)
        .values_list("channel", "language", "code")
        .annotate(n=Count("pk"))
        .order_by()
    )
    found: Cells = {}
    for channel, language, code, n in rows:
        if str(code) != "null":  # left out: the record writes it as a word
            found.setdefault((channel, language), {})[str(code)] = n
    return found


def _together(tables: Sequence[Cells]) -> Cells:
    places = {place for cells in tables for place in cells}
    return {place: add_up(cells.get(place, {}) for cells in tables) for place in sorted(places)}


def _document(version: SurveyVersion) -> SurveyDocument:
    return document_by(version.pk, version.digest)


def _rates(service: Service, quarter: Quarter, table: Crossed) -> dict[str, ResponseRate]:
    """By channel; a channel whose answers may not be shown has no rate either."""
    return {
        channel: offers(service, quarter, Cut(channel=channel)).rate
        for channel in table.channels
        if channel and table.share(channel, "") is not None
    }
