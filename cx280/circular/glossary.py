"""The vocabulary: the field's words as this project uses them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from cx280.circular.implements import implements

_FILE = Path(__file__).parent / "glossary.toml"

_INTRODUCTION = """# Vocabulary

One word, one meaning: on screen, in code, in the data and in these pages. The ids name the rules
that a word comes from; the list of [rules by id](rules.md) says what each asks.
"""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, what it means here, the rules it comes from and the document it follows, if any."""

    term: str
    meaning: str
    rules: tuple[str, ...]
    cites: str = ""


@cache
@implements("280.fn3")
def glossary() -> MappingProxyType[str, Term]:
    """Every term by its name in small letters, in alphabetical order."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))["terms"]
    terms = [Term(**{**each, "rules": tuple(each["rules"])}) for each in raw]
    return MappingProxyType({each.term.lower(): each for each in terms})


def vocabulary_page() -> str:
    """The documentation page of all terms, in Markdown."""
    lines = [_INTRODUCTION, "| word | what it means here | rules |", "|---|---|---|"]
    for each in glossary().values():
        cited = f" As {each.cites} defines it." if each.cites else ""
        links = ", ".join(f"[{rule}](rules.md#{rule})" for rule in each.rules)
        lines.append(f"| **{each.term}** | {each.meaning}{cited} | {links} |")
    return "\n".join(lines) + "\n"
