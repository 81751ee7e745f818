"""Starts and writes requests. What was typed is stored as it is, complete or not."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cx280.accounts.actions.justifications import justify
from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.clearance.models import Clearance
from cx280.kernel.finding import Severity
from cx280.kernel.problem import Conflict
from cx280.paperwork.models import Request, Study
from cx280.paperwork.queries.known import known_around
from cx280.paperwork.queries.standing import standing_of
from cx280.paperwork.rules.answers import Answers, plain_of, read_answers
from cx280.paperwork.rules.prefill import prefilled
from cx280.paperwork.rules.states import ENDED, State, is_editable
from cx280.surveys.models import Survey


class MovedOn(Conflict):
    """Somebody else saved the request since it was opened."""

    def __init__(self, revision: int) -> None:
        super().__init__("Somebody else saved this request while you wrote.")
        self.revision = revision


def start_request(
    clearance: Clearance,
    *,
    by: Person,
    on: date,
    survey: Survey | None = None,
    study: Study | None = None,
) -> Request:
    """A draft, filled in as far as cx280 knows; Conflict while another one is under way."""
    about = Request.objects.filter(survey=survey, study=study)
    if about.exclude(state__in=ENDED).exists():
        raise Conflict("A request about this is under way already.", rule="280.11-a3")
    known = known_around(clearance, survey, study, by, on)
    unit = survey.service.owner if survey else study.organization if study else None
    answers = prefilled(known)
    with transaction.atomic():
        request = Request.objects.create(
            clearance=clearance,
            organization=unit or clearance.organization,
            survey=survey,
            study=study,
            title=answers.title,
            answers=plain_of(answers),
            created_by=by,
            simulated=bool((survey and survey.simulated) or (study and study.simulated)),
        )
        told("start_request", request, by=by, about=known.about)
    return request


def copy_request(old: Request, *, by: Person, on: date) -> Request:
    """A new draft with the words of one that was refused or withdrawn, which stays as it is.

    Under the clearance of today: Conflict while another request is under way, or where the old one
    was approved, for then its hours are in the ledger.
    """
    if old.state not in {State.REFUSED, State.WITHDRAWN}:
        raise Conflict("Only a refused or withdrawn request is written anew.", rule="280.11-a3")
    with transaction.atomic():
        made = start_request(old.clearance, by=by, on=on, survey=old.survey, study=old.study)
        made.answers, made.title = old.answers, old.title
        made.save(update_fields=["answers", "title", "changed_at"])
        told("copy_request", made, by=by, copied=old.pk)
    return made


def save_answers(request: Request, *, by: Person, answers: Answers, revision: int) -> Request:
    """The draft with these answers; unchanged ones leave it as it is.

    Raises MovedOn, changing nothing, when somebody saved since `revision`, and Conflict when it
    is no draft.
    """
    plain = plain_of(read_answers(plain_of(answers)))
    with transaction.atomic():
        current = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if not is_editable(current.state):
            raise Conflict("A signed request is not changed.", fix="Take the signature back first.")
        if current.revision != revision:
            raise MovedOn(current.revision)
        if current.answers != plain:
            current.answers, current.title = plain, answers.title
            current.revision += 1
            current.save(update_fields=["answers", "title", "revision", "changed_at"])
            told("save_request", current, by=by, revision=current.revision)
    request.answers, request.revision = current.answers, current.revision
    request.title = current.title
    return request


def justify_finding(request: Request, *, by: Person, finding: str, text: str, on: date) -> None:
    """Keeps why a warning is accepted; Conflict for an error, which must be fixed."""
    matching = [each for each in standing_of(request, on).findings if each.key == finding]
    if not matching:
        raise Conflict("That finding is no longer there; nothing needs a reason.")
    if any(each.severity is Severity.ERROR for each in matching):
        raise Conflict("This must be fixed; a written reason is not enough.", rule=matching[0].rule)
    justify(
        subject_of(request),
        finding=finding,
        text=text,
        by=by,
        organization=agency_of(request.organization).code,
    )


def remove_draft(request: Request, *, by: Person) -> None:
    """A draft that never left the house is gone; Conflict for anything that was signed."""
    if request.state != State.DRAFT or request.steps.exists():
        raise Conflict("Only a draft that nobody signed can be removed. Withdraw it instead.")
    with transaction.atomic():
        told("remove_request", request, by=by, title=request.title)
        request.delete()


def told(action: str, request: Request, *, by: Person | None, **detail: object) -> None:
    """Writes the audit entry of a request."""
    record(
        actor=by.email if by else "system",
        action=action,
        subject=subject_of(request),
        organization=agency_of(request.organization).code,
        detail=detail,
    )
