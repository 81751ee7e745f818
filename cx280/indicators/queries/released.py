"""What the public may read: releases, and what was published of earlier quarters. Nothing else."""

from __future__ import annotations

from django.conf import settings

from cx280.indicators.rules.measures import Measure
from cx280.indicators.rules.years import Level, Point
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.basis import Basis
from cx280.measures.rules.scores import share_of
from cx280.measures.rules.suppression import is_too_few
from cx280.reporting.models import ReportedQuestion, ReportedRow
from cx280.reporting.queries import releases
from cx280.services.models import Service

NOT_RELEASED = "No release holds this figure, so it is not public."
_ELSEWHERE = "Published earlier on performance.gov"


class Released:
    """One service's published figures."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def points(self, measure: Measure) -> list[Point]:
        """The quarters of a survey question; groups and flows stand in no release."""
        if measure.kind != "survey":
            return []
        rows = ReportedQuestion.objects.filter(
            row__service=self.service, construct=measure.name
        ).exclude(row__release__replaced_by__isnull=False)
        together: dict[tuple[Quarter, str], list[ReportedQuestion]] = {}
        for each in rows.select_related("row__release"):
            quarter = Quarter(each.row.fiscal_year, each.row.quarter)
            if each.answered != 0:
                together.setdefault((quarter, each.comparable), []).append(each)
        found = [_point(quarter, key, asked) for (quarter, key), asked in together.items()]
        return _line(found)

    def levels(self, name: str) -> list[Level]:
        """A service-level indicator as the releases of the service print it."""
        found = []
        for each in releases(service=self.service, standing_only=True):
            quarter = Quarter(each.fiscal_year, each.quarter)
            for told in each.content.get("indicators", []):
                if told["name"] == name and told["value"] is not None:
                    found.append(
                        Level(quarter, told["value"], told["unit"], told["numerator"],
                              told["denominator"], f"Release {each.number}")
                    )  # fmt: skip
        return found


def _point(quarter: Quarter, key: str, asked: list[ReportedQuestion]) -> Point:
    """What is public of a question in a quarter: surveys that hide their figures are left out."""
    seen = [each for each in asked if not _hides(each)]
    chose = any(each.row.self_selected for each in seen)
    share = share_of(
        sum(each.agreeing or 0 for each in seen),
        sum(each.answered or 0 for each in seen),
        Basis.CHOSE if chose else Basis.ASKED,
    )
    source = "; ".join(dict.fromkeys(_source(each.row) for each in seen))
    why = "" if seen else "Too few answered to show."
    return Point(quarter, key, share, asked[-1].text, source, why=why)


def _hides(question: ReportedQuestion) -> bool:
    """A share with its n tells both groups, so neither may be small."""
    n, agreeing = question.answered, question.agreeing
    if n is None or agreeing is None:
        return True
    smallest = settings.CX280_SMALLEST_CELL
    return any(is_too_few(each, smallest) for each in (n, agreeing, n - agreeing))


def _source(row: ReportedRow) -> str:
    return f"Release {row.release.number}" if row.release else _ELSEWHERE


def _line(points: list[Point]) -> list[Point]:
    """One point a quarter: of questions asked in several ways at a time, the one that goes on from
    the quarter after it, else the one with most answers, as the dashboard draws its line."""
    line: list[Point] = []
    for quarter in sorted({each.quarter for each in points}, reverse=True):
        here = [each for each in points if each.quarter == quarter]
        same = [each for each in here if line and each.key == line[-1].key]
        line.append((same or sorted(here, key=lambda each: -each.share.n))[0])
    return line[::-1]
