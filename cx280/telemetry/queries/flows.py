"""Reads flows as the rules of their life need them."""

from __future__ import annotations

from datetime import date

from cx280.kernel.finding import Finding
from cx280.services.models import Service
from cx280.telemetry.models import Flow
from cx280.telemetry.rules.flows import Change, Life, launch_findings
from cx280.telemetry.rules.vocabulary import FlowState


def life_of(flow: Flow) -> Life:
    """The flow from its launch on, with its changes and what replaced it."""
    after = flow.replaced_by
    return Life(
        name=flow.name,
        launched_on=flow.launched_on,
        state=FlowState.of(flow.state),
        changes=tuple(
            Change(on=each.on, state=FlowState.of(each.state), note=each.note)
            for each in flow.changes.all()
        ),
        successor=after.name if after else "",
        successor_on=after.launched_on if after else None,
    )


def findings_of(flow: Flow, today: date) -> list[Finding]:
    """Whether telemetry was there at the flow's launch."""
    return launch_findings(life_of(flow), flow.first_event_on, today)


def flows_of(service: Service) -> list[Flow]:
    """The flows of the service, working ones first, newest first."""
    found = service.flows.select_related("replaced_by").prefetch_related("changes", "replaces")
    return sorted(found, key=lambda flow: (flow.state == FlowState.DEPRECATED, -_day(flow)))


def _day(flow: Flow) -> int:
    return flow.launched_on.toordinal()


def chain_of(flow: Flow) -> list[Flow]:
    """The flows whose place this one took, oldest first, and itself last.

    Where it took the place of several at once, the one launched last is followed.
    """
    chain = [flow]
    while before := chain[0].replaces.order_by("-launched_on").first():
        chain.insert(0, before)
    return chain
