"""Keeps the measurement plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from cx280.accounts.models import Person
from cx280.services.models import Service
from cx280.telemetry.actions.trail import put, told
from cx280.telemetry.models import Metric, Question


def save_question(
    question: Question | None, service: Service, *, by: Person | None, values: Mapping[str, Any]
) -> Question:
    """The question with these values; a new one for None."""
    known = question or Question(service=service)
    with transaction.atomic():
        changed = put(known, values)
        if question and not changed:
            return question
        known.save()
        action = "change_question" if question else "add_question"
        told(action, known, service, by=by, changed=changed)
    return known


def remove_question(question: Question, *, by: Person | None) -> None:
    """The question leaves the plan with its metrics; what was collected stays."""
    with transaction.atomic():
        lost = [each.name for each in question.metrics.all()]
        told("remove_question", question, question.service, by=by, text=question.text, metrics=lost)
        question.delete()


def save_metric(
    metric: Metric | None, question: Question, *, by: Person | None, values: Mapping[str, Any]
) -> Metric:
    """The metric with these values, under the question; a new one for None."""
    known = metric or Metric(question=question)
    with transaction.atomic():
        changed = put(known, values)
        if metric and not changed:
            return metric
        known.save()
        action = "change_metric" if metric else "add_metric"
        told(action, known, question.service, by=by, changed=changed)
    return known


def remove_metric(metric: Metric, *, by: Person | None) -> None:
    """The metric leaves the plan."""
    with transaction.atomic():
        told("remove_metric", metric, metric.question.service, by=by, name=metric.name)
        metric.delete()


def bring_in(
    service: Service,
    *,
    by: Person | None,
    questions: Sequence[tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]],
    is_whole: bool,
) -> None:
    """The plan takes over each question with its metrics, known by their words.

    A question that is there already gets the metrics given, and loses those that are not.
    is_whole: the questions that are not given leave the plan too.
    """
    with transaction.atomic():
        known = {each.text: each for each in service.telemetry_questions.all()}
        for values, metrics in questions:
            question = known.pop(values["text"], None)
            question = save_question(question, service, by=by, values=values)
            left = {each.name: each for each in question.metrics.all()}
            for each in metrics:
                save_metric(left.pop(each["name"], None), question, by=by, values=each)
            for gone in left.values():
                remove_metric(gone, by=by)
        for question in known.values() if is_whole else ():
            remove_question(question, by=by)
