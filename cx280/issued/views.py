"""The page of templates of one kind: which there are, and the form by which OMB loads another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cx280.accounts.access import capabilities_of, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.issued.forms import TemplateForm
from cx280.issued.models import IssuedTemplate
from cx280.kernel.problem import NotAllowed, Problem


def templates_page(
    request: HttpRequest, load: Callable[[str, Person], object],
    rows: Iterable[tuple[IssuedTemplate, object]], *, page: str, here: str,
) -> HttpResponse:  # fmt: skip
    """The page, with what is wrong with a file that was sent; back to it once one is loaded.

    load: keeps the text of a file as a template. rows: each version with what it asks. page: the
    template that is drawn. here: the page's name.
    """
    person = signed_in_person(request)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            kept = load(form.cleaned_data["file"], person)
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"{kept} is loaded.")
            return redirect(here)
    may_load = Capability.PUBLISH in capabilities_of(person)
    context = {"rows": rows, "form": form, "may_load": may_load}
    return render(request, page, context, status=422 if form.is_bound else 200)
