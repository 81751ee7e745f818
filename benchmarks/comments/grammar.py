"""A grammar of comments: sentences with placeholders, each filled and marked, then disturbed.

The same seed gives the same sentences. Disturbances are those of people who type on telephones:
no capitals, all capitals, doubled spaces, a letter left out beside (never inside) what is marked.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from benchmarks.comments import fillers, sentences, unseen

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """One made-up comment; spans: start, end, kind. `group` says how it was made."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    group: str  # en, es, negative


def corpus(count: int, seed: int = 280) -> list[Marked]:
    """That many comments: about half English, a fifth Spanish, the rest without personal data."""
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        group = rng.choices(("en", "es", "negative"), (0.5, 0.2, 0.3))[0]
        made.append(_comment(group, rng))
    return made


def unseen_corpus(count: int, seed: int = 281) -> list[Marked]:
    """That many comments of the sentences nobody tuned a rule on, disturbed alike."""
    rng = random.Random(seed)
    sources = (("en", unseen.PERSONAL), ("es", unseen.SPANISH), ("negative", unseen.NEGATIVE))
    made = []
    for _ in range(count):
        group, templates = rng.choices(sources, (0.5, 0.2, 0.3))[0]
        text, spans = _filled(rng.choice(templates), rng, spanish=group == "es")
        made.append(_disturbed(Marked(text, tuple(spans), group), rng))
    return made


def _comment(group: str, rng: random.Random) -> Marked:
    if group == "negative":
        templates = [rng.choice(sentences.NEGATIVE) for _ in range(rng.choice((1, 1, 2)))]
    else:
        kinds = sentences.ENGLISH if group == "en" else sentences.SPANISH
        templates = [rng.choice(kinds[rng.choice(list(kinds))])]
        plain = sentences.PLAIN if group == "en" else sentences.PLAIN_SPANISH
        if rng.random() < 0.5:
            templates.insert(rng.randrange(2), rng.choice(plain))
    text, spans = _filled(" ".join(templates), rng, spanish=group == "es")
    return _disturbed(Marked(text, tuple(spans), group), rng)


def _filled(
    template: str, rng: random.Random, *, spanish: bool
) -> tuple[str, list[tuple[int, int, str]]]:
    out, spans, at, length = [], [], 0, 0
    for match in _PLACE.finditer(template):
        before = template[at : match.start()]
        kind, value = fillers.value_of(match[1], rng, spanish=spanish)
        out += [before, value]
        start = length + len(before)
        length = start + len(value)
        if kind:
            spans.append((start, length, kind))
        at = match.end()
    out.append(template[at:])
    marked = [(s, s + len("".join(out)[s:e].rstrip(".")), kind) for s, e, kind in spans]
    return "".join(out), marked


def _disturbed(made: Marked, rng: random.Random) -> Marked:
    """The comment as somebody in a hurry types it; every mark stays on its words."""
    how = rng.random()
    if how < 0.10:
        return _in_case(made, str.lower)
    if how < 0.16:
        return _in_case(made, str.upper)
    if how < 0.24:
        return _letter_lost(made, rng)
    return made


def _in_case(made: Marked, change: object) -> Marked:
    text = "".join(str(change(each)) if len(change(each)) == 1 else each for each in made.text)  # type: ignore[operator]
    return Marked(text, made.spans, made.group)


def _letter_lost(made: Marked, rng: random.Random) -> Marked:
    """One letter left out of a word far enough from every mark."""
    free = [
        i
        for i, each in enumerate(made.text)
        if each.isalpha()
        and each.islower()
        and all(i < s - 12 or i > e + 12 for s, e, _ in made.spans)
    ]
    if not free:
        return made
    i = rng.choice(free)
    spans = tuple((s - (s > i), e - (s > i), kind) for s, e, kind in made.spans)
    return Marked(made.text[:i] + made.text[i + 1 :], spans, made.group)
