"""What the comments page shows of themes: their shares, their way over time, topics beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.dashboards.queries.comments import CommentShown, Wanted, comments_shown
from cx280.dashboards.queries.filters import Filters
from cx280.dashboards.rules.themes import FEWEST, ThemeLine, lines_of, most_named, themes_title
from cx280.kernel.quarter import Quarter
from cx280.measures.access import Sight
from cx280.measures.queries.themes import ThemeCounts, themes_by_quarter
from cx280.measures.queries.topics import found_topics
from cx280.measures.rules.basis import Basis, basis_of, weakest
from cx280.measures.rules.scores import Share, share_of
from cx280.measures.rules.themes.codebook import Codebook, Theme
from cx280.responses.models import Comment
from cx280.responses.queries import document_by
from cx280.surveys.models import SurveyVersion


@dataclass(frozen=True, slots=True)
class ThemePage:
    """The themes of a quarter within the filters; `history`: every quarter's counts."""

    filters: Filters
    wanted: Wanted
    codebook: Codebook
    lines: tuple[ThemeLine, ...]
    history: dict[Quarter, ThemeCounts]
    basis: Basis = Basis.ASKED  # how the people came to answer who wrote

    @property
    def counts(self) -> ThemeCounts:
        """The counts of the quarter looked at."""
        return self.history.get(self.filters.quarter, ThemeCounts())

    @property
    def theme(self) -> Theme | None:
        """The theme that was chosen."""
        return self.codebook.theme(self.wanted.theme)

    @property
    def shows_all(self) -> bool:
        """Whether the page is about all themes, and not about one or about a search."""
        return not self.wanted.theme and not self.wanted.words

    @property
    def title(self) -> str:
        """The finding, or what was looked for."""
        service = self.filters.service.name
        if self.wanted.words:
            return f"Comments on {service} with “{self.wanted.words}”"
        if self.theme is not None:
            return f"{self.theme.name}: what people say about {service}"
        if self.wanted.theme:
            return f"Comments on {service} that no theme fits"
        if self.wanted.rating:
            return f"What people say who rate {service} {self.wanted.rating}"
        return themes_title(service, self.lines, self.counts.total)

    @property
    def most_named(self) -> str:
        """The themes that most comments name, as a sentence."""
        return most_named(self.lines) if self.shows_all and self.counts.total >= FEWEST else ""

    def share_in(self, quarter: Quarter, code: str) -> Share:
        """The share of a quarter's comments that a theme has."""
        counts = self.history.get(quarter, ThemeCounts())
        return share_of(counts.of(code), counts.total, self.basis)


@dataclass(frozen=True, slots=True)
class TopicShown:
    """A topic the machine found: its words, how many comments it has, examples."""

    words: tuple[str, ...]
    comments: int
    of: int
    examples: tuple[CommentShown, ...]


def theme_page(filters: Filters, codebook: Codebook, wanted: Wanted) -> ThemePage:
    """The page's themes: two readings of counts, however many comments there are."""
    history = themes_by_quarter(
        filters.service, filters.cut, rating=wanted.rating, language=wanted.language
    )
    now = history.get(filters.quarter, ThemeCounts())
    before = history.get(filters.quarter.plus(-1), ThemeCounts())
    earlier = (before.total, {code: before.of(code) for code in before.themes})
    asking = [filters.version] if filters.version else filters.answered
    basis = weakest(basis_of(document_by(each.pk, each.digest).placement) for each in asking)
    lines = lines_of(codebook, now.all, now.themes, earlier, basis)
    return ThemePage(filters, wanted, codebook, tuple(lines), history, basis)


def topics_shown(sight: Sight, versions: Sequence[SurveyVersion]) -> list[TopicShown]:
    """The topics found in the service's comments, with examples; [] for a part of a service,
    whose people must not read the comments of others."""
    found = found_topics(sight.service) if sight.unit is None else None
    if found is None:
        return []
    ids = [pk for topic in found.topics for pk in topic["examples"]]
    comments = (
        Comment.objects.filter(pk__in=ids, service=sight.service, counted=True)
        .select_related("response", "unit", "reading")
        .order_by("pk")
    )
    shown = {each.pk: each for each in comments_shown(comments, versions)}
    return [
        TopicShown(
            tuple(topic["words"]),
            topic["comments"],
            topic["of"],
            tuple(shown[pk] for pk in topic["examples"] if pk in shown),
        )
        for topic in found.topics
    ]
