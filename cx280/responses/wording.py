"""What the public pages say, in each language: read from `words/<language>.toml`.

A table of strings rather than gettext: nothing to compile before the first start, one test proves
that two languages say the same things, and a translator edits one file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cx280.surveys.rules.languages import best_language as best_language
from cx280.surveys.rules.languages import matching

_FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; `language` is the code they are written in."""

    language: str
    table: dict[str, Any]

    def __getitem__(self, section: str) -> dict[str, str]:
        """A section of the table, as templates read it: `words.foot.more`."""
        found: dict[str, str] = self.table[section]
        return found

    def say(self, section: str, key: str, **places: object) -> str:
        """The sentence with its {places} filled."""
        sentence: str = self.table[section][key]
        return sentence.format(**places)

    def day(self, day: date) -> str:
        """The day as people write it: January 28, 2022; 28 de enero de 2022."""
        pattern: str = self.table["date"]
        return pattern.format(month=self.table["months"][day.month - 1], day=day.day, year=day.year)

    def minutes(self, minutes: float) -> str:
        """The length in words: under a minute, about 1 minute, about 3 minutes."""
        if minutes < 1:
            return self.say("minutes", "under_one")
        if round(minutes) == 1:
            return self.say("minutes", "one")
        return self.say("minutes", "many", minutes=round(minutes))

    def intro(self, questions: int, minutes: float) -> str:
        """The line under the title: how many questions, how long, and that any may be skipped."""
        if questions == 1:
            return self.say("survey", "intro_one", minutes=self.minutes(minutes))
        count = self.table["numbers"].get(str(questions), str(questions))
        return self.say("survey", "intro_many", count=count, minutes=self.minutes(minutes))


@cache
def written_languages() -> list[str]:
    """The languages the pages themselves are written in, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def is_reviewed(language: str) -> bool:
    """Whether a native speaker has read over the words in that language."""
    return bool(words(language).table["reviewed"])


@cache
def words(language: str) -> Words:
    """The words in that language (`es`, `es-MX`, `zh-Hans`), or in English where there are none."""
    known = matching(language, written_languages()) or "en"
    path = _FOLDER / f"{known}.toml"
    return Words(known, tomllib.loads(path.read_text(encoding="utf-8")))
