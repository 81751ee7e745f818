"""What the pages of a website carry for cx.js and for a survey that it shows: lines to copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from cx280.delivery.rules.vocabulary import EmbedKind, Moment

# What cx.js calls the moments, as `data-cx-ask` names them.
_EVENTS = {
    Moment.COMPLETED: "transaction_complete",
    Moment.ENDED: "transaction_complete abandon",
    Moment.GIVEN_UP: "abandon",
    Moment.OPENED: "page_view",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a page carries. address: of the survey; code: its name; words: of the link."""

    address: str
    code: str
    words: str
    moment: Moment | None = None
    unit: str = ""

    def written(self, kind: EmbedKind, *, tries: bool = False) -> str:
        """The HTML. Without a script it is a plain link. tries: for a look at it, of nobody.

        A prompt's link shows where scripts do not run, and nowhere else: beside a prompt it would
        bring answers from people who were never drawn.
        """
        when = _EVENTS[self.moment or Moment.COMPLETED] if kind is EmbedKind.PROMPT else "now"
        unit = f' data-cx-unit="{escape(self.unit)}"' if self.unit else ""
        unit += " data-cx-try" if tries else ""
        link = f'<a href="{escape(self.address)}">{escape(self.words)}</a>'
        inner = f"<noscript>{link}</noscript>" if kind is EmbedKind.PROMPT else link
        return (
            f'<div data-cx-ask="{when} {kind.value}" data-cx-of="{escape(quote(self.code))}"{unit}>'
            f"{inner}</div>"
        )


def script_tag(address: str, key: str, queries: Sequence[str] = ()) -> str:
    """The one line for the head of every page; it names the parts of a query that are kept."""
    kept = f' data-queries="{escape(",".join(queries))}"' if queries else ""
    return (
        f'<script src="{escape(address)}/t/cx.js" data-site="{escape(key)}"{kept} defer></script>'
    )


def policy(address: str) -> str:
    """What the content policy of the website has to allow, and nothing more."""
    return "; ".join(f"{name} {address}" for name in ("script-src", "connect-src", "frame-src"))
