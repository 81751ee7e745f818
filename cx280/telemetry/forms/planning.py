"""A whole measurement plan as a document, checked question by question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from django import forms

from cx280.kernel.problem import Unusable
from cx280.telemetry.forms.plan import MetricForm, QuestionForm
from cx280.telemetry.forms.reading import cleaned, written
from cx280.telemetry.models import Flow
from cx280.telemetry.rules.vocabulary import Turn

Values = dict[str, Any]
LARGEST = 1024 * 1024


class _Metric(msgspec.Struct, forbid_unknown_fields=True):
    metric: str
    kind: str
    event: str = ""
    flow: str = ""
    step: str = ""
    planned_action: str = ""
    turn: str = Turn.BELOW.value
    threshold: float | None = None
    unit: str = ""


class _Question(msgspec.Struct, forbid_unknown_fields=True):
    question: str
    insight: str = ""
    metrics: list[_Metric] = []


class _PlanFile(msgspec.Struct):
    questions: list[_Question]


class PlanFileForm(forms.Form):
    """A plan that was downloaded, here or for another service."""

    file = forms.FileField(
        label="Plan (JSON)",
        help_text="As “Download as JSON” gives it. Questions that are here already get its"
        " metrics; the others stay as they are.",
    )

    def clean_file(self) -> bytes:
        """The content of the file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("The file is larger than 1 MB. A plan is never so large.")
        content: bytes = file.read()
        return content


def questions_in(content: bytes) -> list[dict[str, Any]]:
    """The questions of a plan file, whole; Unusable where it is none."""
    try:
        plan = msgspec.json.decode(content, type=_PlanFile)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        said = str(error).rstrip(".")
        raise Unusable(
            f"The file is no measurement plan: {said}.", field="file", rule="280.7-c1",
            fix="Give a file that “Download as JSON” made.",
        ) from error  # fmt: skip
    return [msgspec.to_builtins(each) for each in plan.questions]


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
    question = cleaned(QuestionForm(written(QuestionForm, given)), where, {"text": "question"})
    _named_once(f"{where}.metrics", "metric", (each["metric"] for each in said["metrics"]))
    metrics = [
        cleaned(
            MetricForm(flows, written(MetricForm, {**each, "name": each["metric"]})),
            f"{where}.metrics[{at}]",
            {"name": "metric"},
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
