"""The verbs of the Circular on the command line."""

import json
import re

import click

from cx280.circular.deadlines import Due, edition_for, obligations_of
from cx280.circular.edition import Edition, edition
from cx280.circular.glossary import vocabulary_page

_YEAR = re.compile(r"^(?:FY)?\s*(\d{4})$", re.IGNORECASE)


@click.command()
@click.argument("edition_or_fy")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def deadlines(edition_or_fy: str, as_json: bool) -> None:
    """What is due in a fiscal year, and by when: `cx280 deadlines FY2022`.

    A year without an edition of its own follows the rules of the last edition before it.
    """
    found, fiscal_year = _edition_and_year(edition_or_fy)
    dues = obligations_of(found, fiscal_year)
    if as_json:
        click.echo(json.dumps([each.as_dict() for each in dues], indent=2))
        return
    click.echo(_table(dues))
    for note in _notes(found, fiscal_year, dues):
        click.echo(f"\n{note}")


def _edition_and_year(written: str) -> tuple[Edition, int]:
    year = _YEAR.match(written.strip())
    if year:
        return edition_for(int(year[1])), int(year[1])
    known = edition(written.strip())  # an edition that is not named for its year, or a refusal
    return known, known.circular_year


def _table(dues: list[Due]) -> str:
    head = ("due", "act by", "rule date", "period", "what", "for each", "source")
    rows = [
        (
            each.due.isoformat() + ("*" if each.published else ""),
            each.act_by.isoformat(),
            each.rule_date.isoformat(),
            each.period,
            each.name,
            each.scope,
            each.source,
        )
        for each in dues
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
             for row in [head, *rows]]  # fmt: skip
    return "\n".join(lines)


def _notes(found: Edition, fiscal_year: int, dues: list[Due]) -> list[str]:
    notes = []
    if any(each.published for each in dues):
        notes.append("* Published by OMB; it wins over the rule date (280.16-a4).")
    if found.id != f"FY{fiscal_year}":
        notes.append(f"FY{fiscal_year} has no edition of its own here: the rules are {found.id}’s.")
    early = [each for each in dues if each.before_edition]
    if early:
        notes.append(
            f"{len(early)} of these dates lie before the edition itself "
            f"({found.effective_on:%B} {found.effective_on.day}, {found.effective_on.year}): "
            f"for information only. {found.issued_note}".strip()
        )
    return notes


@click.command()
def vocabulary() -> None:
    """The words of the field as we use them, as a page of the documentation."""
    click.echo(vocabulary_page(), nl=False)
