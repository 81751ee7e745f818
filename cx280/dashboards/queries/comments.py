"""What people wrote, with the rating they gave; always in one quarter, always redacted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTransform

from cx280.agencies.models import Organization
from cx280.dashboards.queries.filters import Filters
from cx280.measures.rules.comparability import construct_of, has_score
from cx280.measures.rules.scores import SCALES, polarity_of
from cx280.responses.models import Comment
from cx280.responses.queries import document_by
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import Question

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
    where = Q(
        response__version__in=[cut.version] if cut.version else list(filters.answered),
        response__day__range=(quarter.first_day, quarter.last_day),
        response__suspected="",
    )
    if cut.unit is not None:
        where &= Q(response__unit__path__startswith=cut.unit.path)
    if cut.channel:
        where &= Q(response__channel=cut.channel)
    if language:
        where &= Q(language=language)
    found = Comment.objects.filter(where)
    if rating:
        found = _rated(found, filters.answered, rating)
    return found.select_related("response", "response__unit").order_by(
        "-response__received_at", "-pk"
    )


def latest_comments(
    filters: Filters, most: int, unit: Organization | None = None
) -> tuple[list[Comment], int]:
    """The newest comments (about a unit, when given) and how many there are."""
    found = comments_in(filters)
    if unit is not None:
        found = found.filter(response__unit__path__startswith=unit.path)
    latest = list(found[:most])
    return latest, found.count() if len(latest) == most else len(latest)


def comments_shown(
    comments: Iterable[Comment], versions: Iterable[SurveyVersion]
) -> list[CommentShown]:
    """The comments as a page shows them; versions: all that may have asked."""
    outcomes = {version.pk: outcome_of(version) for version in versions}
    return [_shown(comment, outcomes.get(comment.response.version_id)) for comment in comments]


def outcome_of(version: SurveyVersion) -> Question | None:
    """The question whose answer stands beside a comment: trust, else satisfaction."""
    asked = [q for q in document_by(version.pk, version.digest).questions if has_score(q)]
    for construct in ("trust", "satisfaction"):
        for question in asked:
            if construct_of(question) == construct:
                return question
    return None


def _rated(
    found: QuerySet[Comment], versions: Iterable[SurveyVersion], rating: str
) -> QuerySet[Comment]:
    """Those whose rating points that way; each version may have asked under another id."""
    where = Q(pk__in=[])
    names: dict[str, str] = {}  # question id: alias in the query
    for version in versions:
        question = outcome_of(version)
        if question is None:
            continue
        name = names.setdefault(question.id, f"rating_{len(names)}")
        response = question.answered_by.value
        codes = [code for code in SCALES[response].codes if polarity_of(code, response) == rating]
        where |= Q(response__version=version, **{f"{name}__in": codes})
    ratings = {name: KeyTransform(key, "response__answers") for key, name in names.items()}
    return found.alias(**ratings).filter(where)


def _shown(comment: Comment, question: Question | None) -> CommentShown:
    response = comment.response
    code = response.answers.get(question.id) if question else None
    rated, polarity = "", ""
    if question is not None and isinstance(code, int):
        scale = SCALES[question.answered_by.value]
        polarity = polarity_of(code, question.answered_by.value)
        rated = f"Rated {construct_of(question)} {code} of {scale.codes[-1]}"
    return CommentShown(
        text=comment.text,
        language=comment.language,
        polarity=polarity,
        rated=rated,
        channel=Channel.of(response.channel).label,
        unit=response.unit.name if response.unit else "",
        day=response.day,
    )
