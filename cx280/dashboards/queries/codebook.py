"""The codebook as its page shows it: what each theme finds, how learning fares, who changed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db.models import Count, QuerySet

from cx280.agencies.models import Organization
from cx280.dashboards.queries.comments import CommentShown, comments_shown
from cx280.measures.models import CommentTheme
from cx280.measures.queries.codebooks import (
    codebook_of,
    codebook_version,
    corrections_of,
    filing_by,
    trials_of,
)
from cx280.measures.rules.scores import Share, share_of
from cx280.measures.rules.themes.codebook import (
    Codebook,
    Theme,
    changes_between,
    federal,
    read_codebook,
)
from cx280.measures.rules.themes.learning import FEWEST, Trial
from cx280.responses.models import Comment
from cx280.stats.text.language import language_of
from cx280.surveys.models import SurveyVersion

_LOOKED_AT, _EXAMPLES = 1000, 5
_CHANGES = 10


@dataclass(frozen=True, slots=True)
class ThemeStanding:
    """A theme with how many of the agency's comments are filed under it, and what was learned."""

    theme: Theme
    comments: int
    trial: Trial | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A codebook: its themes in use and retired, and the corrections so far."""

    number: int  # 0: the federal one, as it came
    themes: tuple[ThemeStanding, ...]
    retired: tuple[ThemeStanding, ...]
    corrections: int

    @property
    def has_trials(self) -> bool:
        """Whether learning was tried for any theme."""
        return any(row.trial is not None for row in self.themes)

    @property
    def missing(self) -> int:
        """How many corrections it takes until the system learns from them."""
        return max(FEWEST - self.corrections, 0)


@dataclass(frozen=True, slots=True)
class CodebookChange:
    """Who changed the codebook, when, and how."""

    number: int
    changes: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Matching:
    """What a theme's words find in the newest comments."""

    share: Share
    examples: tuple[tuple[CommentShown, tuple[str, ...]], ...]  # with the words found


def standing(agency: Organization) -> Standing:
    """The agency's codebook with what it finds; the numbers are of all its comments."""
    book, version = codebook_of(agency), codebook_version(agency)
    counted = dict(
        CommentTheme.objects.filter(
            comment__service__owner__path__startswith=agency.path, comment__counted=True
        )
        .order_by()
        .values_list("code")
        .annotate(n=Count("pk"))
    )
    trials = {trial.code: trial for trial in trials_of(agency)}
    rows = [
        ThemeStanding(theme, counted.get(theme.code, 0), trials.get(theme.code))
        for theme in book.themes
    ]
    return Standing(
        version.number if version else 0,
        tuple(row for row in rows if not row.theme.retired),
        tuple(row for row in rows if row.theme.retired),
        corrections_of(agency).count(),
    )


def codebook_history(agency: Organization) -> list[CodebookChange]:
    """The latest changes, newest first."""
    versions = list(
        agency.codebooks.select_related("changed_by").order_by("-number")[: _CHANGES + 1]
    )
    before = [read_codebook(each.themes) for each in versions[1:]]
    before.append(federal())
    return [
        CodebookChange(
            each.number,
            tuple(changes_between(older, read_codebook(each.themes))),
            each.changed_by.name if each.changed_by else "somebody who left",
            each.changed_at,
        )
        for each, older in zip(versions[:_CHANGES], before, strict=False)
    ]


def matching(comments: QuerySet[Comment], theme: Theme) -> Matching:
    """How many of the newest 1,000 comments the theme's words find, and five of them."""
    looked_at = list(
        comments.select_related("response", "unit", "reading").defer("version")[:_LOOKED_AT]
    )
    alone = filing_by(Codebook((msgspec.structs.replace(theme, retired=False),)))
    found: list[tuple[Comment, tuple[str, ...]]] = []
    for comment in looked_at:
        language = language_of(comment.text, comment.language).language
        words = alone.matcher(language, comment.language).themes_in(comment.text).get(theme.code)
        if words:
            found.append((comment, words))
    examples = found[:_EXAMPLES]
    versions = SurveyVersion.objects.filter(pk__in={each.version_id for each, _ in examples})
    shown = comments_shown([each for each, _ in examples], versions)
    return Matching(
        share_of(len(found), len(looked_at)),
        tuple(zip(shown, [words for _, words in examples], strict=True)),
    )
