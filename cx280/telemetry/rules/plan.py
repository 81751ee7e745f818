"""What a measurement plan still lacks: work backward from questions, forward to actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.telemetry.rules.vocabulary import EventKind


@dataclass(frozen=True, slots=True)
class Event:
    """A type of event: its kind, its name, and the flow and step it belongs to."""

    kind: str
    name: str = ""
    flow: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class PlannedMetric:
    """A metric of the plan; what is blank in `counts` matches anything."""

    name: str
    counts: Event
    planned_action: str = ""
    threshold: Decimal | None = None

    def counts_event(self, event: Event) -> bool:
        """Whether the metric counts events of this type."""
        wanted = self.counts
        pairs = ((wanted.name, event.name), (wanted.flow, event.flow), (wanted.step, event.step))
        return wanted.kind == event.kind and all(want in {"", had} for want, had in pairs)


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """A strategic question, the insight wanted, and the metrics that would give it."""

    text: str
    insight: str = ""
    metrics: tuple[PlannedMetric, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A service's plan, beside what it collects: working flows, event names, events seen.

    has_stream: whether a site of it runs, or events or counts of others came in.
    """

    questions: tuple[PlannedQuestion, ...] = ()
    flows: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    seen: frozenset[Event] = field(default_factory=frozenset)
    is_digital: bool = True
    has_stream: bool = True

    @property
    def metrics(self) -> list[PlannedMetric]:
        """All metrics, in the order of their questions."""
        return [each for question in self.questions for each in question.metrics]

    def has_arrived(self, metric: PlannedMetric) -> bool:
        """Whether an event that the metric counts was seen."""
        return any(metric.counts_event(each) for each in self.seen)


def findings(plan: Plan) -> list[Finding]:
    """Everything the plan lacks, as WARN findings; [] for a whole plan."""
    return [
        *unanswered_questions(plan),
        *metrics_without_action(plan),
        *untraced_events(plan),
        *no_key_action(plan),
        *no_stream(plan),
    ]


def unanswered_questions(plan: Plan) -> list[Finding]:
    """Questions that say no insight or have no metric (280.7-c1)."""
    found = []
    for number, each in enumerate(plan.questions):
        where = f"questions[{number}]"
        if not each.insight.strip():
            message = f"“{each.text}” does not say what you want to find out."
            found.append(_warn("280.7-c1", where, message, "Write the insight wanted."))
        if not each.metrics:
            message = f"Nothing measures an answer to “{each.text}”."
            found.append(_warn("280.7-c1", where, message, "Add a metric."))
    return found


@implements("280.7-c2")
def metrics_without_action(plan: Plan) -> list[Finding]:
    """Metrics that do not say what will be done, or at which value (280.7-c2)."""
    found = []
    for at, question in enumerate(plan.questions):
        for number, each in enumerate(question.metrics):
            where = f"questions[{at}].metrics[{number}]"
            if not each.planned_action.strip():
                message = f"“{each.name}” leads to no action."
                found.append(_warn("280.7-c2", where, message, "Write what you will do."))
            if each.threshold is None:
                message = f"“{each.name}” does not say at which value you act."
                found.append(_warn("280.7-c2", where, message, "Write the value."))
    return found


@implements("280.7-c1")
def untraced_events(plan: Plan) -> list[Finding]:
    """Flows, event names and event types seen that no question asks for (280.7-c1).

    What happens inside a flow that a metric names answers that metric's question too.
    """
    metrics = plan.metrics
    flows = {each.counts.flow for each in metrics}
    names = {each.counts.name for each in metrics}
    left = [
        *(f"The flow “{each}”" for each in plan.flows if each not in flows),
        *(f"The event “{each}”" for each in plan.names if each not in names),
        *sorted(
            {
                said(Event(each.kind, each.name, each.flow))
                for each in plan.seen
                if each.name not in plan.names
                and each.flow not in {*plan.flows, *flows} - {""}
                and not any(metric.counts_event(each) for metric in metrics)
            }
        ),
    ]
    fix = "Add a metric that counts it under a question, or stop collecting it."
    return [
        _warn("280.7-c1", None, f"{each} is collected and answers no question.", fix)
        for each in left
    ]


@implements("280.7-d1")
def no_key_action(plan: Plan) -> list[Finding]:
    """That a digital service counts no click, page view or transaction at all (280.7-d1)."""
    named = any(EventKind.of(each.counts.kind).is_key_action for each in plan.metrics)
    if named or not plan.is_digital:
        return []
    message = "No key action of customers is named: no click, page view or transaction."
    return [_warn("280.7-d1", None, message, "Add a metric that counts one of them.")]


@implements("280.10-r2")
def no_stream(plan: Plan) -> list[Finding]:
    """That nothing at all tells what people do on a digital service (280.10-r2)."""
    if plan.has_stream or not plan.is_digital:
        return []
    message = "Nothing tells what people do online: no site runs, and no counts were brought in."
    fix = "Enable a site of this service, or import its reports of analytics.usa.gov."
    return [_warn("280.10-r2", None, message, fix)]


# What cx.js and its guide call things, as people read it.
_CALLED = {
    (EventKind.CLICK, "outbound"): "Link to another website",
    (EventKind.CLICK, "download"): "Download",
    (EventKind.OTHER, "step"): "Step reached",
    (EventKind.OTHER, "abandon"): "Flow left before its end",
    (EventKind.OTHER, "helpful"): "Answer to “Was this page helpful?”",
    (EventKind.OTHER, "lcp"): "Main content shown (lcp)",
    (EventKind.OTHER, "cls"): "Layout moved (cls)",
    (EventKind.OTHER, "inp"): "Slowest answer to a press (inp)",
}


def said(event: Event) -> str:
    """The event type in words: `Click “apply” in the flow “renew”, step “pay”`."""
    kind = EventKind.of(event.kind)
    words = _CALLED.get((kind, event.name), "")
    if not words:
        words = kind.label.partition(":")[0]
        words += f" “{event.name}”" if event.name else ""
    if event.flow:
        words += f" in the flow “{event.flow}”"
    if event.step:
        words += f", step “{event.step}”"
    return words


def _warn(rule: str, where: str | None, message: str, fix: str) -> Finding:
    return Finding(rule=rule, severity=Severity.WARN, message=message, where=where, fix=fix)
