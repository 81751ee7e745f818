"""Constructs over the quarters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cx280.kernel.quarter import Quarter
from cx280.measures.queries.cuts import WHOLE, Cut, facts, keys_of, versions_of
from cx280.measures.rules.basis import basis_of
from cx280.measures.rules.comparability import (
    construct_of,
    has_score,
)
from cx280.measures.rules.trends import Asked, Trend, trend_of
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion


def trends(
    service: Service,
    constructs: Iterable[str],
    cut: Cut = WHOLE,
    versions: Sequence[SurveyVersion] | None = None,
) -> dict[str, Trend]:
    """The trend of each construct over all quarters; one reading for all of them."""
    known = {each.pk: each for each in (versions if versions is not None else versions_of(service))}
    wanted = {
        (version.pk, question.id): question
        for version in known.values()
        for question in document_by(version.pk, version.digest).questions
        if has_score(question) and construct_of(question) in set(constructs)
    }
    rows = (
        facts(service, cut)
        .filter(question__in={question_id for _, question_id in wanted}, polarity="")
        .values_list("version_id", "question", "starts_on", "counts")
    )
    asked: dict[str, list[Asked]] = {each: [] for each in constructs}
    for version_id, question_id, starts_on, counts in rows:
        question = wanted.get((version_id, question_id))
        if question is not None:
            version = known[version_id]
            basis = basis_of(document_by(version.pk, version.digest).placement)
            key = keys_of(version)[question_id]
            asked[construct_of(question)].append(
                Asked(Quarter.of(starts_on), key, question.words(), counts, basis)
            )
    return {each: trend_of(each, parts) for each, parts in asked.items()}


def trend(service: Service, construct: str, cut: Cut = WHOLE) -> Trend:
    """The trend of one construct, with breaks where its key or its words changed."""
    return trends(service, [construct], cut)[construct]
