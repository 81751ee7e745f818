"""The simulated agency's website: a site, a measurement plan, and a flow that replaced another."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from cx280.services.models import Service
from cx280.telemetry.models import Flow, FlowChange, Metric, Question, Site
from cx280.telemetry.rules.vocabulary import EventKind, FlowState, Turn

STEPS = [["boat", "Your boat"], ["address", "Your address"], ["pay", "Payment"]]


def add_website(service: Service, today: date) -> Site:
    """Makes the rows of one service, and gives its site; the newer flow is 150 days old."""
    site = Site.objects.create(
        service=service,
        key=hashlib.sha256(service.code.encode()).hexdigest()[:16],
        name="permits.example.gov",
        properties=["to"],
        tier=1,
        purpose="To find the steps at which people give up, and make them easier.",
        retention_days=180,
        enabled=True,
    )
    _add_flows(service, today - timedelta(days=150))
    _add_plan(service)
    return site


def _add_flows(service: Service, launch: date) -> None:
    newer = Flow.objects.create(
        service=service, key="permit-2", name="Get a permit, shorter form",
        steps=STEPS, launched_on=launch,
    )  # fmt: skip
    older = Flow.objects.create(
        service=service, key="permit", name="Get a permit",
        steps=[["sign-in", "Sign in"], *STEPS, ["check", "Check your answers"]],
        launched_on=launch - timedelta(days=600),
        state=FlowState.DEPRECATED, replaced_by=newer,
    )  # fmt: skip
    for days, state, note in (
        (-300, FlowState.OPTIMISED, "fewer questions on boats"),
        (14, FlowState.DEPRECATED, "ended"),
    ):
        FlowChange.objects.create(
            flow=older, on=launch + timedelta(days=days), state=state, note=note
        )


def _add_plan(service: Service) -> None:
    stop = Question.objects.create(
        service=service,
        text="Where do people stop on the way to a permit?",
        insight="The step at which most people leave, and how long they spent on it.",
    )
    Metric.objects.create(
        question=stop, name="Share of starts that end with a permit",
        kind=EventKind.TRANSACTION_COMPLETE, flow="permit-2", turn=Turn.BELOW,
        threshold=60, unit="percent in a week",
        planned_action="Watch five people use the step where most leave, and rewrite it.",
    )  # fmt: skip
    find = Question.objects.create(
        service=service,
        text="Do people find the way in by themselves?",
        insight="How many who open the first page press the button that starts a permit.",
    )
    Metric.objects.create(
        question=find, name="Presses of “Get a permit”",
        kind=EventKind.CLICK, event="get-a-permit", turn=Turn.BELOW,
        threshold=200, unit="a week",
        planned_action="Move the button above the list of rules and compare the two weeks after.",
    )  # fmt: skip
    Metric.objects.create(
        question=find, name="Views of the first page", kind=EventKind.PAGE_VIEW,
        turn=Turn.BELOW, threshold=1000, unit="a week",
        planned_action="Ask the search team whether the page is still listed.",
    )  # fmt: skip
    fast = Question.objects.create(
        service=service,
        text="Do people wait for our pages?",
        insight="The pages where one load in four is slow to show or slow to answer.",
    )
    for event, name, limit in (("lcp", "Main content shown", 2500), ("inp", "Answers a tap", 200)):
        Metric.objects.create(
            question=fast, name=name, kind=EventKind.OTHER, event=event, turn=Turn.ABOVE,
            threshold=limit, unit="ms for three loads in four",
            planned_action="Take the largest picture or script off the slowest page.",
        )  # fmt: skip
