"""What goes with trust in a service: always “goes with”, never “causes”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.measures.rules.drivers import ASSOCIATION, Driver, Finding
from cx280.measures.rules.tapped_drivers import TapFinding
from cx280.oversight.rules.briefing.shown import cell_of, listed, spread
from cx280.oversight.rules.slides import Lines, Slide, Table
from cx280.pages.written import number, percent

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Driving:
    """A service with what goes with trust in it; finding: None where no driver was on a scale."""

    service: str
    finding: Finding | None
    taps: Sequence[TapFinding]
    smallest: int


@implements("280.14-d2")
def drivers_slide(found: Driving, key: str) -> Slide:
    """The drivers by importance with how sure that is; else what low raters tap; else why not."""
    rules = ("280.10-a3", "280.4-f2")
    if found.finding is not None and found.finding.analysis is not None:
        return Slide(
            key,
            _title(found.service, found.finding),
            (_table(found.finding, found.smallest), Lines((ASSOCIATION,))),
            _notes(found.finding),
            rules,
        )
    told = [each for each in found.taps if each.analysis is not None]
    if told:
        return Slide(key, _tap_title(found.service, told[0]), _taps(told), (ASSOCIATION,), rules)
    why = found.finding.refusal if found.finding else ""
    why = why or next((each.refusal for each in found.taps if each.refusal), "")
    words = why or "No survey of this service asks about drivers in a way that can be weighed."
    title = f"It cannot be told yet what goes with trust in {found.service}"
    return Slide(key, title, (Lines((words,)),), ("Say what is missing and by when.",), rules)


def _title(service: str, finding: Finding) -> str:
    leading = [_small(each) for each in finding.leading]
    if len(leading) <= min(_MOST_NAMED, len(finding.drivers) - 1):
        apart = "" if len(leading) == 1 else "; the evidence does not separate them"
        return f"Trust in {service} goes most with {listed(leading)}{apart}"
    return f"Trust in {service} goes with no driver clearly more than with the others"


def _table(finding: Finding, smallest: int) -> Table:
    return Table(
        f"Drivers, from {number(finding.analysis.n if finding.analysis else 0)} answers",
        ("Driver", "Part of the explained difference", "Share who agree", "Fix first"),
        tuple(
            (each.name, _part(each, finding), cell_of(each.score, smallest),
             "yes" if each.fix_first else "no")
            for each in finding.drivers
        ),
    )  # fmt: skip


def _part(driver: Driver, finding: Finding) -> str:
    said = percent(driver.found.share)
    if finding.self_selected:
        return said
    return said + spread((driver.found.share_low, driver.found.share_high))


def _notes(finding: Finding) -> tuple[str, ...]:
    fix = [_small(each.name) for each in finding.fix_first]
    first = (
        f"Fix first: {listed(fix)}. More than an even part, and fewer people agree than with half "
        "of the drivers."
        if fix
        else "No driver is both clearly important and clearly low."
    )
    period = finding.quarters
    when = "" if not period else f"From {period[0]} to {period[-1]}."
    chose = "These are people who chose to answer." if finding.self_selected else ""
    return tuple(each for each in (first, when, chose) if each)


def _tap_title(service: str, finding: TapFinding) -> str:
    names = finding.analysis.penalties if finding.analysis else ()
    if not names:
        return f"Low and high raters of {service} tap the same, as far as can be told"
    named = listed([_small(each) for each in names[:_MOST_NAMED]])
    return f"Where trust in {service} is rated low, people tap {named} more"


def _taps(found: Sequence[TapFinding]) -> tuple[Table, ...]:
    return tuple(
        Table(
            each.question,
            ("What is tapped more", "Under which rating"),
            tuple((name, "low") for name in each.analysis.penalties)
            + tuple((name, "high") for name in each.analysis.rewards),
        )
        for each in found
        if each.analysis is not None and (each.analysis.penalties or each.analysis.rewards)
    )


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]
