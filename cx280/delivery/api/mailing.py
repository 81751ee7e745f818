"""Messages over the API: ended interactions in, what became of them out, reports on them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code
from cx280.delivery import access
from cx280.delivery.actions.handing import hand_over
from cx280.delivery.actions.reports import report
from cx280.delivery.api import schemas
from cx280.delivery.models import HandOver
from cx280.delivery.queries.mail import ByChannel, progress_of, rows_of
from cx280.delivery.queries.terms import terms_of
from cx280.delivery.rules.reports import key_of
from cx280.delivery.rules.timing import Lags

router = Router()
SEE, EDIT = Capability.SEE_SURVEYS, Capability.EDIT_SURVEYS
_FIRST_LINE = 2  # as rows of a file are numbered


@router.post("/surveys/{code}/interactions", response=schemas.HandOverTold, auth=needs(EDIT),
             operation_id="hand-over", summary="Hand over ended interactions")  # fmt: skip
def take(request: HttpRequest, code: Path[Code], body: schemas.EndedOnes) -> dict[str, Any]:
    """Every interaction accounted for; sending the same again sends nothing more.

    409 while messages are switched off, the survey is not open, or nobody has chosen a plan.
    """
    person = asking_person(request)
    survey = access.survey_to_edit(person, code)
    now = timezone.now()
    cells = (_cells(each) for each in body.interactions)
    rows = rows_of(survey, cells, now)
    kept = hand_over(survey, rows=rows, by=person, source=HandOver.Source.API, now=now)
    return {
        "rows": kept.rows,
        "accepted": kept.accepted,
        "known": kept.known,
        "refused": kept.refused,
        "findings": [
            {"interaction": line - _FIRST_LINE, "finding": words} for line, words in kept.findings
        ],
    }


def _cells(given: schemas.Ended) -> dict[str, str]:
    """An interaction as a row of a file says it."""
    consent = "yes" if given.consent else ""
    return {**given.dict(), "ended_at": given.ended_at.isoformat(), "consent": consent}


@router.get("/surveys/{code}/invitations", response=schemas.ProgressTold, auth=needs(SEE),
            operation_id="invitations", summary="What became of the messages")  # fmt: skip
def invitations(
    request: HttpRequest, code: Path[Code], part: Query[schemas.Days]
) -> dict[str, Any]:
    """Messages by state, how soon they left, and how many people began and answered."""
    survey = access.survey_to_see(asking_person(request), code)
    since = timezone.now() - timedelta(days=part.days)
    found = progress_of(survey, terms_of(survey), since)
    return {
        "days": part.days,
        "drawn": found.drawn,
        "states": {each.value: count for each, count in found.states.items()},
        "reminded": found.reminded,
        "offered": found.offered,
        "started": found.started,
        "answered": found.answered,
        "lag": _lag(found.lags),
        "channels": [_channel(each) for each in found.channels],
    }


def _lag(lags: Lags | None) -> dict[str, Any] | None:
    return {**asdict(lags), "share_within": lags.share_within} if lags else None


def _channel(found: ByChannel) -> dict[str, Any]:
    return {
        "channel": found.channel.value,
        "states": {each.value: count for each, count in found.states.items()},
        "offered": found.offered,
        "delivered": found.delivered,
        "parts": found.parts,
        "lag": _lag(found.lags),
    }


@router.post("/delivery-reports", response=schemas.ReportTold, auth=needs(EDIT),
             operation_id="report-delivery", summary="A message came back")  # fmt: skip
def reported(request: HttpRequest, body: schemas.ReportGiven) -> dict[str, Any]:
    """Whether the report was new. Neither kind counts as offered; who complains is asked no more.

    The message is named by its Message-ID, with or without what stands around the key.
    """
    invitation = access.invitation_to_report(asking_person(request), key_of(body.message))
    return {"is_new": report(invitation, kind=body.kind, now=timezone.now())}
