"""Clearances: which permission holds, how much of it is left, and what stands under it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, capabilities_of, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.clearance import access, actions, queries
from cx280.clearance.forms import ApproveForm, ClearanceForm, CollectionForm, WithdrawForm
from cx280.clearance.models import Clearance, Collection
from cx280.kernel.problem import Problem

SEE, EDIT = Capability.SEE_CLEARANCE, Capability.EDIT_CLEARANCE


@never_cache
@allow(SEE)
@require_safe
def clearances(request: HttpRequest) -> HttpResponse:
    """Every clearance the person's work stands under, the one to renew first on top."""
    person = signed_in_person(request)
    lines = queries.clearance_lines(access.clearances_to_see(person), timezone.localdate())
    context = {
        "lines": lines,
        "in_force": sum(each.standing == "in_force" for each in lines),
        "renew": [each for each in lines if each.needs_renewal],
        "may_add": EDIT in capabilities_of(person),
    }
    return render(request, "clearance/list.html", context)


@never_cache
@allow(SEE)
@require_safe
def clearance(request: HttpRequest, pk: int) -> HttpResponse:
    """One clearance: its terms, its ledger, its collections."""
    found = access.clearance_to_see(signed_in_person(request), pk)
    return _page(request, found)


def _page(
    request: HttpRequest,
    found: Clearance,
    *,
    withdraw_form: forms.Form | None = None,
    failed: tuple[int, forms.Form] | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    answered, rows = queries.answered_under(found), []
    for each in found.collections.select_related("request").order_by("state", "title"):
        form = ApproveForm(initial={"approved_on": today}, auto_id=f"approve_{each.pk}_%s")
        rows.append(
            (each, failed[1] if failed and failed[0] == each.pk else form, answered[each.pk])
        )
    line = queries.clearance_lines(Clearance.objects.filter(pk=found.pk), today)[0]
    context = {
        "clearance": found,
        "line": line,
        "bars": _bars(line.ledger, queries.use_of(found, answered)),
        "rows": rows,
        "may_edit": access.may_edit(signed_in_person(request), found),
        "withdraw_form": withdraw_form or WithdrawForm(initial={"on": today}),
        "withdraw_failed": withdraw_form is not None,
    }
    failing = withdraw_form is not None or failed is not None
    return render(request, "clearance/clearance.html", context, status=422 if failing else 200)


def _bars(ledger: Any, use: queries.Use) -> list[dict[str, Any]]:  # noqa: ANN401
    """Responses and hours as the page draws them; widths in tenths of a percent."""
    return [
        {
            **_bar("Responses", ledger.responses, ledger.asked_responses, ledger.ceiling.responses),
            **_used(
                use.responses, ledger.responses, ledger.asked_responses, ledger.ceiling.responses
            ),
        },
        {
            **_bar("Burden hours", ledger.hours, ledger.asked_hours, ledger.ceiling.hours),
            **_used(use.hours, ledger.hours, ledger.asked_hours, ledger.ceiling.hours),
        },
    ]


def _used(used: Any, approved: Any, asked: Any, ceiling: Any) -> dict[str, Any]:  # noqa: ANN401
    """What of the ceiling is used up, on the same scale as the bar."""
    whole = max(float(ceiling), float(approved + asked), 1.0)
    return {
        "used": used,
        "used_share": float(used) / float(ceiling) if ceiling else None,
        "used_width": _tenths(min(float(used), whole), whole),
        "used_over": used > approved,
    }


def _bar(name: str, approved: Any, asked: Any, ceiling: Any) -> dict[str, Any]:  # noqa: ANN401
    whole = max(float(ceiling), float(approved + asked), 1.0)
    return {
        "name": name,
        "approved": approved,
        "asked": asked,
        "ceiling": ceiling,
        "left": ceiling - approved,
        "share": float(approved) / float(ceiling) if ceiling else None,
        "approved_width": _tenths(approved, whole),
        "asked_width": _tenths(asked, whole),
        "ceiling_at": _tenths(ceiling, whole),
        "is_over": approved + asked > ceiling,
    }


def _tenths(part: Any, whole: float) -> str:  # noqa: ANN401
    """The part in tenths of a percent, as SVG writes it: no separators."""
    return str(round(1000 * float(part) / whole))


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_clearance(request: HttpRequest) -> HttpResponse:
    """Enters a clearance OMB granted."""
    person = signed_in_person(request)
    form = ClearanceForm(person, timezone.localdate(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.save_clearance(None, by=person, values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"Clearance {made.control_number} is entered.")
            return redirect("clearance:clearance", made.pk)
    status = 422 if form.errors else 200
    return render(request, "clearance/edit.html", {"form": form}, status=status)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_clearance(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects or renews a clearance."""
    person = signed_in_person(request)
    found = access.clearance_to_edit(person, pk)
    values = {name: getattr(found, name) for name in ClearanceForm.base_fields}
    form = ClearanceForm(person, timezone.localdate(), request.POST or None, initial=values)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_clearance(found, by=person, values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "The clearance is saved.")
            return redirect("clearance:clearance", pk)
    context = {"form": form, "clearance": found}
    return render(request, "clearance/edit.html", context, status=422 if form.errors else 200)


@never_cache
@allow(EDIT)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a clearance early."""
    person = signed_in_person(request)
    found = access.clearance_to_edit(person, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw_clearance(found, **form.cleaned_data, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "The clearance is withdrawn.")
            return redirect("clearance:clearance", pk)
    return _page(request, access.clearance_to_see(person, pk), withdraw_form=form)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Drafts a collection under the clearance."""
    found = access.clearance_to_edit(signed_in_person(request), pk)
    return _collection_page(request, found, None)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a draft."""
    collection = access.collection_to_edit(signed_in_person(request), pk)
    return _collection_page(request, collection.clearance, collection)


def _collection_page(
    request: HttpRequest, found: Clearance, collection: Collection | None
) -> HttpResponse:
    initial = {"kind": "survey"}
    if collection is not None:
        initial = {name: getattr(collection, name) for name in CollectionForm.base_fields}
    form = CollectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_collection(
                collection, found, by=signed_in_person(request), values=form.cleaned_data
            )
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "The draft is saved. Enter the day OMB approves it.")
            return redirect("clearance:clearance", found.pk)
    context = {"form": form, "clearance": found, "collection": collection}
    status = 422 if form.errors else 200
    return render(request, "clearance/collection.html", context, status=status)


@never_cache
@allow(EDIT)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Enters OMB's approval of a collection."""
    person = signed_in_person(request)
    collection = access.collection_to_edit(person, pk)
    form = ApproveForm(request.POST, auto_id=f"approve_{pk}_%s")
    if form.is_valid():
        try:
            actions.approve_collection(collection, on=form.cleaned_data["approved_on"], by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"“{collection.title}” is approved: surveys may use it.")
            return redirect("clearance:clearance", collection.clearance_id)
    found = access.clearance_to_see(person, collection.clearance_id)
    return _page(request, found, failed=(pk, form))


@never_cache
@allow(EDIT)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes an approved collection."""
    person = signed_in_person(request)
    collection = access.collection_to_edit(person, pk)
    actions.close_collection(collection, by=person)
    messages.success(request, f"“{collection.title}” is closed.")
    return redirect("clearance:clearance", collection.clearance_id)


@never_cache
@allow(EDIT)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a draft."""
    person = signed_in_person(request)
    collection = access.collection_to_edit(person, pk)
    actions.remove_draft(collection, by=person)
    messages.success(request, "The draft is removed.")
    return redirect("clearance:clearance", collection.clearance_id)
