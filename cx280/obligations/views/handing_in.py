"""One obligation: when it is due and why, how it stands, and taking down that it was handed in."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotAllowed, NotFound, Problem
from cx280.obligations import access
from cx280.obligations.actions.handing_in import (
    record_submission,
    sign_submission,
    withdraw_submission,
)
from cx280.obligations.forms import SubmissionForm, WithdrawForm
from cx280.obligations.models import Obligation, Submission
from cx280.obligations.queries.changes import changes_of
from cx280.obligations.queries.standing import line_of
from cx280.obligations.rules.states import needs_signature
from cx280.obligations.rules.vocabulary import Code

SEE = Capability.SEE_QUARTERS
# Met by what is written here, and by nothing that is recorded by hand.
_KNOWN_HERE = {Code.QUARTERLY.value, Code.DESIGNATION.value, Code.REFLECTION.value}


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def obligation(request: HttpRequest, pk: int) -> HttpResponse:
    """The obligation, and the form for what was handed in outside of this system."""
    person = signed_in_person(request)
    found = access.obligation_to_see(person, pk)
    form = SubmissionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            record_submission(found, **form.cleaned_data, by=person, now=timezone.now())
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            waits = " It counts once the senior accountable official has signed."
            messages.success(request, f"Recorded.{waits if needs_signature(found.code) else ''}")
            return redirect("obligations:obligation", pk=pk)
    return _page(request, found, form=form)


def _page(
    request: HttpRequest,
    found: Obligation,
    *,
    form: SubmissionForm | None = None,
    withdraw_form: forms.Form | None = None,
) -> HttpResponse:
    person, today = signed_in_person(request), timezone.localdate()
    line = line_of(found, today, whole=not access.sees_all(person))
    failed = any(each is not None and each.is_bound for each in (form, withdraw_form))
    context = {
        "line": line,
        "obligation": found,
        "days": found.days,
        "by_hand": found.code not in _KNOWN_HERE,
        "needs_signature": needs_signature(found.code),
        "may_hand_in": access.may_hand_in(person, found),
        "may_sign": access.may_sign(person, found),
        "history": [] if access.sees_all(person) else found.submissions.select_related(
            "recorded_by", "signed_by", "withdrawn_by"
        ),
        "changes": changes_of(found, whole=not access.sees_all(person)),
        "reminders": [] if access.sees_all(person) else found.reminders.all(),
        "form": form or SubmissionForm(),
        "withdraw_form": withdraw_form or WithdrawForm(),
        "withdraw_failed": withdraw_form is not None,
    }  # fmt: skip
    return render(request, "obligations/obligation.html", context, status=422 if failed else 200)


@never_cache
@allow(Capability.CERTIFY_QUARTERS)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The senior accountable official signs what was recorded."""
    person = signed_in_person(request)
    found = access.obligation_to_see(person, pk)
    sign_submission(_standing(found), by=person, now=timezone.now())
    messages.success(request, "Signed. It counts from the day OMB got it.")
    return redirect("obligations:obligation", pk=pk)


@never_cache
@allow(Capability.SUBMIT_QUARTERS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back what was recorded by mistake."""
    person = signed_in_person(request)
    found = access.obligation_to_see(person, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw_submission(
                _standing(found), because=form.cleaned_data["because"], by=person,
                now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Withdrawn. It stays in the history.")
            return redirect("obligations:obligation", pk=pk)
    return _page(request, found, withdraw_form=form)


def _standing(obligation: Obligation) -> Submission:
    found = obligation.submissions.filter(withdrawn_at__isnull=True).first()
    if found is None:
        raise NotFound("Nothing is recorded for this obligation.")
    return found
