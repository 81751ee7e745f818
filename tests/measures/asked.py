"""Builders of answers about drivers: what a version got in a quarter, with a known top driver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils import timezone

from cx280.circular.edition import edition
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.comparability import construct_of, has_score, key_of
from cx280.measures.rules.patterns import OUTCOMES, blocks_of
from cx280.measures.rules.pooling import Column, Part
from cx280.measures.rules.tapped_drivers import tapped_columns
from cx280.responses.models import Response
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import Question, read_document
from tests.builders import a_document, a_service, a_survey, a_version
from tests.measures.test_tasks import TAPPED

SEVEN = ("trust", "satisfaction", "effectiveness", "ease", "efficiency", "equity", "employee")
EASE_LEADS = {"effectiveness": 0.4, "ease": 1.0, "efficiency": 0.3, "equity": 0.2, "employee": 0.1}


def people(
    n: int,
    weights: Mapping[str, float] | None = None,
    *,
    seed: int = 280,
    skipped: float = 0.0,
    lower: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """n people's answers to the seven questions. weights: what trust follows from; satisfaction
    follows from efficiency most. skipped: the share of driver answers not given. lower: drivers
    people agree with less."""
    dice = np.random.default_rng(seed)
    weights = weights or EASE_LEADS
    mood = dice.normal(size=n)
    felt = {each: 0.6 * mood + dice.normal(size=n) for each in weights}
    trust = sum((w * felt[each] for each, w in weights.items()), 0.5 * dice.normal(size=n))
    satisfied = felt["efficiency"] + 0.3 * felt["ease"] + 0.5 * dice.normal(size=n)
    coded = {"trust": _codes(trust / 1.5), "satisfaction": _codes(satisfied / 1.5)}
    for each, values in felt.items():
        coded[each] = _codes(values - (1.0 if each in lower else 0.0))
    gaps = {each: dice.random(n) < skipped for each in weights}
    return [
        {
            each: None if each in gaps and gaps[each][at] else int(codes[at])
            for each, codes in coded.items()
        }
        for at in range(n)
    ]


def _codes(values: Any) -> Any:  # noqa: ANN401  numpy both ways
    return np.clip(np.rint(3.4 + values), 1, 5).astype(int)


def changed(document: dict[str, Any], question: str, **fields: Any) -> dict[str, Any]:
    """The document with one question changed."""
    return {
        **document,
        "questions": [
            {**each, **fields} if each["id"] == question else each for each in document["questions"]
        ],
    }


def without(document: dict[str, Any], question: str) -> dict[str, Any]:
    """The document with one question left out."""
    kept = [each for each in document["questions"] if each["id"] != question]
    return {**document, "questions": kept}


def a_part(
    answers: Sequence[Mapping[str, Any]] = ({"trust": 4, "satisfaction": 4, "ease": 3},),
    *,
    document: dict[str, Any] | None = None,
    outcome: str = "trust",
    quarter: str = "FY2022 Q2",
    source: str = "Boat permits feedback version 1",
    service: str = "boat-permits",
    self_selected: bool = False,
) -> Part:
    """What a version of a survey got in a quarter."""
    read = read_document(document or a_document())
    (block, *_) = blocks_of(read)
    of = edition(read.edition)
    columns = {
        each.id: Column(each.id, key_of(each, read, of), each.words())
        for each in read.questions
        if has_score(each) and each.id in block.ratings
    }
    kinds = {each.id: construct_of(each) for each in read.questions}
    found = (block.pattern_of(each) for each in answers)
    return Part(
        service=service,
        source=source,
        quarter=Quarter.parse(quarter),
        outcome=next(each for key, each in columns.items() if kinds[key] == outcome),
        drivers=tuple(each for key, each in columns.items() if kinds[key] not in OUTCOMES),
        columns=tuple(block.columns),
        patterns=Counter(each for each in found if each is not None),
        self_selected=self_selected,
    )


def taps(n: int, *, seed: int = 280) -> list[dict[str, Any]]:
    """n people's ratings and taps: who rates low taps ease, whoever rates taps employees alike."""
    dice = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for rating in dice.integers(1, 6, size=n).tolist():
        often = {"ease": 0.8 if rating < 3 else 0.2, "employee": 0.5}
        rows.append(
            {"trust": rating, "why": [each for each in often if dice.random() < often[each]]}
        )
    return rows


def a_tapped_part(answers: Sequence[Mapping[str, Any]], **fields: Any) -> tuple[Part, Question]:
    """What a version in which drivers are tapped under trust got in a quarter."""
    document = a_document()
    document["questions"].insert(2, TAPPED)
    read = read_document(document)
    block = next(each for each in blocks_of(read) if each.tapped == "why")
    question = read.question("why")
    assert question is not None
    found = (block.pattern_of(each) for each in answers)
    part = replace(
        a_part(document=document, **fields),
        drivers=tapped_columns(question, key_of(question, read, edition(read.edition))),
        columns=tuple(block.columns),
        patterns=Counter(each for each in found if each is not None),
    )
    return part, question


def a_tapping_version() -> SurveyVersion:
    """A version in which drivers are tapped under trust and not asked on a scale."""
    document = a_document()
    document["questions"] = [*document["questions"][:2], TAPPED]
    return a_version(a_survey(draft=document))


def a_prompted_service(**service: Any) -> SurveyVersion:
    """A version of a survey about boat permits that people are asked to answer."""
    owned = a_service(**{"name": "Boat permits", **service})
    return a_version(a_survey(owned, draft=a_document(placement="prompt")))


def store(version: SurveyVersion, rows: Sequence[Mapping[str, Any]], **fields: Any) -> None:
    """These answers to a version, today on its website unless said otherwise."""
    Response.objects.bulk_create(
        Response(
            **{
                "version": version,
                "channel": Channel.WEBSITE,
                "day": timezone.localdate(),
                "received_at": timezone.now(),
                "answers": dict(row),
                **fields,
            }
        )
        for row in rows
    )
