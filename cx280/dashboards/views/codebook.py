"""The codebook: its themes, their words, what they find, and corrections of single comments."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.dashboards.forms import CorrectionForm, ThemeForm, written
from cx280.dashboards.queries.codebook import codebook_history, matching, standing
from cx280.dashboards.queries.comments import comments_shown
from cx280.dashboards.views.comments import comments_to_read
from cx280.kernel.problem import NotFound, Problem
from cx280.measures.access import (
    agency_to_code,
    codebook_agencies,
    codebook_to_edit,
    comment_to_correct,
    comments_within,
    may_edit_codebook,
)
from cx280.measures.actions import correct_comment, save_codebook
from cx280.measures.queries.codebooks import codebook_of, codebook_version
from cx280.measures.rules.themes.codebook import Codebook, Theme, with_retired, with_theme


@allow(Capability.SEE_COMMENTS)
def codebook(request: HttpRequest) -> HttpResponseBase:
    """The themes of the person's agency; of several agencies, the one in `?agency=`."""
    person = signed_in_person(request)
    agencies = codebook_agencies(person)
    if not agencies:
        raise NotFound("A codebook belongs to an agency, and you have no role in one.")
    wanted = request.GET.get("agency", "")
    agency = agency_to_code(person, wanted) if wanted else agencies[0]
    context = {
        "agency": agency,
        "agencies": agencies,
        "standing": standing(agency),
        "history": codebook_history(agency),
        "may_edit": may_edit_codebook(person, agency),
    }
    return render(request, "dashboards/codebook.html", context)


@allow(Capability.SEE_COMMENTS)
def theme(request: HttpRequest, agency: str, code: str) -> HttpResponseBase:
    """One theme with the comments its words find now; a manager changes it here."""
    person = signed_in_person(request)
    if request.method == "POST":
        found = codebook_to_edit(person, agency)
    else:
        found = agency_to_code(person, agency)
    old = codebook_of(found).theme(code)
    if old is None:
        raise NotFound("The codebook has no such theme.")
    return _edited(request, found, old)


@allow(Capability.EDIT_SURVEYS)
def new_theme(request: HttpRequest, agency: str) -> HttpResponseBase:
    """A theme of the agency's own; it may be tried on recent comments before it is saved."""
    return _edited(request, codebook_to_edit(signed_in_person(request), agency), None)


@require_POST
@allow(Capability.EDIT_SURVEYS)
def retire(request: HttpRequest, agency: str, code: str) -> HttpResponseBase:
    """Takes a theme out of use, or brings it back; its earlier counts stay."""
    person = signed_in_person(request)
    found = codebook_to_edit(person, agency)
    book = codebook_of(found)
    old = book.theme(code)
    if old is None:
        raise NotFound("The codebook has no such theme.")
    save_codebook(found, with_retired(book, old), based_on=_number(found), by=person)
    verb = "is back in use" if old.retired else "is retired"
    messages.success(request, f"{old.name} {verb}. Comments are filed anew within minutes.")
    return redirect(_address(found))


@allow(Capability.EDIT_SURVEYS)
def comment(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Says what a comment is about, instead of the machine."""
    person = signed_in_person(request)
    sight = comments_to_read(request, code)
    found = comment_to_correct(person, sight, pk)
    book = codebook_of(agency_of(sight.service.owner))
    held = list(found.themes.values_list("code", flat=True))
    form = CorrectionForm(book, request.POST or None, initial={"codes": held})
    if request.method == "POST" and form.is_valid():
        correct_comment(found, form.cleaned_data["codes"], by=person)
        messages.success(request, "Filed as you said. It stays so whatever the codebook says.")
        return redirect("dashboards:comments", code)
    context = {
        "service": sight.service,
        "form": form,
        "comment": comments_shown([found], [found.version], book)[0],
    }
    return render(request, "dashboards/correct.html", context)


def _edited(request: HttpRequest, agency: Organization, old: Theme | None) -> HttpResponseBase:
    """The form of a theme; a POST saves it, or with `try` only shows what its words would find."""
    person = signed_in_person(request)
    book = codebook_of(agency)
    initial = {**(written(old) if old else {}), "based_on": _number(agency)}
    form = ThemeForm(request.POST or None, initial=initial)
    tried = old
    if request.method == "POST" and form.is_valid():
        made = form.theme(book, old)
        if "try" in request.POST:
            tried = made
        elif _saved(request, form, agency, book, made):
            return redirect(_address(agency))
    context = {
        "agency": agency,
        "theme": old,
        "form": form,
        "may_edit": may_edit_codebook(person, agency),
        "matching": matching(comments_within(person, agency), tried) if tried else None,
        "is_trial": "try" in request.POST,
    }
    return render(request, "dashboards/theme.html", context)


def _saved(
    request: HttpRequest, form: ThemeForm, agency: Organization, book: Codebook, made: Theme
) -> bool:
    """Whether the theme was saved; if not, the form says why."""
    try:
        version = save_codebook(
            agency,
            with_theme(book, made),
            based_on=form.cleaned_data["based_on"],
            by=signed_in_person(request),
        )
    except Problem as problem:
        form.add_error(problem.field or None, f"{problem.message} {problem.fix}".strip())
        return False
    said = (
        "Nothing changed."
        if version is None
        else (f"{made.name} is saved. Comments are filed anew within minutes.")
    )
    messages.success(request, said)
    return True


def _number(agency: Organization) -> int:
    version = codebook_version(agency)
    return version.number if version else 0


def _address(agency: Organization) -> str:
    return f"{reverse('dashboards:codebook')}?agency={agency.code}"
