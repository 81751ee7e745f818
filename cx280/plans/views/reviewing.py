"""OMB's review of a plan, and the versions that were signed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotAllowed, NotFound, Unusable
from cx280.plans import access
from cx280.plans.actions.reviewing import accept_plan, return_plan
from cx280.plans.forms import ReturnForm
from cx280.plans.rules.content import readable

REVIEW = Capability.REVIEW_QUARTERS


@never_cache
@allow(REVIEW)
@require_POST
def accept(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """OMB takes that version."""
    person = signed_in_person(request)
    accept_plan(access.plan_to_see(person, pk), version=number, by=person)
    messages.success(request, "Accepted.")
    return redirect("plans:plan", pk=pk)


@never_cache
@allow(REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Returns that version, with reasons for the plan and for each action."""
    person = signed_in_person(request)
    plan = access.plan_to_see(person, pk)
    version = access.version_to_see(person, plan, number)
    if version is None:
        raise NotFound("This plan has no such version.")
    if not access.may_review(person, plan):
        raise NotAllowed("Only OMB reviews Action Plans.")
    content = readable(version.content)
    given = request.POST if request.method == "POST" else None
    form = ReturnForm([each["change"] for each in content["actions"]], given)
    if given is not None and form.is_valid():
        try:
            return_plan(plan, version=number, words=form.cleaned_data["words"],
                        remarks=form.remarks(), by=person)  # fmt: skip
        except Unusable as problem:
            tell(form, problem)
        else:
            messages.success(request, "Returned. The agency sees your reasons beside each action.")
            return redirect("plans:plan", pk=pk)
    context = {"plan": plan, "version": version, "content": content, "form": form}
    status = 422 if given is not None else 200
    return render(request, "plans/return.html", context, status=status)


@never_cache
@allow(Capability.SEE_QUARTERS)
@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version as it was signed, with what OMB said of it."""
    person = signed_in_person(request)
    plan = access.plan_to_see(person, pk)
    found = access.version_to_see(person, plan, number)
    if found is None:
        raise NotFound("This plan has no such version.")
    context = {
        "plan": plan,
        "version": found,
        "content": readable(found.content),
        "reviews": found.reviews.select_related("by").prefetch_related("remarks"),
    }
    return render(request, "plans/version.html", context)
