"""Keeps what one person said at a moment of a journey that is followed, apart from the answers."""

from __future__ import annotations

from cx280.circular.implements import implements
from cx280.delivery.models import FollowedAnswer
from cx280.delivery.queries.following import followed
from cx280.responses import queries
from cx280.responses.models import Response
from cx280.surveys.rules.vocabulary import Construct

FOLLOWED = (Construct.TRUST, Construct.SATISFACTION)


@implements("280.10-b3")
def keep_along(response: Response, along: str) -> None:
    """Keeps the scores beside the journey's name for the person: no id, no comment, no address.

    Nothing where the journey is not followed any more, or the answers may be a robot's.
    """
    journey = followed(response.version.survey) if along and not response.suspected else None
    person = journey.person(along) if journey is not None else ""
    if journey is None or not person:
        return
    scores = _scores(response)
    if scores:
        # A second answer at the same moment is not kept: the first was given nearest to it.
        FollowedAnswer.objects.bulk_create(
            [
                FollowedAnswer(
                    following_id=journey.pk, person=person, day=response.day, scores=scores,
                    survey_id=response.version.survey_id,
                )
            ],
            ignore_conflicts=True,
        )  # fmt: skip


def _scores(response: Response) -> dict[str, list[str | int]]:
    found: dict[str, list[str | int]] = {}
    for question in queries.document_of(response.version).questions:
        code = response.answers.get(question.id)
        for construct in FOLLOWED:
            if question.measures(construct) and isinstance(code, int):
                found.setdefault(construct.value, [question.answered_by.value, code])
    return found
