"""The codebook: the themes that comments are filed under, each with the words that give it away."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from cx280.kernel.problem import Unusable
from cx280.stats.text.tokens import plain, words_of
from cx280.surveys.rules.vocabulary import Construct

LANGUAGES = {"en": "English", "es": "Spanish"}
# What a theme may speak for; "" for none of them.
DRIVERS = ("", *(each.value for each in (
    Construct.EFFECTIVENESS, Construct.EASE, Construct.EFFICIENCY, Construct.EQUITY,
    Construct.TRANSPARENCY, Construct.EMPLOYEE)))  # fmt: skip
_MOST_THEMES, _MOST_CUES, _LONGEST_CUE, _SHORTEST_START = 60, 200, 60, 3
LONGEST_NAME, LONGEST_DEFINITION = 60, 300


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One theme. code: never changes, so that counts of years stay joined; driver: one of DRIVERS.

    cues: by language (`en`, `es`), words and phrases; `wait*` finds words that begin so.
    retired: kept for old counts, found no more.
    """

    code: str
    name: str
    definition: str
    driver: str = ""
    cues: dict[str, tuple[str, ...]] = {}
    retired: bool = False


class Codebook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The themes of an agency, in the order people read them."""

    themes: tuple[Theme, ...]

    def theme(self, code: str) -> Theme | None:
        """The theme of that code, retired or not; None when there is none."""
        return next((each for each in self.themes if each.code == code), None)

    @property
    def active(self) -> tuple[Theme, ...]:
        """The themes that comments are filed under now."""
        return tuple(each for each in self.themes if not each.retired)

    @property
    def digest(self) -> str:
        """The same 16 hexadecimal digits for the same codebook, others for another."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:16]


@cache
def federal() -> Codebook:
    """The codebook that every agency starts with: English and Spanish, aligned to the drivers."""
    text = (Path(__file__).parent / "federal.toml").read_text(encoding="utf-8")
    return Codebook(tuple(_listed(each) for each in tomllib.loads(text)["themes"]))


def _listed(written: Mapping[str, Any]) -> Theme:
    cues = {language: tuple(written.get(language, ())) for language in LANGUAGES}
    fields = {key: written[key] for key in ("code", "name", "definition", "driver")}
    return Theme(**fields, cues=cues)


def read_codebook(data: object) -> Codebook:
    """The codebook in plain data, as `as_data` writes it; raises Unusable for anything else."""
    try:
        return msgspec.convert(data, Codebook)
    except msgspec.ValidationError as problem:
        raise Unusable(f"This is not a codebook: {problem}.") from problem


def as_data(codebook: Codebook) -> dict[str, Any]:
    """The codebook as plain data for the record."""
    found: dict[str, Any] = msgspec.to_builtins(codebook)
    return found


def cues_in(text: str) -> tuple[str, ...]:
    """The cues written one a line or parted by commas, each once, tidied; at most 200.

    Raises Unusable for a cue without a word, one that is too long, or a start like `a*` that
    would find half the language.
    """
    parts = [" ".join(part.split()) for part in text.replace("\n", ",").split(",")]
    cues = tuple(dict.fromkeys(part.lower() for part in parts if part))
    if len(cues) > _MOST_CUES:
        raise Unusable(f"A theme has at most {_MOST_CUES} cue words.", field="cues")
    for cue in cues:
        _check_cue(cue)
    return cues


def _check_cue(cue: str) -> None:
    stem = cue.removesuffix("*")
    words = words_of(stem)
    if len(cue) > _LONGEST_CUE or "*" in stem or not words:
        raise Unusable(
            f"“{cue}” is not a word or a short phrase.",
            field="cues",
            fix="Write words; one * may stand at the end: wait*.",
        )
    if cue.endswith("*") and len(words) == 1 and len(plain(words[0])) < _SHORTEST_START:
        raise Unusable(
            f"“{cue}” would find too many words. Write at least three letters.", field="cues"
        )


def with_theme(codebook: Codebook, theme: Theme) -> Codebook:
    """The codebook with the theme in the place of the one of its code, or at the end.

    Raises Unusable for a name or definition that is missing, too long or taken.
    """
    _check(codebook, theme)
    if codebook.theme(theme.code) is None:
        if len(codebook.themes) >= _MOST_THEMES:
            raise Unusable(f"A codebook has at most {_MOST_THEMES} themes. Retire one first.")
        return Codebook((*codebook.themes, theme))
    return Codebook(tuple(theme if each.code == theme.code else each for each in codebook.themes))


def with_retired(codebook: Codebook, theme: Theme) -> Codebook:
    """The codebook with a theme in use taken out of use, or a retired one brought back.

    Raises Unusable when another theme has its name by now.
    """
    return with_theme(codebook, msgspec.structs.replace(theme, retired=not theme.retired))


def _check(codebook: Codebook, theme: Theme) -> None:
    name, definition = theme.name.strip(), theme.definition.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise Unusable(f"A theme has a name of at most {LONGEST_NAME} characters.", field="name")
    if not 0 < len(definition) <= LONGEST_DEFINITION:
        raise Unusable("Say in a sentence what belongs to this theme.", field="definition")
    if theme.driver not in DRIVERS:
        raise Unusable(f"“{theme.driver}” is not a driver.", field="driver")
    others = {each.name.casefold() for each in codebook.active if each.code != theme.code}
    if name.casefold() in others and not theme.retired:
        raise Unusable(f"There is already a theme called {name}.", field="name")


def changes_between(before: Codebook, after: Codebook) -> list[str]:
    """What changed, a phrase for each theme: `added Waiting`, `retired Phone`; [] for nothing."""
    old = {each.code: each for each in before.themes}
    return [change for theme in after.themes for change in _change(old.get(theme.code), theme)]


def _change(old: Theme | None, new: Theme) -> Iterable[str]:
    if old is None:
        return [f"added {new.name}"]
    if old == new:
        return []
    if old.retired != new.retired:
        return [f"retired {new.name}" if new.retired else f"brought back {new.name}"]
    if old.name != new.name:
        return [f"renamed {old.name} to {new.name}"]
    return [f"changed {new.name}"]
