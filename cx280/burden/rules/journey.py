"""The burden of a journey: the sum of its steps, each as often as people go through it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from cx280.burden.rules.amounts import NOT_ASSESSED, Amount, money_told, time_told, total
from cx280.burden.rules.assessment import Assessment, Key, Strain
from cx280.circular.implements import implements
from cx280.measures.rules.suppression import is_too_few, suppress_line


def held_on(assessments: Iterable[Assessment], on: date) -> dict[Key, Assessment]:
    """What holds on a day: of each step and segment the newest not after it, the last of equals."""
    held: dict[Key, Assessment] = {}
    for each in sorted(assessments, key=lambda each: each.from_on):
        if each.from_on <= on:
            held[each.key] = each
    return held


@dataclass(frozen=True, slots=True)
class StepCost:
    """A step of the journey for one segment. assessment: None when nobody assessed it.

    The amounts are of one person on the whole way: one pass times the repeats.
    """

    step: str
    assessment: Assessment | None
    strain: Strain | None = None

    @property
    def learning(self) -> Amount:
        """Minutes to find out."""
        return _repeated(self.assessment, "learning")

    @property
    def compliance(self) -> Amount:
        """Minutes to comply."""
        return _repeated(self.assessment, "compliance")

    @property
    def money(self) -> Amount:
        """Dollars paid."""
        return _repeated(self.assessment, "money")

    @property
    def time(self) -> Amount:
        """Minutes in all."""
        return self.learning + self.compliance

    @property
    def fell_away(self) -> bool:
        """Whether nobody goes through it any more."""
        return self.assessment is not None and not self.assessment.repeats


def _repeated(assessment: Assessment | None, name: str) -> Amount:
    if assessment is None:
        return NOT_ASSESSED
    amount: Amount = getattr(assessment, name)
    return amount.times(assessment.repeats)


@dataclass(frozen=True, slots=True)
class JourneyCost:
    """A journey for one segment: its steps in order, and their sums for one person.

    hours: of all people in a year, where every step's people are stated. wage: dollars an hour
    with its source; without it, time is never told in money. Strain never is.
    """

    segment: str
    steps: Sequence[StepCost]
    smallest: int

    @property
    def learning(self) -> Amount:
        """Minutes to find out."""
        return total(each.learning for each in self.steps)

    @property
    def compliance(self) -> Amount:
        """Minutes to comply."""
        return total(each.compliance for each in self.steps)

    @property
    def money(self) -> Amount:
        """Dollars paid."""
        return total(each.money for each in self.steps)

    @property
    def time(self) -> Amount:
        """Minutes in all."""
        return total(each.time for each in self.steps)

    @property
    def hours(self) -> Amount:
        """Hours of all people in a year; a step whose people are not stated is left out, told."""
        return total(_yearly(each) for each in self.steps)

    @property
    def strain(self) -> Strain | None:
        """The mean over the steps that were asked about, by people; None when none was."""
        asked = [each.strain for each in self.steps if each.strain is not None]
        people = sum(each.n for each in asked)
        if not people:
            return None
        return Strain(sum((each.mean * each.n for each in asked), Decimal(0)) / people, people)

    @property
    def missing(self) -> list[str]:
        """The steps of which something is not assessed."""
        return [
            each.step for each in self.steps if not (each.time.is_whole and each.money.is_whole)
        ]

    @property
    def observed(self) -> int:
        """The fewest people behind a step, but for those that rest on nobody."""
        rows = [each.assessment for each in self.steps if each.assessment is not None]
        return min((each.observed for each in rows if each.observed), default=0)

    @property
    def words(self) -> str:
        """The journey in a sentence; what is not assessed is said."""
        time, money = self.time, self.money
        spends = time.told(time_told) if time.value is not None else "time nobody assessed"
        pays = money.told(money_told) if money.value is not None else "what nobody assessed"
        said = f"One person spends {spends} and pays {pays} on the whole way."
        count = len(self.missing)
        if not count:
            return said
        steps = "One step is" if count == 1 else f"{count} steps are"
        return f"{said} {steps} not wholly assessed, so it may be more."


def _yearly(step: StepCost) -> Amount:
    row = step.assessment
    if row is None or row.people is None:
        return NOT_ASSESSED if row is None or row.repeats else Amount.of(Decimal(0))
    minutes = step.time.times(row.people)
    return Amount(None if minutes.value is None else minutes.value / 60, minutes.is_whole)


@implements("280.14-f4")
def journey_cost(
    steps: Sequence[str], held: dict[Key, Assessment], segment: str, smallest: int
) -> JourneyCost:
    """The journey for a segment. Steps without an assessment stay in it, not assessed.

    A step that is drawn no more stays while it is assessed: what it takes does not end with the
    drawing. Strain rests on people asked, so few of them are not told of.
    """
    names = [*steps, *(each for each, of in held if of == segment and each not in steps)]
    found = [_step(each, held.get((each, segment)), smallest) for each in dict.fromkeys(names)]
    return JourneyCost(segment, found, smallest)


def _step(name: str, row: Assessment | None, smallest: int) -> StepCost:
    shown = row is not None and row.strain is not None and not is_too_few(row.strain.n, smallest)
    return StepCost(name, row, row.strain if row is not None and shown else None)


@implements("280.14-f3", "280.11-b3")
def by_segment(
    steps: Sequence[str], held: dict[Key, Assessment], smallest: int
) -> list[JourneyCost | str]:
    """The journey for each segment by name; only the name where few people stand behind it.

    A segment is hidden whole, and another with it where its n would follow from the others.
    """
    names = sorted({segment for _, segment in held})
    costs = [journey_cost(steps, held, each, smallest) for each in names]
    line = suppress_line([each.observed for each in costs], smallest)
    return [
        each.segment if hidden else each for each, hidden in zip(costs, line.hidden, strict=True)
    ]


@implements("280.14-f3")
def in_money(time: Amount, wage: Decimal | None) -> Amount | None:
    """Minutes at a stated wage an hour, in dollars; None without one."""
    if wage is None:
        return None
    return Amount(None if time.value is None else time.value * wage / 60, time.is_whole)


@dataclass(frozen=True, slots=True)
class Effect:
    """A journey before a change and after it. saved: minutes of one person, None unless both are
    wholly assessed in the steps that the change touched; below 0 when it takes longer."""

    before: JourneyCost
    after: JourneyCost
    touched: Sequence[str]
    saved: Decimal | None
    hours: Decimal | None

    @property
    def unknown(self) -> list[str]:
        """The touched steps of which before or after is not wholly assessed."""
        sides = (self.before.steps, self.after.steps)
        open_ones = {each.step for side in sides for each in side if not each.time.is_whole}
        return [each for each in self.touched if each in open_ones]


@implements("280.14-f4", "280.11-b2")
def effect_of(
    steps: Sequence[str],
    assessments: Sequence[Assessment],
    change: int,
    segment: str,
    smallest: int,
) -> Effect | None:
    """Before and after of what a change brought for a segment; None when it brought nothing.

    After is what held before with the change's own assessments in their place, so that nothing
    else is counted for it. Hours are those of a year, of the people after.
    """
    brought = [each for each in assessments if each.change == change and each.segment == segment]
    if not brought:
        return None
    day = min(each.from_on for each in brought) - timedelta(days=1)
    earlier = held_on([each for each in assessments if each.change != change], day)
    later = earlier | {each.key: each for each in brought}
    every = list(dict.fromkeys([*steps, *(each.step for each in brought)]))
    before = journey_cost(every, earlier, segment, smallest)
    after = journey_cost(every, later, segment, smallest)
    touched = [each.step for each in brought]
    effect = Effect(before, after, touched, None, None)
    if effect.unknown:
        return effect
    return replace(effect, saved=_saved(effect, None), hours=_hours(effect))


def _saved(effect: Effect, people: dict[str, int] | None) -> Decimal:
    """Minutes spared in the touched steps, of one person or times the people of each."""
    sides = [{each.step: each.time.value or Decimal(0) for each in side.steps}
             for side in (effect.before, effect.after)]  # fmt: skip
    return sum(
        ((sides[0][each] - sides[1][each]) * (1 if people is None else people[each])
         for each in effect.touched),
        Decimal(0),
    )  # fmt: skip


def _hours(effect: Effect) -> Decimal | None:
    rows = {each.step: each.assessment for each in effect.after.steps}
    people = {each: row.people for each in effect.touched if (row := rows[each]) is not None}
    if any(each is None for each in people.values()):
        return None
    return _saved(effect, {name: count or 0 for name, count in people.items()}) / 60


@dataclass(frozen=True, slots=True)
class Effort:
    """What a journey takes of one person, beside the share who found it easy, with its n.

    A definition of this project, and labeled so: the Circular names burden and friction as
    measures of effort and does not define them. The two are never made one number.
    """

    time: Amount
    money: Amount
    easy: float | None
    n: int | None

    @property
    def words(self) -> str:
        """Both in a sentence; what is not known is said."""
        felt = "nobody was asked whether it was easy, or too few to show"
        if self.easy is not None:
            felt = f"{self.easy:.0%} of {self.n:,} people found it easy".replace("%", " %")
        return f"Time {self.time.told(time_told)}, to pay {self.money.told(money_told)}; {felt}."


@implements("INC-43")
def effort_of(cost: JourneyCost, easy: float | None, n: int | None) -> Effort:
    """The effort of a journey; the share who found it easy only with enough answers."""
    shown = easy is not None and n is not None and n >= cost.smallest
    return Effort(cost.time, cost.money, easy if shown else None, n if shown else None)
