"""What an attacker knows of one question: its release, the releases before it, and the rule.

The counts of a question are tied together by everything printed about them: the number who
answered, the share who agree, the mean, how many were shown each driver after a good or a bad
rating; and by what earlier releases of the same quarter printed. Where an earlier release agrees
with the counts of now, an attacker takes both for the same people and joins them. Where it does
not, the difference is a group of people too: those whom the correction added or took away.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cx280.measures.rules.scores import SCALES, polarity_of
from cx280.reporting.rules.content import Question, Tap
from cx280.stats.disclosure import Bounds, Name, Relation, Rule, System, broken, known_mean
from cx280.stats.disclosure.system import known_sum

ANSWERED: Name = "answered"
HIGH: Name = ("way", "agree")
REST: Name = ("way", "rest")
WAYS = ("high", "middle", "low")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same question in a release of the same quarter that stands or stood: its number."""

    release: int
    question: Question
    taps: tuple[Tap, ...] = ()


@dataclass(slots=True)
class Known:
    """The counts of one question and all that is known of them.

    shown: the names whose values are printed, now or earlier.
    """

    values: dict[Name, int] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    floors: dict[Name, int] = field(default_factory=dict)
    shown: set[Name] = field(default_factory=set)
    printed_before: set[Name] = field(default_factory=set)
    unprinted: set[Name] = field(default_factory=set)  # sums nobody prints, and changes

    @property
    def system(self) -> System:
        """All of it as the attacker's library reads it."""
        return System(
            self.values,
            tuple(self.relations),
            floors=self.floors,
            dear=frozenset({ANSWERED, HIGH}),
            never_hidden=frozenset(self.printed_before),
            always_hidden=frozenset(self.unprinted - self.shown),
        )

    @property
    def hidden(self) -> frozenset[Name]:
        """What is printed nowhere."""
        return frozenset(self.values) - self.shown

    def broken(self, smallest: int) -> list[Bounds]:
        """The counts that follow closer than the rule allows; whole numbers of people."""
        system = self.system
        rule = Rule(smallest)
        if not any(rule.is_small(self.values[name]) for name in self.values):
            return []
        return broken(system, self.hidden, rule, whole=True)


def cell(place: int) -> Name:
    """The name of the count at that place of the scale, lowest first."""
    return ("cell", place)


def known_scale(
    truth: Question, printed: Question, taps: Sequence[Tap], earlier: Sequence[Earlier]
) -> Known:
    """All that is known of a question answered on a scale, once `printed` is released.

    truth: with every count. taps: the drivers printed under it.
    """
    counts = [count or 0 for count in truth.counts or []]
    known = _skeleton(counts, truth.scale)
    _print(known, printed, taps, before=False)
    for each in earlier:
        if _is_same(known, each):
            _print(known, each.question, each.taps, before=True)
        else:
            _compare(known, each)
    lowest = 0 if printed.counts is None else 1  # a list of counts shows its zeros
    for place in range(len(counts)):
        known.floors[cell(place)] = lowest
    return known


def _skeleton(counts: list[int], scale: str) -> Known:
    """The counts, their total, those who agree and the rest, and each way a rating points."""
    known = Known({cell(at): n for at, n in enumerate(counts)})
    groups = _groups(scale)
    for name, places in groups.items():
        known.values[name] = sum(counts[at] for at in places)
        known.relations.append(known_sum((cell(at) for at in places), name))
        known.floors[name] = 0
    known.values[ANSWERED] = sum(counts)
    known.relations.append(known_sum((cell(at) for at in range(len(counts))), ANSWERED))
    known.floors[ANSWERED] = 0
    known.unprinted = set(groups) - {HIGH}
    return known


def _groups(scale: str) -> dict[Name, list[int]]:
    codes = SCALES[scale].codes
    found: dict[Name, list[int]] = {HIGH: [], REST: []}
    for place, code in enumerate(codes):
        way = polarity_of(code, scale)
        found[HIGH if way == "high" else REST].append(place)
        found.setdefault(("way", way), []).append(place)
    found.pop(("way", "high"), None)  # the same people as those who agree
    return found


def _way(polarity: str) -> Name:
    return HIGH if polarity == "high" else ("way", polarity)


def _print(known: Known, question: Question, taps: Iterable[Tap], *, before: bool) -> None:
    """Adds what a release prints of a question; before: it is printed already."""
    shown = set(_numbers(question))
    if question.mean is not None and question.answered:
        codes = SCALES[question.scale].codes
        names: dict[Name, float] = {cell(at): float(code) for at, code in enumerate(codes)}
        mean = known_mean(names, question.mean, question.answered)
        if _holds(mean, known.values):
            known.relations.append(mean)
    for tap in taps:
        name = _way(tap.polarity)
        if tap.shown is None or name not in known.values:
            continue
        if tap.shown == known.values[name]:
            shown.add(name)
        elif tap.shown < known.values[name]:  # not everybody who rated so was asked why
            least = Relation(((name, 1.0),), float(tap.shown), math.inf)
            known.relations.append(least)
    known.shown |= shown
    if before:
        known.printed_before |= shown


def _numbers(question: Question) -> dict[Name, int]:
    """The numbers of people a release prints of a question, by name."""
    found: dict[Name, int] = {
        cell(at): n for at, n in enumerate(question.counts or []) if n is not None
    }
    if question.answered is not None:
        found[ANSWERED] = question.answered
        if question.agreeing is not None:
            found[HIGH] = round(question.agreeing * question.answered)
    return found


def _holds(relation: Relation, values: Mapping[Name, int]) -> bool:
    true = sum(factor * values[name] for name, factor in relation.parts)
    return relation.low - 1e-6 <= true <= relation.high + 1e-6


def _is_same(known: Known, earlier: Earlier) -> bool:
    """Whether the earlier release could be about the very same answers."""
    numbers = _numbers(earlier.question)
    return all(known.values.get(name) == n for name, n in numbers.items())


def _compare(known: Known, earlier: Earlier) -> None:
    """The change of everything an earlier release tells of other counts, as counts of their own.

    How many more answered is no secret; how those few answered is.
    """
    for parts, before in _told(earlier.question):
        name: Name = ("change since", earlier.release, parts)
        known.values[name] = sum(known.values[part] for part in parts) - before
        known.floors[name] = -before
        change = (*((part, 1.0) for part in parts), (name, -1.0))
        known.relations.append(Relation(change, float(before), float(before)))
        known.unprinted.add(name)


def _told(question: Question) -> list[tuple[tuple[Name, ...], int]]:
    """Sets of counts whose sum a release tells, with the sum: each, both groups, what is left."""
    numbers = _numbers(question)
    found: list[tuple[tuple[Name, ...], int]] = [
        ((name,), n) for name, n in numbers.items() if name != ANSWERED
    ]
    total = numbers.get(ANSWERED)
    whole = dict(numbers)
    if HIGH in numbers and total is not None:
        whole[REST] = total - numbers[HIGH]
        found.append(((REST,), whole[REST]))
    groups = _groups(question.scale)
    if HIGH not in numbers:  # the groups are not told apart: all together
        groups[ANSWERED] = list(range(len(SCALES[question.scale].codes)))
    for group, places in groups.items():
        left = [cell(at) for at in places if cell(at) not in numbers]
        if group in whole and left and len(left) < len(places):
            told = sum(numbers.get(cell(at), 0) for at in places)
            found.append((tuple(left), whole[group] - told))
    return found


def known_taps(truth: Question, printed: Question, earlier: Sequence[Earlier]) -> Known:
    """All that is known of a choice of drivers: who chose each, and who did not.

    Where every person chose exactly one, the choices add up to the number who answered.
    """
    known = Known()
    for at, tap in enumerate(truth.taps):
        if tap.tapped is None or tap.shown is None:
            continue
        chose, left = ("chose", at), ("left", at)
        known.values[chose], known.values[left] = tap.tapped, tap.shown - tap.tapped
        known.unprinted.add(left)
        _print_tap(known, at, printed.taps[at] if at < len(printed.taps) else None)
    chosen = [name for name in known.values if name not in known.unprinted]
    total = sum(known.values[name] for name in chosen)
    if printed.answered is not None and chosen:
        most = float(printed.answered) if total == printed.answered else math.inf
        if total >= printed.answered:
            parts = tuple((name, 1.0) for name in chosen)
            known.relations.append(Relation(parts, float(printed.answered), most))
    places = {
        (tap.text, tap.polarity): at
        for at, tap in enumerate(truth.taps)
        if ("chose", at) in known.values
    }
    for each in earlier:
        _print_taps_before(known, each, places)
    return known


def _print_tap(known: Known, at: int, tap: Tap | None) -> None:
    if tap is None or tap.shown is None:
        return
    shown = float(tap.shown)
    parts: tuple[tuple[Name, float], ...] = ((("chose", at), 1.0), (("left", at), 1.0))
    known.relations.append(Relation(parts, shown, shown))
    if tap.tapped is not None:
        known.shown |= {("chose", at), ("left", at)}


def _print_taps_before(
    known: Known, earlier: Earlier, places: Mapping[tuple[str, str], int]
) -> None:
    """The same choice in an earlier release: the same people, or a change that is protected.

    places: where each choice, by its words and polarity, stands now.
    """
    for tap in earlier.question.taps:
        at = places.get((tap.text, tap.polarity))
        if at is None or tap.tapped is None or tap.shown is None:
            continue
        chose: Name = ("chose", at)
        before = {chose: tap.tapped, ("left", at): tap.shown - tap.tapped}
        if all(known.values[name] == n for name, n in before.items()):
            known.shown |= set(before)
            known.printed_before |= set(before)
            continue
        for name, n in before.items():
            change: Name = ("change since", earlier.release, name)
            known.values[change] = known.values[name] - n
            known.floors[change] = -n
            known.relations.append(Relation(((name, 1.0), (change, -1.0)), float(n), float(n)))
            known.unprinted.add(change)
