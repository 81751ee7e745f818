"""The fourteen practices of telemetry (280.7 c1 to i2), each judged from evidence (280.7-b2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cx280.circular.implements import implements

SPAN_DAYS = 91  # a quarter: less cannot show a longer shift
WINDOW_DAYS = 30


class Verdict(StrEnum):
    """How a practice stands."""

    PASS = "pass"  # noqa: S105  # no password
    FAIL = "fail"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a service's telemetry; None where events have not been counted yet.

    The window is the last 30 days. kinds: key actions seen in it. days: how many of its days had
    events. span_days: from the first event to the last. kept_days: days of history kept as facts.
    """

    is_digital: bool = True
    questions: int = 0
    untraced: int = 0
    metrics: int = 0
    metrics_without_action: int = 0
    sites_enabled: int = 0
    events: int | None = None
    kinds: frozenset[str] = frozenset()
    visits: int | None = None
    days: int | None = None
    span_days: int | None = None
    kept_days: int | None = None
    watched: int | None = None
    alarms: int | None = None
    flows: int = 0
    flows_without_events: int = 0
    flows_changed: int = 0
    flows_changed_unmarked: int = 0


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice: its rule, what it asks in plain words, the verdict and why."""

    rule: str
    asks: str
    verdict: Verdict
    evidence: str


ASKS = {
    "280.7-c1": "Start from questions",
    "280.7-c2": "Plan the action before measuring",
    "280.7-d1": "Capture key actions: clicks, page views, transactions",
    "280.7-e1": "Give every event its time",
    "280.7-e2": "Follow a visit through time",
    "280.7-e3": "See shifts over longer periods",
    "280.7-f1": "Collect without pause",
    "280.7-f2": "Keep the long history",
    "280.7-g1": "Collect in a structured form that machines read",
    "280.7-g2": "Sum up: count, median, mean, lowest, highest",
    "280.7-h1": "Watch for a change that matters",
    "280.7-h3": "Be told when something drops",
    "280.7-i1": "Measure a new flow from its launch on",
    "280.7-i2": "Show flows that changed or ended",
}

Judged = tuple[Verdict, str]


@implements("280.7-b2")
def scorecard(evidence: Evidence) -> list[Practice]:
    """The fourteen practices in the order of the Circular, each with verdict and evidence.

    A service without a digital channel has nothing to measure here: not applicable throughout.
    What has not been counted is no evidence: the practice fails and says so.
    """
    judged = {
        **_plan(evidence),
        **_events(evidence),
        **_history(evidence),
        **_watching(evidence),
        **_flows(evidence),
    }
    if not evidence.is_digital:
        judged = dict.fromkeys(
            ASKS, (Verdict.NOT_APPLICABLE, "This service has no digital channel.")
        )
    return [Practice(rule, asks, *judged[rule]) for rule, asks in ASKS.items()]


def _plan(e: Evidence) -> dict[str, Judged]:
    if not e.questions:
        return {
            "280.7-c1": (Verdict.FAIL, "The plan asks no question yet."),
            "280.7-c2": (Verdict.FAIL, "The plan has no metric yet."),
        }
    traced = f"{_count(e.questions, 'question')} asked; "
    traced += f"{_count(e.untraced, 'thing')} collected that no question asks for."
    acted = f"{_count(e.metrics, 'metric')}; with an action and the value for it:"
    acted += f" {e.metrics - e.metrics_without_action}."
    return {
        "280.7-c1": (_when(not e.untraced), traced),
        "280.7-c2": (_when(bool(e.metrics) and not e.metrics_without_action), acted),
    }


@implements("280.7-e1", "280.7-g1")
def _events(e: Evidence) -> dict[str, Judged]:
    if not e.events:
        silent = (Verdict.FAIL, _silence(e))
        return dict.fromkeys(("280.7-d1", "280.7-e1", "280.7-e2", "280.7-g1", "280.7-g2"), silent)
    seen = f"{e.events:,} events in the last {WINDOW_DAYS} days"
    kinds = ", ".join(sorted(each.replace("_", " ") for each in e.kinds)) or "no key action"
    return {
        "280.7-d1": (_when(bool(e.kinds)), f"{seen}: {kinds}."),
        "280.7-e1": (Verdict.PASS, f"{seen}, each with its time; an event without is refused."),
        "280.7-e2": (_when(bool(e.visits)), f"{e.visits or 0:,} visits in the last 30 days."),
        "280.7-g1": (Verdict.PASS, f"{seen}, each checked against the published schema."),
        "280.7-g2": (Verdict.PASS, f"{seen}, summed up by day with median and bounds."),
    }


def _history(e: Evidence) -> dict[str, Judged]:
    if not e.events:
        return dict.fromkeys(("280.7-e3", "280.7-f1", "280.7-f2"), (Verdict.FAIL, _silence(e)))
    span, days, kept = e.span_days or 0, e.days or 0, e.kept_days or 0
    return {
        "280.7-e3": (
            _when(span >= SPAN_DAYS),
            f"{_count(span, 'day')} from the first event to the last; a quarter has {SPAN_DAYS}.",
        ),
        "280.7-f1": (
            _when(days >= WINDOW_DAYS),
            f"Events on {days} of the last {WINDOW_DAYS} days.",
        ),
        "280.7-f2": (_when(kept > 0), f"Daily sums of {_count(kept, 'day')} outlive raw events."),
    }


def _watching(e: Evidence) -> dict[str, Judged]:
    """What watches the metrics; None where nobody looked."""
    watched, told = "Not yet: nothing is watched.", "Not yet: no alarm is set up."
    if e.watched is not None:
        watched = f"{_count(e.watched, 'metric')} watched for a change that matters."
    if e.alarms is not None:
        told = f"{_count(e.alarms, 'alarm')} set up."
    return {
        "280.7-h1": (_when(bool(e.watched)), watched),
        "280.7-h3": (_when(bool(e.alarms)), told),
    }


def _flows(e: Evidence) -> dict[str, Judged]:
    none = (Verdict.NOT_APPLICABLE, "No flow is registered.")
    launched = (
        _when(not e.flows_without_events),
        f"{_count(e.flows, 'flow')}; with events at launch: {e.flows - e.flows_without_events}.",
    )
    marked = (
        _when(not e.flows_changed_unmarked),
        f"{_count(e.flows_changed, 'flow')} changed or ended; with the day kept:"
        f" {e.flows_changed - e.flows_changed_unmarked}.",
    )
    if not e.flows_changed:
        marked = (Verdict.NOT_APPLICABLE, "No flow has changed or ended yet.")
    return {
        "280.7-i1": launched if e.flows else none,
        "280.7-i2": marked if e.flows else none,
    }


def _silence(e: Evidence) -> str:
    if not e.sites_enabled:
        return "No site of this service is enabled."
    if e.events is None:
        return "Events of this service have not been counted yet."
    return f"No event in the last {WINDOW_DAYS} days."


def _when(is_so: bool) -> Verdict:
    return Verdict.PASS if is_so else Verdict.FAIL


def _count(n: int | None, noun: str) -> str:
    return f"{n or 0:,} {noun}{'' if n == 1 else 's'}"
