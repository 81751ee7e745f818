"""What we owe, what came late, and how the Capacity Assessment stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.obligations.rules.vocabulary import Code, State
from cx280.oversight.rules.briefing.shown import count_of
from cx280.oversight.rules.slides import Lines, Slide, Table
from cx280.pages.written import shortdate

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed, and how it stands."""

    code: str
    name: str
    whose: str
    period: str
    due: date
    state: State
    met_on: date | None
    when: str  # `5 days late`


@dataclass(frozen=True, slots=True)
class Assessed:
    """The Capacity Assessment of a year as it was handed to OMB.

    rows: (function, level, what it rests on); initiatives: what is underway or planned, in words.
    """

    fiscal_year: int
    rows: Sequence[tuple[str, str, str]] = ()
    initiatives: Sequence[str] = ()


@implements("280.14-d2")
def duties_slide(duties: Sequence[Duty], fiscal_year: int) -> Slide:
    """How many of the duties that fell due came late or are missing; each of those by name."""
    fell_due = [each for each in duties if each.state.counts]
    late = [each for each in fell_due if each.state is State.LATE]
    missing = [each for each in fell_due if each.state is State.MISSING]
    ahead = [each for each in duties if each.state in {State.NOT_STARTED, State.IN_PROGRESS}]
    blocks: list[Table | Lines] = []
    if late or missing:
        blocks.append(_table("Late or missing", [*missing, *late]))
    else:
        blocks.append(Lines(("Nothing is late and nothing is missing.",)))
    if ahead:
        blocks.append(_table("What comes next", sorted(ahead, key=lambda each: each.due)[:4]))
    years = f"FY{fiscal_year - 1} and FY{fiscal_year}"
    notes = [f"{count_of(len(fell_due), 'duty', 'duties')} fell due in {years}."]
    notes += [f"Say why {each.name}, {each.period}, is missing." for each in missing[:3]]
    notes.append("Lateness is counted from the date that OMB published, where it published one.")
    return Slide(
        "duties", _title(fell_due, late, missing), tuple(blocks), tuple(notes), ("280.16-a4",)
    )


def _title(fell_due: Sequence[Duty], late: Sequence[Duty], missing: Sequence[Duty]) -> str:
    if not fell_due:
        return "Nothing has fallen due yet"
    whole = count_of(len(fell_due), "duty", "duties")
    if not late and not missing:
        return f"Every one of {whole} that fell due was met on time"
    be = "is" if len(missing) == 1 else "are"
    if not late:
        return f"{len(missing)} of {whole} {be} missing"
    also = f", {len(missing)} {be} missing" if missing else ""
    return f"{len(late)} of {whole} came late{also}"


def _table(caption: str, duties: Sequence[Duty]) -> Table:
    return Table(
        caption,
        ("What", "For whom", "Due", "How it stands"),
        tuple(
            (
                f"{each.name}, {each.period}",
                each.whose,
                shortdate(each.due),
                f"{each.state.label}, {each.when}" if each.when else each.state.label,
            )
            for each in duties
        ),
    )


@implements("280.14-d2")
def assessment_slide(duties: Sequence[Duty], assessed: Assessed) -> Slide:
    """Whether the year's Capacity Assessment reached OMB, and its results where they are here."""
    year = f"FY{assessed.fiscal_year}"
    mine = [
        each for each in duties if each.code == Code.CAPACITY_ASSESSMENT and each.period == year
    ]
    row = mine[0] if mine else None
    blocks: list[Table | Lines] = []
    if assessed.rows:
        head = ("Function", "Level", "What it rests on")
        blocks.append(Table(f"Results of the assessment, {year}", head, tuple(assessed.rows)))
        blocks.append(Lines(_initiatives(assessed.initiatives)))
    else:
        blocks.append(
            Lines(("Its results are not kept here. Bring the document OMB was sent.",))
            if row and row.met_on
            else Lines(("There are no results to show yet.",))
        )
    if row is None:
        title = f"No Capacity Assessment is owed for {year}"
    elif row.met_on is not None:
        title = f"OMB got the Capacity Assessment of {year} on {shortdate(row.met_on)}"
        title += f", {row.when}" if row.state is State.LATE else ""
    else:
        title = f"The Capacity Assessment of {year} is {row.state.label.lower()}"
        title += f", due {shortdate(row.due)}"
    notes = ["The deep dive is where OMB hears what the assessment found."]
    notes += [f"Underway or planned: {each}." for each in assessed.initiatives]
    return Slide("assessment", title, tuple(blocks), tuple(notes), ("280.14-d1", "280.17-c1"))


def _initiatives(told: Sequence[str]) -> tuple[str, ...]:
    """The first few on the slide, the others in the notes."""
    if not told:
        return ("No initiative is underway or planned.",)
    more = len(told) - _SHOWN
    last = (f"And {more} more.",) if more > 0 else ()
    return (*(f"Underway or planned: {each}." for each in told[:_SHOWN]), *last)
