"""How many reports across the government raise each rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ORDER = {"error": 0, "warn": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """One finding as a report carries it; reason: why the agency let it stand, "" for none."""

    rule: str
    severity: str
    message: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report OMB got, of one service for one quarter, with what was found in it.

    address: where OMB reads it; "" for reports of earlier quarters, which came in files.
    """

    agency: str
    provider: str
    service: str  # its code
    service_name: str
    period: str
    found: Sequence[Found]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Raised:
    """A rule with how often it was raised: in how many reports, of how many services.

    explained: in how many of the reports the agency gave a reason for each time.
    """

    rule: str
    severity: str
    reports: int
    services: int
    providers: int
    explained: int


def base_of(rule: str) -> str:
    """The id without the name of a defect: `280.15-a2:answers-over-respondents` is 280.15-a2."""
    return rule.split(":", 1)[0].strip()


def raised_in(reports: Iterable[Report]) -> list[Raised]:
    """Each rule that any report raises: what stops first, then what most services raise."""
    by_rule: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in reports:
        for key in {(base_of(each.rule), each.severity) for each in report.found}:
            by_rule[key].append(report)
    lines = [_raised(*key, rows) for key, rows in by_rule.items()]
    return sorted(lines, key=lambda each: (_ORDER.get(each.severity, 3), -each.services, each.rule))


def _raised(rule: str, severity: str, reports: Sequence[Report]) -> Raised:
    explained = 0
    for report in reports:
        mine = [each for each in report.found if base_of(each.rule) == rule]
        explained += all(each.reason for each in mine if each.severity == severity)
    return Raised(
        rule,
        severity,
        reports=len(reports),
        services=len({each.service for each in reports}),
        providers=len({each.provider for each in reports}),
        explained=explained,
    )


def raising(reports: Iterable[Report], rule: str) -> list[tuple[Report, Found]]:
    """Every report that raises the rule, with what was found and the reason given."""
    return [
        (report, each)
        for report in reports
        for each in report.found
        if base_of(each.rule) == base_of(rule)
    ]
