"""Enters and changes surveys that run in another system, so that the plan counts all of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotAllowed
from cx280.services.access import services_where
from cx280.surveys import access, actions
from cx280.surveys.forms import OtherCollectionForm
from cx280.surveys.models import OtherCollection


@allow(Capability.RECORD_DISCUSSIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_other(request: HttpRequest) -> HttpResponse:
    """Enters a survey that runs in another system."""
    person = signed_in_person(request)
    if not access.agencies_to_record_for(person).exists():
        raise NotAllowed("The measurement plan of an agency is kept by its CX lead.")
    form = _form(request, person)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.add_other_collection(given.pop("agency"), by=person, **given)
        messages.success(request, "It stands in the plan now.")
        return redirect("plan:plan")
    return _page(request, form)


@allow(Capability.RECORD_DISCUSSIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_other(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes what the plan says of a survey that runs in another system."""
    person = signed_in_person(request)
    other = access.other_collection_to_change(person, pk)
    form = _form(request, person, _as_typed(other))
    if request.method == "POST" and form.is_valid():
        given = {name: each for name, each in form.cleaned_data.items() if name != "agency"}
        actions.change_other_collection(other, by=person, **given)
        messages.success(request, "Saved.")
        return redirect("plan:plan")
    return _page(request, form, other)


def _form(
    request: HttpRequest, person: Person, initial: dict[str, Any] | None = None
) -> OtherCollectionForm:
    form = OtherCollectionForm(request.POST or None, initial=initial)
    agencies = access.agencies_to_record_for(person)
    form.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
    services = services_where(person, Capability.SEE_SERVICES)
    form.fields["service"].queryset = services  # type: ignore[attr-defined]
    return form


def _as_typed(other: OtherCollection) -> dict[str, Any]:
    """What the form shows of a collection: shares as numbers of 100."""
    names = [
        name for name in OtherCollectionForm.base_fields if name not in {"invited", "answering"}
    ]
    shares = {name: getattr(other, name) for name in ("invited", "answering")}
    return {name: getattr(other, name) for name in names} | {
        name: None if share is None else round(share * 100, 4) for name, share in shares.items()
    }


def _page(
    request: HttpRequest, form: OtherCollectionForm, other: OtherCollection | None = None
) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "other": other}
    return render(request, "surveys/add_other.html", context, status=status)
