"""How somebody came to a survey page: what every link of the page to itself has to say again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from cx280.delivery.rules.following import ALONG
from cx280.delivery.rules.letters import ANSWER, ENDED, GROUP


@dataclass(frozen=True, slots=True)
class Way:
    """What the address said, as far as it is kept.

    chosen: {question id: [code]}, the answers of a message's link. repeated: a page of thanks says
    that the answers were here already. embed: how a website shows the page in a frame, or "try".
    contact: names the answers just sent, sealed, for who wants to be contacted about them.
    """

    unit: str = ""
    group: str = ""
    employee: bool = False
    visit: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    repeated: bool = False
    ended: str = ""
    embed: str = ""
    contact: str = ""
    along: str = ""

    def query(self, language: str) -> str:
        """`?lang=es&unit=…`: the same page in that language, with nothing lost."""
        said = {
            "lang": language,
            "unit": self.unit,
            GROUP: self.group,
            "who": "employee" if self.employee else "",
            "visit": self.visit,
            ENDED: self.ended,
            "again": "1" if self.repeated else "",
            "embed": self.embed,
            "contact": self.contact,
            ALONG: self.along,
        }
        answers = [(ANSWER + name, code) for name, codes in self.chosen.items() for code in codes]
        return "?" + urlencode([*((name, each) for name, each in said.items() if each), *answers])

    def apart(self, language: str) -> str:
        """The same, joined neither with the visit to the website nor with other steps."""
        return replace(self, visit="", along="").query(language)
