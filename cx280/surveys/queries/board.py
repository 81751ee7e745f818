"""Reads what the list and the builder show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from cx280.circular.edition import Edition
from cx280.surveys.checks import check
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.queries.standing import (
    FEWEST_TIMED,
    Standing,
    draft_of,
    edition_of,
    measured_seconds,
    names_of,
    standing_of,
)
from cx280.surveys.rules.cards import Card, Found, cards, found_at
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.height import screens
from cx280.surveys.rules.labels import LANGUAGE_NAMES
from cx280.surveys.rules.library import Names, Offer, offers
from cx280.surveys.rules.minutes import minutes
from cx280.surveys.rules.paths import longest_path
from cx280.surveys.rules.shorter import removable
from cx280.surveys.rules.supplementary import MARK, supplementary_offers
from cx280.surveys.rules.vocabulary import Construct


@dataclass(frozen=True, slots=True)
class Line:
    """A survey in a list: its facts, and how many questions and minutes its document has."""

    survey: Survey
    questions: int
    minutes: float
    measured_minutes: float | None = None
    measured_from: int = 0
    is_over: bool = False  # more questions or minutes than the edition's limits allow


def lines(surveys: Iterable[Survey]) -> list[Line]:
    """The surveys with the length of what people are, or will be, asked."""
    found = []
    for survey in surveys:
        document = draft_of(survey)
        count, estimate = len(longest_path(document)), minutes(document)
        measured = measured_seconds(survey)
        told = median(measured) / 60 if len(measured) >= FEWEST_TIMED else None
        limits = edition_of(survey).limits
        over = count > limits.questions_max or (told or estimate) > limits.minutes_max
        found.append(Line(survey, count, estimate, told, len(measured), over))
    return found


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the builder shows of a draft."""

    standing: Standing
    cards: list[Card]
    overall: tuple[Found, ...]
    questions: int
    questions_max: int
    minutes: float
    minutes_max: float
    screens: float
    languages: list[str]
    removable: list[Card]
    library: list[tuple[str, list[Offer]]]
    version: SurveyVersion | None
    covered_until: date | None

    @property
    def to_fix(self) -> int:
        """How many things keep the survey closed."""
        return len(self.standing.in_the_way) + len(self.standing.unready)


def board_of(survey: Survey, on: date, typed: SurveyDocument | None = None) -> Board:
    """The draft, or what was typed but not saved, with everything found on that day."""
    standing = standing_of(survey, on, typed)
    document, names = standing.document, names_of(survey)
    limits = standing.context.edition.limits
    reasons = {key: each.text for key, each in standing.justified.items()}
    drawn = cards(
        document, standing.findings, reasons, standing.unready, standing.context.edition, names
    )
    count = len(longest_path(document))
    is_long = count > limits.questions_justify_above
    spare = removable(document, lambda each: check(each, standing.context)) if is_long else []
    clearance = survey.collection.clearance if survey.collection else None
    return Board(
        standing=standing,
        cards=drawn,
        overall=found_at(
            None, document, standing.findings, reasons, standing.context.edition, names
        ),
        questions=count,
        questions_max=limits.questions_max,
        minutes=minutes(document),
        minutes_max=limits.minutes_max,
        screens=screens(document),
        languages=[LANGUAGE_NAMES.get(each, each) for each in document.locales],
        removable=[drawn[each] for each in spare],
        library=_library(standing.context.edition, names, document),
        version=survey.versions.filter(closed_at__isnull=True).first(),
        covered_until=clearance.expires_on if clearance else None,
    )


def _library(
    circular: Edition, names: Names, document: SurveyDocument
) -> list[tuple[str, list[Offer]]]:
    """The statements by what they measure, without those that stand in the survey already."""
    used = {each.words().strip() for each in document.questions}
    groups: dict[str, list[Offer]] = {}
    for each in offers(circular, names):
        fits = not each.where_only or document.mode.value in each.where_only
        if fits and each.texts["en"] not in used:
            groups.setdefault(Construct.of(each.construct).label, []).append(each)
    for each in supplementary_offers(document):
        if each.texts["en"] not in used:
            name = f"{Construct.of(each.construct).label} ({MARK})"
            groups.setdefault(name, []).append(each)
    return list(groups.items())
