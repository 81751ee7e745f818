"""A service's quarter as the public reads it, and each figure in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cx280.kernel.quarter import Quarter
from cx280.reporting.rules.content import Content, Question, SurveyReport, Tap
from cx280.stats.intervals import wilson


@dataclass(frozen=True, slots=True)
class Source:
    """Where a quarter was published: a release of cx280, or an earlier report elsewhere.

    release: its number; None for an earlier report. words: the source as a reader is told it.
    """

    release: int | None
    words: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Published:
    """One service's quarter, suppressed, with its source."""

    content: Content
    source: Source

    @property
    def quarter(self) -> Quarter:
        """The quarter it tells of."""
        return Quarter.parse(self.content.quarter)


@dataclass(frozen=True, slots=True)
class Figure:
    """One question of one survey in one quarter; of a choice of drivers, one choice.

    tap: the driver, and which way those it was shown to had rated.
    """

    published: Published
    survey: SurveyReport
    question: Question
    tap: Tap | None = None

    @property
    def id(self) -> str:
        """A name that stays the same in every download."""
        release = self.published.source.release
        start = f"release:{release}:{self.survey.code}" if release else self.survey.code
        end = f":{self.tap.driver}:{self.tap.polarity}" if self.tap else ""
        return f"{start}:{self.question.id}{end}"

    @property
    def n(self) -> int | None:
        """How many answered; of a choice of drivers, how many were shown it. None is hidden."""
        return self.tap.shown if self.tap else self.question.answered

    @property
    def share(self) -> float | None:
        """The share who agree, or who chose the driver, 0 to 1; None is hidden or unknown."""
        return self.tap.share if self.tap else self.question.agreeing

    @property
    def interval(self) -> tuple[float, float] | None:
        """How sure the share is; None where no margin of error applies."""
        if self.tap is not None:
            if self.tap.tapped is None or not self.tap.shown or self.survey.self_selected:
                return None
            return wilson(self.tap.tapped, self.tap.shown)
        low, high = self.question.low, self.question.high
        return None if low is None or high is None else (low, high)

    @property
    def is_suppressed(self) -> bool:
        """Whether something was withheld because too few people stand behind it."""
        if self.tap is not None:
            return self.tap.tapped is None
        return bool(self.question.withheld)

    @property
    def shows_nothing(self) -> bool:
        """Whether even the share is withheld."""
        return self.is_suppressed and self.share is None


def figures_of(published: Published) -> Iterator[Figure]:
    """Every figure of a quarter, survey by survey, in the order of the questions."""
    for survey in published.content.surveys:
        for question in survey.questions:
            if question.taps:
                for tap in question.taps:
                    yield Figure(published, survey, question, tap)
            else:
                yield Figure(published, survey, question)


def figures_about(construct: str, quarters: Iterable[Published]) -> list[Figure]:
    """The figures of questions answered on a scale about the construct."""
    return [
        figure
        for published in quarters
        for figure in figures_of(published)
        if figure.question.construct == construct and figure.question.is_scale
    ]


def by_service(reports: Iterable[Published]) -> dict[str, list[Published]]:
    """The quarters of each service by its code, oldest first; services by name."""
    found: dict[str, list[Published]] = {}
    for each in sorted(reports, key=lambda one: one.quarter):
        found.setdefault(each.content.service.code, []).append(each)
    return dict(sorted(found.items(), key=lambda pair: pair[1][-1].content.service.name.lower()))
