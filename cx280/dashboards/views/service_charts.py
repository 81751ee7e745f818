"""The charts of the service page: titles that state the finding, and the table beside each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cx280.dashboards.queries.service import OUTCOMES, ServicePage
from cx280.dashboards.rules.headlines import drivers_title, units_title
from cx280.kernel.quarter import Quarter
from cx280.measures.queries import QuestionCounts, UnitsCompared
from cx280.measures.rules.basis import Basis, weakest
from cx280.measures.rules.comparability import Key, construct_of, pool
from cx280.measures.rules.scores import SCALES, Share, share_agreeing, share_tapping
from cx280.measures.rules.standing import Standing
from cx280.measures.rules.suppression import is_too_few
from cx280.measures.rules.trends import TrendPoint
from cx280.pages.charts import (
    Bar,
    Chart,
    Mark,
    Point,
    Row,
    Series,
    Spread,
    bars,
    distribution,
    intervals,
    trend,
)
from cx280.pages.written import number, percent
from cx280.surveys.rules.codes import option_codes
from cx280.surveys.rules.labels import code_label
from cx280.surveys.rules.vocabulary import Construct, ResponseType

NO_LINES = "People chose to answer, so there is no margin of error to draw."
_SIDES = {
    "low": "What people tap under a low rating",
    "high": "What people tap under a high rating",
}


def quarter_label(quarter: Quarter) -> str:
    """`Q4 2022`, short enough to stand under a chart."""
    return f"Q{quarter.number} {quarter.fiscal_year}"


def trend_chart(page: ServicePage) -> Chart:
    """Trust and satisfaction over the quarters, broken where they stop meaning the same."""
    series = []
    breaks, launches = [], []
    for outcome in OUTCOMES:
        name = Construct.of(outcome).label
        found = page.trends[outcome]
        series.append(Series(name, outcome, [_point(page, each) for each in found.points]))
        for each in found.breaks:
            before = quarter_label(each.quarter)
            if each.joined:
                launches.append(Mark(before, f"{name} question: words changed a little", name))
            else:
                words = f"{outcome} question changed: not joined before here"
                breaks.append(Mark(before, words, name))
    return trend(
        [each for each in series if each.points],
        title="Trust and satisfaction, by quarter",
        note=f"Share who agree or strongly agree, or give 4 or 5 stars. {bands_note(page)}",
        breaks=breaks,
        launches=launches,
        first_column="Fiscal quarter",
        key="trend",
    )


def bands_note(page: ServicePage) -> str:
    """What the bands of the trend mean, and where there are none, why."""
    bases = {p.share.basis for t in page.trends.values() for p in t.points if page.shows(p)}
    if Basis.CHOSE not in bases:
        return "Bands show how sure we are."
    if len(bases) == 1:
        return NO_LINES
    return "Bands show how sure we are; there are none where people chose to answer."


def _point(page: ServicePage, point: TrendPoint) -> Point:
    share = page.share_of(point)
    label = quarter_label(point.quarter)
    if not page.shows(point):
        return Point(label, suppressed=True)
    return Point(label, share.share, *share.ends, n=share.n)


def answer_charts(page: ServicePage) -> list[Chart]:
    """How the answers to each question fall: outcomes, drivers, others; a chart for each scale."""
    drivers = page.drivers
    outcomes = [each for each in page.rated if each.construct in OUTCOMES]
    others = [each for each in page.rated if each not in drivers and each not in outcomes]
    charts: list[Chart] = []
    for name, questions in (("", outcomes), ("drivers", drivers), ("other questions", others)):
        for response in dict.fromkeys(each.question.answered_by for each in questions):
            part = [each for each in questions if each.question.answered_by is response]
            about = dict.fromkeys(each.construct for each in part)
            charts.append(_spread(page, name or " and ".join(about), response, part))
    return charts


def _spread(
    page: ServicePage, name: str, response: ResponseType, questions: Sequence[QuestionCounts]
) -> Chart:
    return distribution(
        [
            Spread(text, _in_order(counts, response), _is_few(page, counts))
            for _, text, counts, _ in pooled(questions)
        ],
        [code_label(response, code, "en") for code in SCALES[response.value].codes],
        title=f"How people answered: {name}",
        note=f"{response.label}. Each bar is everybody who answered.",
        key=f"answers-{name.split()[0]}-{response.value}",
    )


def choice_charts(page: ServicePage) -> list[Chart]:
    """The agency's own questions with options: the share who chose each."""
    charts = []
    chosen = {ResponseType.CHOICE, ResponseType.CHOICES}
    for each in page.counts:
        if each.question.mode is None and each.question.answered_by in chosen:
            rows = _options(page, each, each.answered)
            text, key = each.question.words(), f"q-{each.version.pk}-{each.question.id}"
            charts.append(bars(rows, title=text, first_column="Answer", key=key))
    return charts


def driver_chart(page: ServicePage) -> Chart | None:
    """The score of each driver asked on a scale, lowest first; None when none was asked so."""
    found = [
        (_driver_name(key, text, page), share_agreeing(counts, key.scale, basis), counts)
        for key, text, counts, basis in pooled(page.drivers)
    ]
    if not found:
        return None
    found.sort(key=lambda each: each[1].share or 0)
    names = [name for name, _, _ in found]
    shown = [share for _, share, counts in found if not _is_few(page, counts)]
    title = drivers_title(names, shown) if len(shown) == len(found) else drivers_title([], [])
    lowest = title.endswith("gets the least agreement") and not title.startswith("No driver")
    rows = [
        _row(name, share, hidden=_is_few(page, counts), attention=lowest and at == 0)
        for at, (name, share, counts) in enumerate(found)
    ]
    return intervals(
        rows,
        title=title,
        note=f"Share who agree, lowest first. {lines_note(share for _, share, _ in found)}",
        first_column="Driver",
        key="drivers",
    )


def tap_charts(page: ServicePage) -> list[Chart]:
    """What people tapped under a low and under a high rating: the share of those shown it."""
    charts = []
    for side, title in _SIDES.items():
        for each in page.taps(side):
            rows = _options(page, each, each.shown)
            rows.sort(key=lambda row: -(row.value or 0))
            charts.append(
                bars(
                    rows,
                    title=title,
                    note=f"Share of the {number(each.shown)} people who were shown these."
                    if each.shown >= page.smallest
                    else "",
                    first_column="Driver",
                    key=f"taps-{side}-{each.version.pk}",
                )
            )
    return charts


def units_chart(units: UnitsCompared, smallest: int, measure: str = "Trust") -> Chart:
    """The offices, lowest first; one is set apart only where chance does not explain it."""
    title = units_title(
        standing_units(units, Standing.BELOW), standing_units(units, Standing.ABOVE)
    )
    return intervals(
        [
            _row(
                row.unit.name,
                row.share,
                hidden=row.hidden,
                attention=row.standing is Standing.BELOW and not row.hidden,
            )
            for row in units.rows
        ],
        title=title,
        note=f"{measure} by office, lowest first. Dotted line: all offices."
        f" {lines_note(row.share for row in units.rows)}",
        reference=units.total.share if units.total.n >= smallest else None,
        reference_label="all",
        key="units",
    )


def standing_units(units: UnitsCompared, standing: Standing) -> list[str]:
    """The names of the shown offices that stand there."""
    return [row.unit.name for row in units.rows if row.standing is standing and not row.hidden]


def lines_note(shares: Iterable[Share]) -> str:
    """What the lines at the dots mean, or why there are none."""
    chose = weakest(share.basis for share in shares) is Basis.CHOSE
    return NO_LINES if chose else "Lines show how sure we are."


def pooled(
    questions: Sequence[QuestionCounts],
) -> list[tuple[Key, str, dict[str, int], Basis]]:
    """The questions of several versions, added up where they are the same: key, words, counts,
    and how people came to answer."""
    together: dict[tuple[Key, str], list[QuestionCounts]] = {}
    for each in questions:
        together.setdefault((each.key, each.question.words()), []).append(each)
    return [
        (
            key,
            text,
            pool([(part.key, part.counts) for part in parts]),
            weakest(part.basis for part in parts),
        )
        for (key, text), parts in together.items()
    ]


def _row(name: str, share: Share, *, hidden: bool, attention: bool = False) -> Row:
    if hidden:
        return Row(name, suppressed=True)
    return Row(name, share.share, *share.ends, n=share.n, attention=attention)


def _options(page: ServicePage, asked: QuestionCounts, n: int) -> list[Bar]:
    rows = []
    for code, option in zip(option_codes(asked.question), asked.question.options, strict=True):
        share = share_tapping(asked.counts.get(code, 0), n, asked.basis)
        if page.is_hidden or is_too_few(n, page.smallest):
            rows.append(Bar(option.words(), suppressed=True))
        else:
            text = f"{percent(share.share)} of {number(n)}"
            rows.append(Bar(option.words(), share.share, *share.ends, n=n, text=text))
    return rows


def _in_order(counts: dict[str, int], response: ResponseType) -> list[int]:
    return [counts.get(str(code), 0) for code in SCALES[response.value].codes]


def _is_few(page: ServicePage, counts: dict[str, int]) -> bool:
    return page.is_hidden or is_too_few(sum(counts.values()), page.smallest)


def _driver_name(key: Key, text: str, page: ServicePage) -> str:
    """The driver's short name; the words of the question where two ask for one driver."""
    same = {
        each.question.words()
        for each in page.drivers
        if construct_of(each.question) == key.construct
    }
    return Construct.of(key.construct).label if len(same) == 1 else text
