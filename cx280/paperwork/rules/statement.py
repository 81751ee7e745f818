"""Supporting Statement A for an umbrella clearance: 18 items, as far as cx280 can draft them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cx280.circular.implements import implements
from cx280.clearance.rules.ledger import Ceiling, Line
from cx280.paperwork.rules.blocks import Block, Document, Grid, Heading, Listing, Text
from cx280.paperwork.rules.statement_texts import CIRCUMSTANCES, DASHBOARD, ITEMS
from cx280.paperwork.rules.wording import day, hours, minutes, money

TITLE = "Supporting Statement A for Paperwork Reduction Act Submission"
STANDING = "Draft made by cx280, not reviewed by anybody"


@dataclass(frozen=True, slots=True)
class Umbrella:
    """What is known of an umbrella and of what is collected under it.

    lines: its ledger. services: names of those asked about. elsewhere: surveys that the agency runs
    in other systems. federal_cost: of all requests that say one, for a year. incentives: titles of
    requests that give one. languages: in which people are asked.
    """

    agency: str
    title: str
    control_number: str
    starts_on: date
    expires_on: date
    ceiling: Ceiling
    lines: Sequence[Line]
    permits_release: bool
    services: Sequence[str] = ()
    elsewhere: Sequence[str] = ()
    languages: Sequence[str] = ()
    channels: Sequence[str] = ()
    incentives: Sequence[str] = ()
    federal_cost: Decimal | None = None
    reports_quarterly: bool = False
    simulated: bool = False

    @property
    def years(self) -> Decimal:
        """How long it lasts, in years; never less than a day."""
        days = max((self.expires_on - self.starts_on).days + 1, 1)
        return Decimal(days) / Decimal("365.25")


@implements("280.11-a2")
def statement_of(umbrella: Umbrella) -> Document:
    """The draft: every item with what is known, and in red what only the agency can write."""
    blocks: list[Block] = [
        Text(f"OMB Control Number: {umbrella.control_number}"),
        Text(
            "This is a draft. cx280 wrote what it knows; red lines are for the agency to write, and"
            " all of it is for the agency to read, correct and own.",
            tone="missing",
        ),
    ]
    for number, (heading, draft) in enumerate(ITEMS, start=1):
        blocks.append(Heading(f"{number}. {heading}"))
        blocks += [Text(words) for words in draft]
        blocks += _KNOWN.get(number, _nothing)(umbrella)
    return Document(
        title=TITLE,
        subject=f"{umbrella.title}, {umbrella.agency}",
        author=umbrella.agency,
        standing=STANDING,
        blocks=blocks,
        simulated=umbrella.simulated,
    )


def _nothing(_umbrella: Umbrella) -> list[Block]:
    return []


def _write(words: str) -> Text:
    return Text(f"[The agency writes: {words}]", tone="missing")


def _necessity(umbrella: Umbrella) -> Iterator[Block]:
    asked = ", ".join(umbrella.services)
    if asked:
        yield Text(f"{umbrella.agency} asks about these services now: {asked}.")
    yield _write("the review type (new, revision, extension) and its own authorities.")


def _use(umbrella: Umbrella) -> Iterator[Block]:
    kinds = {each.kind for each in umbrella.lines}
    if umbrella.reports_quarterly:
        yield Text(
            "Scores of trust, satisfaction and the drivers of experience are reported to OMB each"
            " quarter as Section 280 asks."
        )
    if kinds - {"survey"}:
        yield Text(
            "Findings of customer research and usability tests each lead to an action, or to a"
            " written reason why there is none."
        )
    yield _write("what it changed because of what it learned under the present approval.")


def _technology(umbrella: Umbrella) -> Iterator[Block]:
    if umbrella.channels:
        yield Text(f"People are asked by these means: {', '.join(umbrella.channels)}.")
    if umbrella.languages:
        yield Text(f"They are asked in {', '.join(umbrella.languages)}.")


def _duplication(umbrella: Umbrella) -> Iterator[Block]:
    if umbrella.elsewhere:
        yield Text("Surveys that run in other systems stand in the same plan:")
        yield Listing(list(umbrella.elsewhere))
    else:
        yield Text("No survey of the agency that runs in another system is known.")


def _circumstances(_umbrella: Umbrella) -> Iterator[Block]:
    yield Text("None of these applies:")
    yield Listing(list(CIRCUMSTANCES))


def _notices(_umbrella: Umbrella) -> Iterator[Block]:
    yield _write("the days and pages of its 60-day and 30-day notices in the Federal Register.")
    yield _write("the comments it received, its answers, and whom it consulted outside.")


def _gifts(umbrella: Umbrella) -> Iterator[Block]:
    if not umbrella.incentives:
        yield Text("None is planned.")
        return
    yield Text("These collections give one; each request justifies it:")
    yield Listing(list(umbrella.incentives))


def _burden(umbrella: Umbrella) -> Iterator[Block]:
    years = umbrella.years
    responses, allowed = umbrella.ceiling.responses, umbrella.ceiling.hours
    yield Text(
        f"The ceiling asked for is {responses:,} responses and {hours(allowed)} hours from"
        f" {day(umbrella.starts_on)} to {day(umbrella.expires_on)}, or"
        f" {round(responses / years):,} responses and {hours(allowed / years)} hours a year."
    )
    taken = [each for each in umbrella.lines if each.counts]
    rows = [
        (each.title, _KINDS.get(each.kind, each.kind), f"{each.responses:,}",
         minutes(each.minutes), hours(each.hours))
        for each in taken
    ]  # fmt: skip
    total = ("Total", "", f"{sum(each.responses for each in taken):,}", "",
             hours(sum((each.hours for each in taken), Decimal(0))))  # fmt: skip
    yield Grid(
        "Approved so far, for the whole time. Federal employees are not counted.",
        ("Collection", "Kind", "Responses", "Minutes each", "Hours"),
        [*rows, total],
        frozenset({2, 3, 4}),
        total=True,
        widths=(0.35, 0.17, 0.17, 0.13, 0.18),
    )
    yield _write("the wage rate by which it turns these hours into a cost to respondents.")


def _federal_cost(umbrella: Umbrella) -> Iterator[Block]:
    if umbrella.federal_cost is None:
        yield _write("the cost to the Federal Government for a year, and how it was estimated.")
        return
    yield Text(
        f"The requests under this clearance estimate {money(umbrella.federal_cost)} a year"
        " together, in staff, operation and printing."
    )
    yield _write("costs that stand in no request, such as contracts for tools.")


def _changes(_umbrella: Umbrella) -> Iterator[Block]:
    yield _write("what changes against the approval before, and why; N/A for a new one.")


def _publication(umbrella: Umbrella) -> Iterator[Block]:
    if not umbrella.permits_release:
        yield Text("The terms of this clearance do not let results be made public.")
        return
    yield Text("With each quarter's report these are published, and no answer of one person:")
    yield Listing(list(DASHBOARD))
    yield Text("Counts too small to keep people unknown are withheld, with those that reveal them.")


def _display(umbrella: Umbrella) -> Iterator[Block]:
    yield Text(
        f"Control number {umbrella.control_number} and its expiration date stand on the first page"
        " of every instrument, in each language. No exception is asked for."
    )


_KINDS = {
    "survey": "Survey",
    "customer_research": "Customer research",
    "usability_test": "Usability test",
}
_KNOWN = {
    1: _necessity, 2: _use, 3: _technology, 4: _duplication, 7: _circumstances, 8: _notices,
    9: _gifts, 12: _burden, 14: _federal_cost, 15: _changes, 16: _publication, 17: _display,
}  # fmt: skip
