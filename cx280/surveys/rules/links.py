"""The addresses people answer a survey at, and the piece of HTML a website shows them with."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from cx280.circular.implements import implements

# A page takes a tenth of a second; more in one file would hold a process up too long.
POSTERS_AT_ONCE = 200


def address(site: str, survey_code: str, unit_code: str = "") -> str:
    """The survey's public address, for one unit when its code is given."""
    link = f"{site.rstrip('/')}/s/{quote(survey_code)}/"
    return f"{link}?unit={quote(unit_code)}" if unit_code else link


@implements("280.10-k2")
def snippet(link: str, words: str) -> str:
    """A link for the foot or the navigation of a website: no script, no cookie, nobody else."""
    return f'<a href="{escape(link)}">{escape(words)}</a>'
