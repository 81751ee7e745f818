"""What a quarter still needs before the signature, as a list of done and to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cx280.kernel.finding import Finding, Severity
from cx280.kernel.words import Word


class Standing(Word):
    """How one line of the list stands."""

    TO_FIX = "to_fix", "to fix"
    TO_EXPLAIN = "to_explain", "to explain"
    EXPLAINED = "explained", "explained"
    DONE = "done", "done"


@dataclass(frozen=True, slots=True)
class Task:
    """One line: what has to be true, which rules say so, and the part of the package to open."""

    name: str
    words: str
    rules: tuple[str, ...]
    part: str


TASKS = (
    Task("trust", "Trust is measured", ("280.10-h1",), "figures"),
    Task("satisfaction", "Satisfaction is measured", ("280.10-h2",), "figures"),
    Task("drivers", "Every driver has answers, or a reason", ("280.10-h3",), "drivers"),
    Task("numbers", "The numbers fit together", ("280.15-a2", "280.15-a3"), "numbers"),
    Task("clearance", "Every survey had OMB's approval in force", ("280.11-a1",), "figures"),
    Task("journey", "Feedback stands in a journey", ("280.14-b1", "280.14-b2"), "figures"),
    Task("trend", "Questions stayed comparable with last quarter", ("280.10-a2",), "figures"),
    Task("indicators", "A service-level indicator has a value", ("280.10-r1",), "numbers"),
    Task("words", "Accomplishments and reflection are written", ("280.15-a5",), "words"),
    Task("time", "The report is in time", ("280.16-a3", "280.16-a4"), "ready"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A line with where it stands and what was found."""

    task: Task
    standing: Standing
    findings: tuple[Finding, ...]


def checklist(findings: Iterable[Finding], explained: Collection[str]) -> list[Item]:
    """Every line with its findings, what needs somebody first.

    explained: the keys of the findings that have a written justification.
    """
    given = [each for each in findings if each.severity is not Severity.INFO]
    items = [_item(task, [f for f in given if f.rule in task.rules], explained) for task in TASKS]
    order = list(Standing)
    return sorted(items, key=lambda item: order.index(item.standing))


def left_in(items: Iterable[Item], explained: Collection[str]) -> int:
    """How many findings still stop the signature: to fix, or without a written reason."""
    return sum(
        finding.severity is Severity.ERROR or finding.key not in explained
        for item in items
        for finding in item.findings
    )


def _item(task: Task, found: list[Finding], explained: Collection[str]) -> Item:
    if any(each.severity is Severity.ERROR for each in found):
        standing = Standing.TO_FIX
    elif any(each.key not in explained for each in found):
        standing = Standing.TO_EXPLAIN
    else:
        standing = Standing.EXPLAINED if found else Standing.DONE
    return Item(task, standing, tuple(found))
