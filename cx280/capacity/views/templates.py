"""The templates there are: who made each, for which years, and all that it asks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, capabilities_of, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.capacity.actions.templates import load_shipped, load_template
from cx280.capacity.models import TemplateVersion
from cx280.capacity.rules.levels import IN_WORDS
from cx280.issued.forms import TemplateForm
from cx280.kernel.problem import NotAllowed, NotFound, Problem

SEE = Capability.SEE_QUARTERS


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """Every version that was loaded, and the form by which OMB loads another."""
    load_shipped()
    form = TemplateForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            kept = load_template(form.cleaned_data["file"], by=signed_in_person(request))
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"{kept} is loaded.")
            return redirect("capacity:templates")
    context = {
        "rows": [(each, each.template) for each in TemplateVersion.objects.all()],
        "form": form,
        "may_load": Capability.PUBLISH in capabilities_of(signed_in_person(request)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "capacity/templates.html", context, status=status)


@never_cache
@allow(SEE)
@require_safe
def template(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """One version whole: functions, practices, levels, components and their crosswalk."""
    found = TemplateVersion.objects.filter(code=code, version=version).first()
    if found is None:
        raise NotFound("There is no such template.")
    asked = found.template
    context = {"row": found, "template": asked, "rule": IN_WORDS[asked.rule]}
    return render(request, "capacity/template.html", context)
