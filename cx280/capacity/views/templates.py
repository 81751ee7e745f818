"""The templates there are: who made each, for which years, and all that it asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow
from cx280.accounts.rules import Capability
from cx280.capacity.actions.templates import load_shipped, load_template
from cx280.capacity.models import TemplateVersion
from cx280.capacity.rules.levels import IN_WORDS
from cx280.issued.views import templates_page
from cx280.kernel.problem import NotFound

SEE = Capability.SEE_QUARTERS


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """Every version that was loaded, and the form by which OMB loads another."""
    load_shipped()
    return templates_page(
        request,
        lambda text, person: load_template(text, by=person),
        ((each, each.template) for each in TemplateVersion.objects.all()),
        page="capacity/templates.html",
        here="capacity:templates",
    )


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
