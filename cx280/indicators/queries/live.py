"""What the measures say: for those who work here, the figures of the dashboards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from django.conf import settings

from cx280.circular.implements import implements
from cx280.indicators.rules.measures import PARTICIPATION, Measure
from cx280.indicators.rules.years import Level, Point
from cx280.kernel.quarter import Quarter
from cx280.measures.queries import trends, versions_of
from cx280.measures.queries.groups import groups_compared
from cx280.measures.rules.scores import Share, share_of
from cx280.measures.rules.suppression import is_too_few
from cx280.measures.rules.trends import Trend
from cx280.plans.queries.measures import measures_of
from cx280.reporting.models import PackageIndicator
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.labels import language_name
from cx280.telemetry.queries.answers import flows_told, things
from cx280.telemetry.rules.periods import local_days

TOO_FEW = "Too few answered to show."


class Live:
    """One service's figures, each read once. years: fiscal years that quarters are read for."""

    def __init__(self, service: Service, years: Iterable[int], today: date) -> None:
        self.service = service
        self.years = sorted(set(years))
        self.today = today
        self._trends: dict[str, Trend] = {}

    @cached_property
    def _versions(self) -> list[SurveyVersion]:
        return versions_of(self.service)

    @property
    def _quarters(self) -> list[Quarter]:
        found = [Quarter(year, number) for year in self.years for number in (1, 2, 3, 4)]
        return [each for each in found if each.first_day <= self.today]

    @implements("280.12-a2")
    def trend(self, construct: str) -> Trend:
        """The line of the dashboard: the same query, nothing filtered away."""
        if construct not in self._trends:
            self._trends |= trends(self.service, [construct], versions=self._versions)
        return self._trends[construct]

    def points(self, measure: Measure) -> list[Point]:
        """The quarters of a share: of a survey question all there are, else those of the years."""
        if measure.kind == "survey":
            return self._answered(measure.name)
        if measure.kind == "group":
            return [self._group(measure, each) for each in self._quarters]
        return [self._finished(measure.name, each) for each in self._quarters]

    def _answered(self, construct: str) -> list[Point]:
        source = f"Survey answers, as on the dashboard of {self.service.name}"
        return [
            Point(each.quarter, each.key.written, each.share, each.text, source,
                  why=_few(each.share))
            for each in self.trend(construct).points
        ]  # fmt: skip

    def _group(self, measure: Measure, quarter: Quarter) -> Point:
        """One group in a quarter, None of it where the table of all groups hides it."""
        found = groups_compared(
            self.service, quarter, measure.name,
            smallest=settings.CX280_SMALLEST_CELL, versions=self._versions,
        )  # fmt: skip
        table = found.table
        there = measure.group in (table.languages if measure.way == "language" else table.channels)
        if found.key is None or not there:
            return Point(quarter, "", share_of(0, 0), why="Nobody in this group has answered.")
        share = (
            table.share("", measure.group)
            if measure.way == "language"
            else table.share(measure.group, "")
        )
        source = f"Survey answers by {measure.way}, as on the dashboard of {self.service.name}"
        if share is None:
            return Point(quarter, found.key.written, share_of(0, 0), source=source, why=TOO_FEW)
        return Point(quarter, found.key.written, share, source=source, why=_few(share))

    def _finished(self, flow: str, quarter: Quarter) -> Point:
        last = min(quarter.last_day, self.today - timedelta(days=1))
        nobody = share_of(0, 0)
        if last < quarter.first_day:
            return Point(quarter, flow, nobody, why="The quarter has just begun.")
        zone = self.service.owner.time_zone or settings.TIME_ZONE
        told = flows_told(self.service.pk, local_days(quarter.first_day, last, zone))
        done = next(
            (
                each
                for each in things(told, settings.CX280_SMALLEST_CELL)
                if each.thing.flow == flow
            ),
            None,
        )
        if done is None or done.completion.finished is None:
            why = done.completion.reason if done else "Nobody started it."
            return Point(quarter, flow, nobody, why=why)
        finished = done.completion.finished
        share = share_of(finished.part, finished.n)
        return Point(quarter, flow, share, source="Visits to the website")

    def levels(self, name: str) -> list[Level]:
        """A service-level indicator, quarter by quarter, as the packages hold it."""
        rows = PackageIndicator.objects.filter(
            package__service=self.service, name=name, value__isnull=False
        ).select_related("package")
        return [
            Level(
                Quarter(each.package.fiscal_year, each.package.quarter), each.value or 0.0,
                each.unit, each.numerator, each.denominator, "Quarter reports",
            )
            for each in rows
        ]  # fmt: skip


def _few(share: Share) -> str:
    return TOO_FEW if is_too_few(share.n, settings.CX280_SMALLEST_CELL) else ""


def choices_of(service: Service) -> list[tuple[str, str]]:
    """What an indicator of the service may be bound to, each (stored, words)."""
    groups = [Measure("group", "trust", "language", each) for each in _languages(service)]
    channels = service.channels.order_by("channel").values_list("channel", flat=True).distinct()
    groups += [Measure("group", "trust", "channel", each) for each in channels]
    found = measures_of(service) + [(each.written, words_of_group(each)) for each in groups]
    if service.eligible_population:
        found.append((PARTICIPATION, "Customers in the year, of those who could use it"))
    names = (
        PackageIndicator.objects.filter(package__service=service)
        .order_by("name")
        .values_list("name", flat=True)
        .distinct()
    )
    return found + [
        (Measure("level", each).written, f"{each}, as in the quarter reports") for each in names
    ]


def _languages(service: Service) -> list[str]:
    """The languages in which people could answer, where there is more than one."""
    found = {
        locale
        for each in versions_of(service)
        for locale in document_by(each.pk, each.digest).locales
    }
    return sorted(found) if len(found) > 1 else []


def words_of_group(measure: Measure) -> str:
    """`Trust of those who answered in Spanish: share that agrees`."""
    if measure.way == "language":
        who = f"who answered in {language_name(measure.group)}"
    else:
        who = f"who came by: {Channel.of(measure.group).label}"
    return f"{measure.name.capitalize()} of those {who}: share that agrees"
