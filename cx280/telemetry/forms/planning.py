"""A whole measurement plan as a document, checked question by question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cx280.kernel.problem import Unusable
from cx280.telemetry.forms.plan import MetricForm, QuestionForm
from cx280.telemetry.forms.reading import cleaned, written
from cx280.telemetry.models import Flow

Values = dict[str, Any]


class PlanRead(NamedTuple):
    """What a document says: each question's values, with the values of its metrics."""

    questions: list[tuple[Values, list[Values]]]


def read_plan(questions: Sequence[Mapping[str, Any]], flows: list[Flow]) -> PlanRead:
    """The plan that a document of `plan.json` holds; Unusable names what is wrong and where."""
    _named_once("questions", "question", (each["question"] for each in questions))
    return PlanRead(
        [_question(each, f"questions[{at}]", flows) for at, each in enumerate(questions)]
    )


def _question(
    said: Mapping[str, Any], where: str, flows: list[Flow]
) -> tuple[Values, list[Values]]:
    given = {"text": said["question"], "insight": said["insight"]}
    question = cleaned(QuestionForm(written(QuestionForm, given)), where)
    _named_once(f"{where}.metrics", "metric", (each["metric"] for each in said["metrics"]))
    metrics = [
        cleaned(
            MetricForm(flows, written(MetricForm, {**each, "name": each["metric"]})),
            f"{where}.metrics[{at}]",
        )
        for at, each in enumerate(said["metrics"])
    ]
    return question, metrics


def _named_once(where: str, field: str, names: Iterable[str]) -> None:
    known: set[str] = set()
    for at, name in enumerate(names):
        if name.strip() in known:
            place = f"{where}[{at}].{field}"
            raise Unusable(f"{place}: “{name}” stands there twice.", field=place, rule="280.7-c1")
        known.add(name.strip())
