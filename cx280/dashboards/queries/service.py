"""Everything the service page shows, read from the facts in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from cx280.agencies.models import Organization
from cx280.circular.edition import edition
from cx280.dashboards.queries.comments import CommentShown, comments_shown, latest_comments
from cx280.dashboards.queries.filters import Filters
from cx280.dashboards.rules.headlines import Moved, moved
from cx280.kernel.quarter import Quarter
from cx280.measures.access import Sight
from cx280.measures.queries import (
    Offers,
    QuestionCounts,
    UnitsCompared,
    counted_to,
    offers,
    question_counts,
    trends,
    units_compared,
)
from cx280.measures.queries.drivers import found_before
from cx280.measures.queries.patterns import Period, question_of
from cx280.measures.rules.basis import Basis, weakest
from cx280.measures.rules.comparability import construct_of, has_score
from cx280.measures.rules.drivers import Finding
from cx280.measures.rules.scores import Share, when_watched
from cx280.measures.rules.standing import Standing
from cx280.measures.rules.trends import Trend, TrendPoint
from cx280.responses.queries import document_by

OUTCOMES = ("trust", "satisfaction")
_LATEST = 4  # comments


@dataclass(frozen=True, slots=True)
class ServicePage:
    """What the service page shows. units: None where the person sees one part only.

    running: the quarter that is not over, whose outcomes people look at every day.
    """

    sight: Sight
    filters: Filters
    smallest: int
    trends: dict[str, Trend]
    counts: tuple[QuestionCounts, ...]
    now: Offers
    before: Offers
    units: UnitsCompared | None
    worst: Organization | None  # the one office that stands below the others, if there is one
    comments: tuple[CommentShown, ...]  # of the worst office, when there is one
    comment_count: int
    counted_to: datetime | None
    running: Quarter
    driving: Finding | None  # what goes with trust in the year, where the worker has looked

    @property
    def quarter(self) -> Quarter:
        """The quarter that is looked at."""
        return self.filters.quarter

    @property
    def below(self) -> list[str]:
        """The names of the offices that stand below the others."""
        return [unit.name for unit in _below(self.units)] if self.filters.unit is None else []

    @property
    def is_hidden(self) -> bool:
        """Whether what is left by the filters may not be shown."""
        return self.filters.hides(self.quarter, self.smallest)

    @property
    def basis(self) -> Basis:
        """How people came to answer in the quarter; of several ways, the least sure."""
        return weakest(count.basis for count in self.counts)

    def share_of(self, point: TrendPoint) -> Share:
        """The share of a point; in the running quarter with an interval for every day together."""
        return when_watched(point.share) if point.quarter == self.running else point.share

    def moved(self, outcome: str, *, in_a_year: bool = False) -> Moved | None:
        """The outcome in the quarter and how it moved since the one before, or in a year.

        None when there is nothing to show.
        """
        trend = self.trends[outcome]
        point = trend.at(self.quarter)
        if point is None or not self.shows(point):
            return None
        before = trend.at(self.quarter.plus(-4)) if in_a_year else trend.before(point)
        watched = point.quarter == self.running
        if before is None or before.key != point.key or not self.shows(before):
            return moved(point.share, None, None, watched=watched)
        return moved(point.share, before.share, before.quarter, watched=watched)

    def shows(self, point: TrendPoint) -> bool:
        """Whether a point has enough answers to be shown."""
        return point.share.n >= self.smallest and not self.filters.hides(
            point.quarter, self.smallest
        )

    @property
    def rated(self) -> list[QuestionCounts]:
        """The questions answered on a scale."""
        return [each for each in self.counts if has_score(each.question)]

    @property
    def drivers(self) -> list[QuestionCounts]:
        """The questions about drivers that are answered on a scale."""
        if not self.counts:
            return []
        of = edition(document_by(self.counts[0].version.pk, self.counts[0].version.digest).edition)
        return [
            each for each in self.rated if of.driver_of(construct_of(each.question)) is not None
        ]

    def taps(self, polarity: str) -> list[QuestionCounts]:
        """The questions in which people picked drivers, for one polarity."""
        return [
            each
            for each in self.counts
            if each.question.mode is not None and each.polarity == polarity
        ]


def service_page(sight: Sight, filters: Filters, smallest: int, today: date) -> ServicePage:
    """The page for what the person may see, within the filters."""
    service, versions, cut, units = sight.service, filters.versions, filters.cut, None
    if sight.unit is None:
        units = units_compared(
            service,
            filters.quarter,
            "trust",
            channel=cut.channel,
            smallest=smallest,
            versions=versions,
            watched=filters.quarter == Quarter.of(today),
        )
    below = _below(units)
    worst = below[0] if len(below) == 1 and filters.unit is None else None
    comments, comment_count = _comments(sight, filters, worst)
    return ServicePage(
        sight=sight,
        filters=filters,
        smallest=smallest,
        trends=trends(service, OUTCOMES, cut, versions),
        counts=tuple(
            question_counts(
                service,
                filters.quarter,
                unit=cut.unit,
                channel=cut.channel,
                version=cut.version,
                versions=versions,
            )
        ),
        now=offers(service, filters.quarter, cut),
        before=offers(service, filters.quarter.previous, cut),
        units=units,
        worst=worst,
        comments=comments,
        comment_count=comment_count,
        counted_to=counted_to(),
        running=Quarter.of(today),
        driving=_driving(sight, filters, smallest),
    )


def _driving(sight: Sight, filters: Filters, smallest: int) -> Finding | None:
    """What the worker found to go with trust; nothing is worked out for this page."""
    asked = question_of(
        sight.service,
        OUTCOMES[0],
        Period(filters.quarter),
        filters.places,
        smallest=smallest,
        cut=filters.cut,
        units=filters.unit_ids,
    )
    answer = found_before(asked, timezone.now())
    return answer.finding if answer else None


def _below(units: UnitsCompared | None) -> list[Organization]:
    rows = units.rows if units else ()
    return [row.unit for row in rows if row.standing is Standing.BELOW and not row.hidden]


def _comments(
    sight: Sight, filters: Filters, worst: Organization | None
) -> tuple[tuple[CommentShown, ...], int]:
    """The newest comments, of the worst office when there is one, and how many there are."""
    if not sight.sees_comments:
        return (), 0
    latest, count = latest_comments(filters, _LATEST, worst)
    return tuple(comments_shown(latest, filters.answered)), count
