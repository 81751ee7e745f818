"""Themes drawn and downloaded: all of a quarter beside each other, or one over the quarters."""

from __future__ import annotations

from collections.abc import Iterator

from cx280.dashboards.queries.themes import ThemePage
from cx280.dashboards.rules.themes import FEWEST, ThemeLine
from cx280.dashboards.views.service_charts import quarter_label
from cx280.dashboards.views.service_tables import Cells, File
from cx280.kernel.problem import NotFound
from cx280.pages.charts import Bar, Chart, Point, Series, bars, trend
from cx280.pages.written import number
from cx280.stats.intervals import Verdict

_MOST_BARS = 8


def chart_for(page: ThemePage) -> Chart | None:
    """One theme over the quarters when one is chosen, else all themes; None where too few wrote."""
    if page.wanted.words or page.counts.total < FEWEST:
        return None
    if page.theme is not None:
        return _over_time(page)
    return _side_by_side(page) if page.lines and page.shows_all else None


def _side_by_side(page: ThemePage) -> Chart:
    total = page.counts.total
    raters = f" with a {page.wanted.rating} rating" if page.wanted.rating else ""
    return bars(
        [
            Bar(
                line.theme.name,
                line.share.share,
                *line.share.ends,
                n=line.share.successes,
                text=f"{number(line.share.successes)} comments",
                strong=line.leans is Verdict.HIGHER,
            )
            for line in page.lines[:_MOST_BARS]
        ],
        title="How many comments name each theme"
        if len(page.lines) <= _MOST_BARS
        else f"The {_MOST_BARS} themes that most comments name",
        note=f"Share of the {number(total)} comments{raters} in {page.filters.quarter}; a comment "
        f"may name several. {_dark(page)}",
        first_column="Theme",
        text_column="Comments",
        key="themes",
    )


def _dark(page: ThemePage) -> str:
    if page.wanted.rating or all(line.leans is not Verdict.HIGHER for line in page.lines):
        return "Whiskers show how far chance alone could move a share."
    return "Dark bars: people who rated low name it more often than people who rated high."


def _over_time(page: ThemePage) -> Chart:
    theme = page.theme
    assert theme is not None  # noqa: S101  the caller looked
    points = []
    for quarter in sorted(page.history):
        share = page.share_in(quarter, theme.code)
        few = share.n < FEWEST
        points.append(
            Point(quarter_label(quarter), suppressed=True)
            if few
            else Point(quarter_label(quarter), share.share, *share.ends, n=share.n)
        )
    return trend(
        [Series(theme.name, "1", points)],
        title=f"{theme.name}, by quarter",
        note="Share of all comments that name it; n counts all comments. Bands show how far "
        "chance alone could move it.",
        first_column="Fiscal quarter",
        key="theme",
    )


_RATED = ["low", "middle", "high", "not_rated"]


def table_named(name: str, page: ThemePage) -> File:
    """The counts behind the page: `themes` of the quarter, `theme` over the quarters."""
    if name == "themes":
        header = ["theme", "name", "driver", "comments", "of", "share", "low_bound", "high_bound",
                  *_RATED, "change", "verdict"]  # fmt: skip
        return File(name, header, _rows(page))
    if name == "theme" and page.theme is not None:
        header = ["theme", "quarter", "comments", "of", "share", "low_bound", "high_bound"]
        return File(f"theme-{page.theme.code}", header, _quarters(page, page.theme.code))
    raise NotFound("There is no such table.")


def _rows(page: ThemePage) -> Iterator[Cells]:
    for line in page.lines:
        share = line.share
        change = line.change
        yield [
            line.theme.code,
            line.theme.name,
            line.theme.driver,
            share.successes,
            share.n,
            _rounded(share.share),
            *(_rounded(each) for each in share.ends),
            *_by_rating(line),
            "" if change is None else _rounded(change.difference),
            "" if change is None else change.verdict.value,
        ]


def _by_rating(line: ThemeLine) -> list[int]:
    return [line.ratings.get(rating, 0) for rating in ("low", "middle", "high", "")]


def _quarters(page: ThemePage, code: str) -> Iterator[Cells]:
    for quarter in sorted(page.history):
        share = page.share_in(quarter, code)
        bounds = [_rounded(each) for each in (share.share, *share.ends)]
        yield [code, str(quarter), share.successes, share.n, *bounds]


def _rounded(value: float | None) -> object:
    return "" if value is None else round(value, 4)
