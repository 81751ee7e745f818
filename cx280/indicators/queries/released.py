"""What the public may read: releases, and what was published of earlier quarters. Nothing else."""

from __future__ import annotations

from cx280.indicators.rules.measures import Measure
from cx280.indicators.rules.years import Level, Point
from cx280.kernel.quarter import Quarter
from cx280.reporting.queries import releases
from cx280.reporting.queries.released import released_shares
from cx280.services.models import Service

NOT_RELEASED = "No release holds this figure, so it is not public."


class Released:
    """One service's published figures."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def points(self, measure: Measure) -> list[Point]:
        """The quarters of a survey question; groups and flows stand in no release."""
        if measure.kind != "survey":
            return []
        return _line(
            [
                Point(each.quarter, each.key, each.share, each.text, each.source,
                      why="Too few answered to show." if each.too_few else "")
                for each in released_shares([self.service.pk], measure.name)
            ]
        )  # fmt: skip

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


def _line(points: list[Point]) -> list[Point]:
    """One point a quarter: of questions asked in several ways at a time, the one that goes on from
    the quarter after it, else the one with most answers, as the dashboard draws its line."""
    line: list[Point] = []
    for quarter in sorted({each.quarter for each in points}, reverse=True):
        here = [each for each in points if each.quarter == quarter]
        same = [each for each in here if line and each.key == line[-1].key]
        line.append((same or sorted(here, key=lambda each: -each.share.n))[0])
    return line[::-1]
