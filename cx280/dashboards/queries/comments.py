"""What people wrote, with the rating they gave; always in one quarter, always redacted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cx280.agencies.models import Organization
from cx280.dashboards.queries.filters import Filters
from cx280.measures.models import CommentTheme
from cx280.measures.rules.themes.codebook import Codebook
from cx280.responses.models import Comment
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import Question
from cx280.surveys.rules.scales import SCALES, construct_of, outcome_of

LONGEST_SEARCH = 100
RATINGS = {"low": "Low (1–2 of 5)", "middle": "Middle", "high": "High (4–5 of 5)"}
LANGUAGES = {"en": "English", "es": "Spanish"}


TONES = {"negative": "sounds unhappy", "positive": "sounds happy"}


@dataclass(frozen=True, slots=True)
class Filed:
    """A theme of a comment: its name and why it is there."""

    code: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class CommentShown:
    """Somebody's words with what is known about their answer."""

    pk: int
    text: str
    language: str
    polarity: str  # high, middle, low, "" when not rated
    rated: str  # `Rated trust 2 of 5`, or nothing
    channel: str
    unit: str
    day: date
    tone: str = ""
    themes: tuple[Filed, ...] = ()

    @property
    def origin(self) -> str:
        """`Rated trust 2 of 5 · In person, Spanish · October 12`."""
        language = LANGUAGES.get(self.language, self.language)
        how = self.channel if self.language == "en" else f"{self.channel}, {language}"
        return " · ".join(
            part for part in (self.rated, self.unit, how, f"{self.day:%B} {self.day.day}") if part
        )

    @property
    def sounds(self) -> str:
        """The tone, where it says something that the rating does not."""
        said = {"low": "negative", "high": "positive"}.get(self.polarity)
        return "" if self.tone == said else TONES.get(self.tone, "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which comments, beside the filter of the page. words: to be found in the text."""

    rating: str = ""
    language: str = ""
    theme: str = ""
    words: str = ""


EVERYTHING = Wanted()
NO_THEME = "none"  # in an address: comments without any theme


def comments_between(service: Service, first: date, last: date) -> QuerySet[Comment]:
    """The comments of those days, both included, newest first; robots' are left out."""
    found = Comment.objects.filter(
        service=service,
        # A bare `counted` would keep SQLite from the index that begins (service, counted, day).
        counted__in=[True],
        day__range=(first, last),
    ).select_related("response", "unit", "reading")
    return found.order_by("-day", "-received_at", "-pk")


def comments_in(filters: Filters, wanted: Wanted = EVERYTHING) -> QuerySet[Comment]:
    """The comments of a quarter within the filters, newest first; robots' are left out."""
    cut, quarter = filters.cut, filters.quarter
    found = comments_between(filters.service, quarter.first_day, quarter.last_day)
    if cut.version is not None:
        found = found.filter(version=cut.version)
    if cut.unit is not None:
        found = found.filter(unit__path__startswith=cut.unit.path)
    if cut.channel:
        found = found.filter(channel=cut.channel)
    if wanted.language:
        unread = Q(reading=None, language=wanted.language)
        found = found.filter(Q(reading__language=wanted.language) | unread)
    if wanted.rating:
        found = found.filter(rating=wanted.rating)
    if wanted.theme:
        none = wanted.theme == NO_THEME
        found = found.filter(themes=None) if none else found.filter(themes__code=wanted.theme)
    if wanted.words:
        found = found.filter(text__icontains=wanted.words[:LONGEST_SEARCH])
    return found


def latest_comments(
    filters: Filters, most: int, unit: Organization | None = None
) -> tuple[list[Comment], int]:
    """The newest comments (about a unit, when given) and how many there are."""
    found = comments_in(filters)
    if unit is not None:
        found = found.filter(unit__path__startswith=unit.path)
    latest = list(found[:most])
    return latest, found.count() if len(latest) == most else len(latest)


def comments_shown(
    comments: Iterable[Comment],
    versions: Iterable[SurveyVersion],
    codebook: Codebook | None = None,
) -> list[CommentShown]:
    """The comments as a page shows them; versions: all that may have asked.

    With a codebook, each with its themes and why it has them.
    """
    shown = list(comments)
    outcomes = {version.pk: _outcome(version) for version in versions}
    themes = _themes_of(shown, codebook) if codebook is not None else {}
    return [_shown(each, outcomes.get(each.version_id), themes.get(each.pk, ())) for each in shown]


def _outcome(version: SurveyVersion) -> Question | None:
    return outcome_of(document_by(version.pk, version.digest))


def _themes_of(comments: list[Comment], codebook: Codebook) -> dict[int, tuple[Filed, ...]]:
    rows = CommentTheme.objects.filter(comment__in=[each.pk for each in comments])
    by_code: dict[int, dict[str, CommentTheme]] = {}
    for row in rows:
        by_code.setdefault(row.comment_id, {})[row.code] = row
    return {
        pk: tuple(
            Filed(theme.code, theme.name, _why(found[theme.code]))
            for theme in codebook.active
            if theme.code in found
        )
        for pk, found in by_code.items()
    }


def _why(row: CommentTheme) -> str:
    if row.source == CommentTheme.Source.PERSON:
        return "A person filed it here."
    if row.words:
        return f"Because of: {', '.join(row.words)}."
    return "Learned from people’s corrections."


def _shown(comment: Comment, question: Question | None, themes: tuple[Filed, ...]) -> CommentShown:
    response = comment.response
    code = response.answers.get(question.id) if question else None
    rated = ""
    if question is not None and isinstance(code, int):
        scale = SCALES[question.answered_by.value]
        rated = f"Rated {construct_of(question)} {code} of {scale.codes[-1]}"
    reading = getattr(comment, "reading", None)
    return CommentShown(
        pk=comment.pk,
        text=comment.text,
        language=reading.language if reading else comment.language,
        polarity=comment.rating,
        rated=rated,
        channel=Channel.of(comment.channel).label,
        unit=comment.unit.name if comment.unit else "",
        day=comment.day,
        tone=reading.tone if reading else "",
        themes=themes,
    )
