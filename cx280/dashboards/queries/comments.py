"""What people wrote, with the rating they gave; always in one quarter, always redacted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cx280.agencies.models import Organization
from cx280.dashboards.queries.filters import Filters
from cx280.responses.models import Comment
from cx280.responses.queries import document_by
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import Question
from cx280.surveys.rules.scales import SCALES, construct_of, outcome_of

RATINGS = {"low": "Low (1–2 of 5)", "middle": "Middle", "high": "High (4–5 of 5)"}
LANGUAGES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True, slots=True)
class CommentShown:
    """Somebody's words with what is known about their answer."""

    text: str
    language: str
    polarity: str  # high, middle, low, "" when not rated
    rated: str  # `Rated trust 2 of 5`, or nothing
    channel: str
    unit: str
    day: date

    @property
    def origin(self) -> str:
        """`Rated trust 2 of 5 · In person, Spanish · October 12`."""
        language = LANGUAGES.get(self.language, self.language)
        how = self.channel if self.language == "en" else f"{self.channel}, {language}"
        return " · ".join(
            part for part in (self.rated, self.unit, how, f"{self.day:%B} {self.day.day}") if part
        )


def comments_in(filters: Filters, *, rating: str = "", language: str = "") -> QuerySet[Comment]:
    """The comments of a quarter within the filters, newest first; robots' are left out."""
    cut, quarter = filters.cut, filters.quarter
    found = Comment.objects.filter(
        service=filters.service,
        counted=True,
        day__range=(quarter.first_day, quarter.last_day),
    )
    if cut.version is not None:
        found = found.filter(version=cut.version)
    if cut.unit is not None:
        found = found.filter(unit__path__startswith=cut.unit.path)
    if cut.channel:
        found = found.filter(channel=cut.channel)
    if language:
        found = found.filter(language=language)
    if rating:
        found = found.filter(rating=rating)
    return found.select_related("response", "unit").order_by("-day", "-received_at", "-pk")


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
    comments: Iterable[Comment], versions: Iterable[SurveyVersion]
) -> list[CommentShown]:
    """The comments as a page shows them; versions: all that may have asked."""
    outcomes = {version.pk: _outcome(version) for version in versions}
    return [_shown(comment, outcomes.get(comment.version_id)) for comment in comments]


def _outcome(version: SurveyVersion) -> Question | None:
    return outcome_of(document_by(version.pk, version.digest))


def _shown(comment: Comment, question: Question | None) -> CommentShown:
    response = comment.response
    code = response.answers.get(question.id) if question else None
    rated = ""
    if question is not None and isinstance(code, int):
        scale = SCALES[question.answered_by.value]
        rated = f"Rated {construct_of(question)} {code} of {scale.codes[-1]}"
    return CommentShown(
        text=comment.text,
        language=comment.language,
        polarity=comment.rating,
        rated=rated,
        channel=Channel.of(comment.channel).label,
        unit=comment.unit.name if comment.unit else "",
        day=comment.day,
    )
