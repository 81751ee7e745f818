"""The individual collection request: the fields of the template (version of May 13, 2024)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cx280.circular.implements import implements
from cx280.kernel.words import Word
from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.blocks import Block, Check, Checks, Document, Grid, Heading, Text, answer
from cx280.paperwork.rules.burden import BurdenRow, hours_of, respondents_of
from cx280.paperwork.rules.instrument_document import instrument_blocks
from cx280.paperwork.rules.packet import Packet
from cx280.paperwork.rules.vocabulary import (
    Activity,
    Category,
    Certification,
    Reported,
    Way,
    YesNo,
)
from cx280.paperwork.rules.wording import day, hours, minutes, money, short_day

TITLE = (
    "Request for Approval under the Generic Clearance for Improving Customer Experience"
    " (OMB Circular A-11, Section 280 Implementation)"
)


@implements("280.11-a3")
def request_document(packet: Packet, standing: str) -> Document:
    """The request with every field of the template, answered or marked as not answered yet."""
    blocks = [
        *_head(packet),
        *_details(packet.answers),
        *_burden(packet.answers),
        *_certifications(packet),
        *instrument_blocks(packet),
    ]
    return Document(
        title=TITLE,
        subject=packet.answers.title or packet.about,
        author=packet.agency,
        standing=standing,
        blocks=blocks,
        simulated=packet.simulated,
    )


def _head(packet: Packet) -> Iterator[Block]:
    given = packet.answers
    yield Text(
        f"OMB Control Number: {packet.control_number}. Expiration date:"
        f" {short_day(packet.expires_on)}"
    )
    yield Text(f"{packet.agency}. {packet.clearance}.", tone="hint")
    yield Heading("Title of information collection")
    yield answer(given.title)
    yield Heading("Purpose of collection")
    yield _hint("What we hope to learn or improve, how we use it, and what the data feed.")
    yield answer(given.purpose)
    yield Heading("Type of activity (check one)")
    yield _boxes(Activity, [given.activity])


def _details(given: Answers) -> Iterator[Block]:
    yield Heading("Activity details")
    yield Heading(
        "If this is a survey, will its results be reported to Touchpoints as part of quarterly"
        " reporting obligations specified in OMB Circular A-11 Section 280?",
        3,
    )
    yield _boxes(Reported, [given.reported])
    yield Heading("How will you collect the information? (check all that apply)", 3)
    yield _boxes(Way, given.ways)
    if Way.OTHER in given.ways:
        yield answer(given.other_way)
    for question, hint, said in (
        ("Who will you collect the information from?", "Why this group is the right one to ask.",
         given.who),
        ("How are they identified and selected?", "Everybody, or a sample, and how it is drawn.",
         given.selection),
        ("How will you ask a respondent to provide this information?", "", given.asked),
        ("What will the activity look like?", "Layout, length, format; who moderates.",
         given.looks),
    ):  # fmt: skip
        yield Heading(question, 3)
        if hint:
            yield _hint(hint)
        yield answer(said)
    yield Heading("Question list, instructions and scripts", 3)
    yield _hint("All instruments stand at the end, with control number and expiration date.")
    if given.activity is Activity.SURVEY or not given.materials.strip():
        yield Text(given.materials.strip() or "Nothing besides the instruments at the end.")
    yield Heading("When will the activity happen?", 3)
    yield answer(given.when)
    yield Heading("Is an incentive (money, reimbursement of expenses, token) provided?", 3)
    yield _boxes(YesNo, [given.incentive])
    if given.incentive is YesNo.YES or given.incentive_details:
        yield answer(given.incentive_details, "Not described and not justified yet.")


def _burden(given: Answers) -> Iterator[Block]:
    yield Heading("Burden hours")
    rows = {each.category: each for each in given.burden}
    lines = [_row(category, rows.get(category)) for category in Category]
    yield Grid(
        "Respondents until the clearance ends × minutes ÷ 60. Federal employees stand in the table"
        " and not in its total.",
        ("Category of respondent", "Number of respondents", "Participation time", "Burden hours"),
        [*lines, ("Total", f"{respondents_of(given.burden):,}", "", hours(hours_of(given.burden)))],
        frozenset({1, 2, 3}),
        total=True,
        widths=(0.34, 0.22, 0.22, 0.22),
    )
    yield Text("Hours of each line are rounded to 0.01, the total is rounded once.", tone="hint")
    yield Heading("How the burden was estimated", 3)
    yield answer(given.burden_basis)
    yield Heading("Cost", 3)
    federal, theirs = given.federal_cost, given.respondent_cost
    yield answer(
        "" if federal is None
        else f"The estimated annual cost to the Federal Government is {money(federal)}.",
        "The cost to the Federal Government is not answered yet.",
    )  # fmt: skip
    yield answer(_their_cost(theirs), "The cost to respondents is not answered yet.")


def _their_cost(cost: Decimal | None) -> str:
    if cost is None:
        return ""
    if not cost:
        return "Respondents have no cost but their time."
    return f"The estimated annual cost to all respondents, besides their time, is {money(cost)}."


def _row(category: Category, row: BurdenRow | None) -> tuple[str, str, str, str]:
    if row is None or not row.respondents:
        return (category.label, "0", "", "0.00")
    note = "" if category.counts else " (not counted)"
    return (
        category.label,
        f"{row.respondents:,}{note}",
        f"{minutes(row.minutes)} minutes",
        f"{hours(row.hours)}{note}",
    )


def _certifications(packet: Packet) -> Iterator[Block]:
    given = packet.answers
    yield Heading("Certification")
    yield Text("I certify the following to be true:")
    said = {YesNo.YES: "Yes", YesNo.NO: "No", None: "Not answered yet"}
    yield Grid(
        "Eight statements, each answered by the person who signs",
        ("No.", "Statement", "Answer"),
        [
            (str(number), each.label, said[given.certified(each)])
            for number, each in enumerate(Certification, start=1)
        ],
        widths=(0.07, 0.75, 0.18),
    )
    if given.certification_notes:
        yield Text(given.certification_notes)
    if packet.signed_by and packet.signed_on:
        yield Text(f"Certified by {packet.signed_by} on {day(packet.signed_on)}.")
    else:
        yield Text("Nobody has certified this yet.", tone="missing")
    yield Heading("Name and email address of the person who developed this collection", 3)
    yield answer(", ".join(each for each in (given.preparer_name, given.preparer_email) if each))


def _boxes(words: type[Word], chosen: object) -> Checks:
    picked = [each for each in chosen if each is not None] if isinstance(chosen, list) else []
    return Checks([Check(each.label, each in picked) for each in words])


def _hint(text: str) -> Text:
    return Text(text, tone="hint")
