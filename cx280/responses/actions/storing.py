"""Stores one person's answers, once."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.kernel.problem import Problem
from cx280.responses import queries
from cx280.responses.actions.concerns import concerns_among
from cx280.responses.actions.following import keep_along
from cx280.responses.models import Comment, Concern, Response
from cx280.responses.rules.answers import Fault, Given, as_stored, faults_in
from cx280.responses.rules.redaction import redact
from cx280.responses.rules.urgency import UrgencyKind
from cx280.responses.rules.visits import visit_kept
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.codes import Answer
from cx280.surveys.rules.scales import outcome_of, polarity_of


class BadAnswers(Problem):
    """Some answers do not fit their questions; nothing was stored."""

    status = 422

    def __init__(self, faults: list[Fault]) -> None:
        names = ", ".join(dict.fromkeys(each.question for each in faults))
        super().__init__(f"These answers do not fit their questions: {names}.")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Stored:
    """The response's id, and whether it was stored now (False: it was there already).

    urgency: what its comments speak of, when they cannot wait.
    """

    id: uuid.UUID
    is_new: bool
    urgency: UrgencyKind | None = None


def store(
    version: SurveyVersion,
    *,
    token_id: uuid.UUID,
    answers: Mapping[str, Answer],
    comments: Mapping[str, str] | None = None,
    unit_code: str = "",
    channel: str = "",
    customer_type: str = "",
    language: str = "en",
    received_at: datetime,
    seconds: float | None = None,
    suspected: str = "",
    source: str = Response.Source.WEB,
    external_id: str = "",
    visit: str = "",
    stratum: str = "",
    never_heard: Collection[str] = (),
    along: str = "",
) -> Stored:
    """The response, stored once for its token, with its comments redacted: one transaction.

    answers: codes by question id, as `codes_of` writes them. visit: kept only where the
    version's promise permits (280.7-j2). never_heard: questions that a call did not come to.
    along: the person along a journey that is followed; kept apart.
    Raises BadAnswers with each fault. Not audited one by one: a response is only ever added, and
    a chained entry for each would make all of the public wait for one row.
    """
    document, given = queries.document_of(version), Given(dict(answers), dict(comments or {}))
    if faults := faults_in(document, given):
        raise BadAnswers(faults)
    response = Response(
        id=token_id,
        version=version,
        channel=channel or version.survey.channel,
        customer_type=customer_type,
        language=language,
        received_at=received_at,
        seconds=None if seconds is None else min(round(seconds), 2**31 - 1),
        answers=as_stored(document, given, never_heard),
        source=source,
        external_id=external_id,
        suspected=suspected,
        visit=visit_kept(visit, document.promise, is_cleared=queries.is_cleared(version)),
        stratum=stratum,
    )
    _place(response, queries.owner_of(version), unit_code)
    return _insert(response, given.comments, along)


@implements("280.10-q1")
def _place(response: Response, owner: Organization, unit_code: str) -> None:
    """Codes the response by its unit, or keeps the unknown code in quarantine; never drops it."""
    unit = queries.unit_for(owner, unit_code)
    response.unit = unit
    response.unknown_unit = "" if unit else unit_code[:60]
    zone = ZoneInfo((unit or owner).time_zone)
    response.day = response.received_at.astimezone(zone).date()


def redacted(response: Response, comments: Mapping[str, str]) -> list[Comment]:
    """The comments as they may be kept: what names a person is taken out of each."""
    rows: list[Comment] = []
    for question, words in comments.items():
        kept = redact(words)
        row = Comment(
            response=response,
            question=question,
            text=kept.text,
            redactions=len(kept.spans),
            language=response.language,
        )
        place_comment(row, response)
        rows.append(row)
    return rows


def place_comment(comment: Comment, response: Response) -> None:
    """Writes on a comment where, when and how its response was given; does not save it."""
    version = response.version
    outcome = outcome_of(queries.document_of(version))
    comment.service_id = version.survey.service_id
    comment.version_id = version.pk
    comment.unit_id = response.unit_id
    comment.channel = response.channel
    comment.day = response.day
    comment.received_at = response.received_at
    comment.counted = not response.suspected
    comment.rating = ""
    if outcome is not None:
        code = response.answers.get(outcome.id)
        comment.rating = polarity_of(code, outcome.answered_by.value)


def _insert(response: Response, words: Mapping[str, str], along: str) -> Stored:
    """Inserts it with its comments, or finds that the same page was stored before."""
    comments = redacted(response, words)
    concerns = concerns_among(comments, words, response.received_at)
    urgency = UrgencyKind.of(concerns[0].kind) if concerns else None
    try:
        with transaction.atomic():
            response.save(force_insert=True)
            if comments:
                Comment.objects.bulk_create(comments)
            if concerns:
                Concern.objects.bulk_create(concerns)
            keep_along(response, along)
    except IntegrityError:
        # The primary key decides between two sends of one page, however close together.
        if not Response.objects.filter(pk=response.pk).exists():
            raise
        return Stored(response.pk, is_new=False, urgency=urgency)
    return Stored(response.pk, is_new=True, urgency=urgency)
