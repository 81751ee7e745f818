"""Shares that are public, by service, quarter and question: releases, and earlier reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.basis import Basis
from cx280.measures.rules.scores import Share, share_of
from cx280.measures.rules.suppression import is_too_few
from cx280.reporting.models import ReportedQuestion, ReportedRow

ELSEWHERE = "Published earlier on performance.gov"


@dataclass(frozen=True, slots=True)
class ReleasedShare:
    """Those who agreed with a question in a quarter, of all surveys that asked it alike.

    key: as `Key.written`. too_few: public, but not the figure; then the share is of nobody.
    """

    service: int
    quarter: Quarter
    key: str
    share: Share
    text: str
    source: str
    too_few: bool


@implements("280.9-b2")
def released_shares(services: Iterable[int], construct: str) -> list[ReleasedShare]:
    """Every public share of these services (by number) about the construct, in time; a replaced
    release is not among them. Only answers to questions asked alike are put together."""
    rows = (
        ReportedQuestion.objects.filter(row__service__in=list(services), construct=construct)
        .exclude(row__release__replaced_by__isnull=False)
        .exclude(answered=0)
        .select_related("row__release")
        .defer("row__release__content", "row__raw", "row__findings")
        .order_by("row__fiscal_year", "row__quarter", "pk")
    )
    together: dict[tuple[int, Quarter, str], list[ReportedQuestion]] = {}
    for each in rows:
        quarter = Quarter(each.row.fiscal_year, each.row.quarter)
        together.setdefault((each.row.service_id, quarter, each.comparable), []).append(each)
    return [_share(*place, asked) for place, asked in together.items()]


def _share(
    service: int, quarter: Quarter, key: str, asked: list[ReportedQuestion]
) -> ReleasedShare:
    """What is public of a question in a quarter: surveys that hide their figures are left out."""
    seen = [each for each in asked if not _hides(each)]
    chose = any(each.row.self_selected for each in seen)
    share = share_of(
        sum(each.agreeing or 0 for each in seen),
        sum(each.answered or 0 for each in seen),
        Basis.CHOSE if chose else Basis.ASKED,
    )
    source = "; ".join(dict.fromkeys(_source(each.row) for each in seen))
    return ReleasedShare(service, quarter, key, share, asked[-1].text, source, not seen)


def _hides(question: ReportedQuestion) -> bool:
    """A share with its n tells both groups, so neither may be small."""
    n, agreeing = question.answered, question.agreeing
    if n is None or agreeing is None:
        return True
    smallest = settings.CX280_SMALLEST_CELL
    return any(is_too_few(each, smallest) for each in (n, agreeing, n - agreeing))


def _source(row: ReportedRow) -> str:
    return f"Release {row.release.number}" if row.release else ELSEWHERE
