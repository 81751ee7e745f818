"""Signing a proposal, and OMB's answer to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.designation import access
from cx280.designation.actions.moving import (
    concur_with_proposal,
    return_proposal,
    sign_proposal,
)
from cx280.designation.forms import ConcurForm, ReturnForm
from cx280.designation.views.proposals import page
from cx280.kernel.problem import Unusable


def _seen(request: HttpRequest) -> int:
    """The revision the person looked at, as the page sent it back; −1 for none."""
    written = request.POST.get("revision", "")
    return int(written) if written.isdecimal() and len(written) < 10 else -1


@never_cache
@allow(Capability.SIGN_DESIGNATIONS)
@require_POST
def sign(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """Signs, which proposes the services to OMB."""
    person = signed_in_person(request)
    found = access.proposal_to_see(person, hisp, year)
    sign_proposal(found, seen=_seen(request), by=person, on=timezone.localdate())
    messages.success(request, "Signed. The services are with OMB now.")
    return redirect("designation:proposal", hisp, year)


@never_cache
@allow(Capability.CONCUR)
@require_POST
def give_back(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """Returns the proposal with what has to change."""
    person = signed_in_person(request)
    found = access.proposal_to_see(person, hisp, year)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            return_proposal(
                found, seen=_seen(request), because=form.cleaned_data["because"], by=person,
                on=timezone.localdate(),
            )  # fmt: skip
        except Unusable as problem:
            tell(form, problem)
        else:
            messages.success(request, "Returned. The agency sees what you wrote.")
            return redirect("designation:proposal", hisp, year)
    return page(request, found, return_form=form)


@never_cache
@allow(Capability.CONCUR)
@require_POST
def concur(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """Records that OMB concurs, and on which day."""
    person = signed_in_person(request)
    found = access.proposal_to_see(person, hisp, year)
    form = ConcurForm(request.POST)
    if form.is_valid():
        try:
            concur_with_proposal(found, seen=_seen(request), by=person, **form.cleaned_data)
        except Unusable as problem:
            tell(form, problem)
        else:
            messages.success(request, "The services are designated.")
            return redirect("designation:proposal", hisp, year)
    return page(request, found, concur_form=form)
