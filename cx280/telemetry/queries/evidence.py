"""Gathers what is known of a service's telemetry for its scorecard."""

from __future__ import annotations

from datetime import date

from cx280.services.models import Service
from cx280.telemetry.models import Flow
from cx280.telemetry.queries.facts import first_day
from cx280.telemetry.queries.flows import findings_of
from cx280.telemetry.queries.plan import plan_of
from cx280.telemetry.queries.seen import counts_seen
from cx280.telemetry.rules.plan import metrics_without_action, untraced_events
from cx280.telemetry.rules.scorecard import Evidence
from cx280.telemetry.rules.vocabulary import EventKind, FlowState


def evidence_of(service: Service, on: date) -> Evidence:
    """The evidence of the record (plan, sites, flows) and of the lake on that day."""
    plan = plan_of(service, on)
    flows = list(service.flows.prefetch_related("changes"))
    changed = [each for each in flows if each.state != FlowState.LIVE]
    counts = counts_seen(service, on)
    # Alarms stand above telemetry, so their watches are reached from the service alone.
    watched = service.watches.filter(enabled=True).count()
    lacking = {each.where for each in metrics_without_action(plan)}
    return Evidence(
        is_digital=plan.is_digital,
        questions=len(plan.questions),
        untraced=len(untraced_events(plan)),
        metrics=len(plan.metrics),
        metrics_without_action=len(lacking),
        sites_enabled=service.sites.filter(enabled=True).count(),
        events=counts.get("events"),
        visits=counts.get("visits"),
        days=counts.get("days"),
        span_days=counts.get("span_days"),
        kept_days=_kept_days(service, on),
        kinds=frozenset(each.kind for each in plan.seen if EventKind.of(each.kind).is_key_action),
        watched=watched,
        alarms=watched,
        flows=len(flows),
        flows_without_events=sum(bool(findings_of(each, on)) for each in flows),
        flows_changed=len(changed),
        flows_changed_unmarked=sum(not _is_marked(each) for each in changed),
    )


def _kept_days(service: Service, on: date) -> int:
    """Days since the first of which sums are kept, that day included."""
    first = first_day(service.pk)
    return (on - first).days + 1 if first is not None and first <= on else 0


def _is_marked(flow: Flow) -> bool:
    """Whether the day of the flow's present state is kept."""
    return any(each.state == flow.state for each in flow.changes.all())
