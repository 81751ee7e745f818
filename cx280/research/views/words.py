"""Segments with what is known of them, the list of tags, and how long what was learned holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, capabilities_of, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.kernel.problem import NotFound, Problem
from cx280.research import access
from cx280.research.actions import words as actions
from cx280.research.forms import SegmentForm, ShareForm, TagForm, TermsForm
from cx280.research.models import Segment
from cx280.research.queries.insights import segments_known
from cx280.research.queries.words import terms_of
from cx280.research.views.parts import parts

SEE, EDIT = Capability.SEE_RESEARCH, Capability.EDIT_RESEARCH


@never_cache
@allow(SEE)
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Each segment: who belongs to it, how large it is, what its people need."""
    return _page(request, {})


def _page(request: HttpRequest, failed: dict[str, forms.Form]) -> HttpResponse:
    person, today = signed_in_person(request), timezone.localdate()
    agencies = list(access.agencies_where(person))
    may_edit = EDIT in capabilities_of(person)
    agency = access.agency_to_edit(person) if may_edit else (agencies[0] if agencies else None)
    context: dict[str, Any] = {"parts": parts(), "agency": agency, "may_edit": may_edit}
    if agency is not None:
        terms = terms_of(agency)
        context |= {
            "segments": segments_known(agency, terms, today),
            "tags": agency.insight_tags.all(),
            "terms": terms,
            "forms": {
                name: failed.get(name) or _form(name, person, agency) for name in _FORMS
            } if may_edit else {},
            "failed": set(failed),
        }  # fmt: skip
    return render(request, "research/words.html", context, status=422 if failed else 200)


def _form(name: str, person: Person, agency: Organization, data: Any = None) -> forms.Form:  # noqa: ANN401
    """The form of that name, empty or as sent."""
    if name == "share":
        services = access.services_to_test(person)
        segments = Segment.objects.filter(agency=agency)
        return ShareForm(services, segments, data, auto_id="share_%s")
    if name == "terms":
        now = terms_of(agency)
        held = {"confirm_months": now.confirm_months, "study_months": now.study_months}
        return TermsForm(data, initial=held)
    # Two forms of a page ask for a name: their inputs need ids of their own.
    return {"segment": SegmentForm, "tag": TagForm}[name](data, auto_id=f"{name}_%s")


def _share(_agency: Organization, *, percent: float, **given: Any) -> object:
    return actions.set_share(given.pop("service"), share=percent / 100, **given)


_FORMS: dict[str, tuple[Callable[..., object], str]] = {
    "segment": (actions.add_segment, "The segment is on the list."),
    "share": (_share, "Kept."),
    "tag": (actions.add_tag, "The tag is on the list."),
    "terms": (actions.set_terms, "Kept. What is stale is told by the new period."),
}


@never_cache
@allow(EDIT)
@require_POST
def add(request: HttpRequest, what: str) -> HttpResponse:
    """Adds a segment, its share, a tag, or sets the periods."""
    if what not in _FORMS:
        raise NotFound("There is nothing to add under this address.")
    person = signed_in_person(request)
    agency = access.agency_to_edit(person)
    form = _form(what, person, agency, request.POST)
    if form.is_valid():
        act, said = _FORMS[what]
        try:
            act(agency, by=person, **form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, said)
            return redirect("research:words")
    return _page(request, {what: form})
