"""The Action Plan's progress, drawn from its measures and never typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.oversight.rules.briefing.shown import TOO_FEW, count_of, spread
from cx280.oversight.rules.slides import Chart, Dot, Line, Lines, Slide, Table
from cx280.pages.written import number, percent
from cx280.plans.rules.progress import Progress, Reading


@dataclass(frozen=True, slots=True)
class Commitment:
    """One action of the plan with its measure, what that says now and how far it has come."""

    change: str
    service: str
    measure: str
    baseline: float | None
    target: float | None
    reading: Reading
    progress: Progress
    status: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan that is carried out: the year it commits for, and its actions."""

    budget_year: int
    actions: Sequence[Commitment]
    smallest: int


@implements("280.14-d2", "280.17-f1")
def progress_slide(plan: Plan | None) -> Slide:
    """How many actions reached their target, each with baseline, now and target."""
    rules = ("280.17-f1", "280.14-e1")
    if plan is None or not plan.actions:
        words = "No Action Plan with an action was sent."
        return Slide("plan", "There is no Action Plan to report on", (Lines((words,)),),
                     ("Say when the plan will be sent; it is due on May 31.",), rules)  # fmt: skip
    return Slide(
        "plan",
        _title(plan),
        (_chart(plan), _table(plan)),
        tuple(f"{each.change}: {_far(each, plan.smallest)}" for each in plan.actions),
        rules,
    )


def _title(plan: Plan) -> str:
    whole = count_of(len(plan.actions), "action")
    shown = [each for each in plan.actions if _now(each, plan.smallest) is not None]
    reached = sum(each.progress.reached for each in shown)
    overdue = sum(each.overdue for each in plan.actions)
    whose = "its" if len(plan.actions) == 1 else "their"
    said = f"{reached} of {whole} for FY{plan.budget_year} reached {whose} target"
    return f"{said}, {overdue} overdue" if overdue else said


def _now(action: Commitment, smallest: int) -> float | None:
    """The value now; None where few answered, or few agreed or did not."""
    reading = action.reading
    if reading.value is None or reading.n is None:
        return None
    agree = round(reading.value * reading.n)
    return (
        None if any(0 < each < smallest for each in (agree, reading.n - agree)) else reading.value
    )


def _chart(plan: Plan) -> Chart:
    told = "; ".join(
        f"action {at}: from {percent(each.baseline)}, now {_cell(each, plan.smallest)}, target "
        f"{percent(each.target)}"
        for at, each in enumerate(plan.actions, start=1)
    )
    series = (
        ("Baseline", "baseline", [each.baseline for each in plan.actions]),
        ("Now", "now", [_now(each, plan.smallest) for each in plan.actions]),
        ("Target", "target", [each.target for each in plan.actions]),
    )
    return Chart(
        f"Baseline, now and target of each action. {told}.",
        tuple(f"Action {at}" for at in range(1, len(plan.actions) + 1)),
        tuple(Line(name, colour, tuple(map(Dot, values))) for name, colour, values in series),
        bars=True,
    )


def _table(plan: Plan) -> Table:
    return Table(
        "Actions, with the figure that judges each",
        ("Action", "Measure", "Baseline", "Now", "Target", "How far"),
        tuple(
            (
                f"{at}. {each.change}",
                f"{each.measure}, {each.service}",
                percent(each.baseline),
                _cell(each, plan.smallest),
                percent(each.target),
                _far(each, plan.smallest),
            )
            for at, each in enumerate(plan.actions, start=1)
        ),
    )


def _far(action: Commitment, smallest: int) -> str:
    if action.reading.value is not None and _now(action, smallest) is None:
        return TOO_FEW
    return action.progress.words


def _cell(action: Commitment, smallest: int) -> str:
    now = _now(action, smallest)
    if now is None:
        return action.reading.why or TOO_FEW
    low, high = action.reading.low, action.reading.high
    bounds = None if low is None or high is None else (low, high)
    return f"{percent(now)}{spread(bounds)}, n {number(action.reading.n)}"
