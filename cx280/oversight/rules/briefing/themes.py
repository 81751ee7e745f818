"""What people say about a service: themes with counts, nobody's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.measures.rules.suppression import is_too_few
from cx280.oversight.rules.briefing.shown import listed
from cx280.oversight.rules.slides import Lines, Slide, Table
from cx280.pages.written import number, percent

_MOST = 8
_NAMED = 2
_WHOLE = "praise"  # names no subject, so it never leads a title
NO_QUOTES = (
    "Themes and counts only: what people wrote stays with the agency. One comment may have several "
    "themes."
)


@dataclass(frozen=True, slots=True)
class Named:
    """A theme with how many comments of the period have it."""

    code: str
    name: str
    comments: int


@dataclass(frozen=True, slots=True)
class Said:
    """The comments of a service in a quarter: how many, and the themes they have."""

    service: str
    quarter: str
    comments: int
    themes: Sequence[Named]
    smallest: int

    @property
    def shown(self) -> list[Named]:
        """The themes that may be told, the most frequent first."""
        if is_too_few(self.comments, self.smallest):
            return []
        may = [
            each
            for each in self.themes
            if each.comments >= self.smallest
            and not is_too_few(self.comments - each.comments, self.smallest)
        ]
        return sorted(may, key=lambda each: (-each.comments, each.name))[:_MOST]


@implements("280.14-d2")
def themes_slide(found: Said, key: str) -> Slide:
    """The most frequent themes of the latest quarter with comments."""
    shown = found.shown
    named = [
        f"{_small(each.name)} ({number(each.comments)})" for each in shown if each.code != _WHOLE
    ][:_NAMED]
    if named:
        title = f"Most named in comments on {found.service}: {listed(named)}"
    elif not found.comments:
        title = f"Nobody has written about {found.service} yet"
    else:
        title = f"Too few comments on {found.service} name the same thing to show"
    blocks: list[Table | Lines] = []
    if shown:
        head = ("Theme", "Comments", f"Of {number(found.comments)}")
        rows = tuple(
            (each.name, number(each.comments), percent(each.comments / found.comments))
            for each in shown
        )
        blocks.append(Table(f"Themes of comments, {found.quarter}", head, rows))
        if len(shown) < sum(each.comments > 0 for each in found.themes):
            blocks.append(
                Lines((f"Themes of fewer than {found.smallest} comments are not shown.",))
            )
    blocks.append(Lines((NO_QUOTES,)))
    notes = ("Whoever writes is not everybody: those who are pleased write less.",)
    return Slide(key, title, tuple(blocks), notes, ("280.10-f1",))


def _small(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
