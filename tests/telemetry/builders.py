"""Sites, flows and plans for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from cx280.services.models import Service
from cx280.telemetry.models import Flow, Metric, Question, Site
from tests.builders import a_service


def a_site(service: Service | None = None, **fields: Any) -> Site:
    """A site with everything tier 1 asks for, not enabled."""
    return Site.objects.create(
        **{
            "service": service or a_service(),
            "key": f"key{Site.objects.count()}",
            "name": "www.example.gov",
            "tier": 1,
            "purpose": "To find where people stop.",
            "retention_days": 90,
            **fields,
        }
    )


def a_flow(service: Service | None = None, **fields: Any) -> Flow:
    """A live flow of three steps, launched on March 1, 2022."""
    return Flow.objects.create(
        **{
            "service": service or a_service(),
            "key": "apply",
            "name": "Apply for a permit",
            "steps": [["boat", "Your boat"], ["address", "Your address"], ["pay", "Payment"]],
            "launched_on": date(2022, 3, 1),
            **fields,
        }
    )


def a_metric(service: Service | None = None, **fields: Any) -> Metric:
    """A metric with an action and a threshold, under a question of its own."""
    question = Question.objects.create(
        service=service or a_service(),
        text="Where do people stop?",
        insight="The step at which most people leave.",
    )
    return Metric.objects.create(
        **{
            "question": question,
            "name": "Share who finish",
            "kind": "transaction_complete",
            "flow": "apply",
            "planned_action": "Watch five people use the step where most leave.",
            "turn": "below",
            "threshold": 60,
            "unit": "percent",
            **fields,
        }
    )
