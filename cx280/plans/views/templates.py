"""Templates of the Action Plan: which there are, what one asks, which one a draft answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.issued.views import templates_page
from cx280.kernel.problem import NotFound
from cx280.plans import access
from cx280.plans.actions.templates import choose_template, load_plan_template, load_shipped
from cx280.plans.models import PlanTemplateVersion
from cx280.plans.rules.vocabulary import Of

SEE, EDIT = Capability.SEE_QUARTERS, Capability.EDIT_QUARTERS


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """Every version that was loaded, and the form by which OMB loads another."""
    load_shipped()
    return templates_page(
        request,
        lambda text, person: load_plan_template(text, by=person),
        ((each, each.template) for each in PlanTemplateVersion.objects.all()),
        page="plans/templates.html",
        here="plans:templates",
    )


@never_cache
@allow(SEE)
@require_safe
def template(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """One version whole: what it asks of the plan and of each action."""
    found = PlanTemplateVersion.objects.filter(code=code, version=version).first()
    if found is None:
        raise NotFound("There is no such template.")
    asked = found.template
    parts = [(of.label, [each for each in asked.asked if each.of is of]) for of in Of]
    context = {"row": found, "template": asked, "parts": parts}
    return render(request, "plans/template.html", context)


@never_cache
@allow(EDIT)
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft answers another template from now on."""
    person = signed_in_person(request)
    found = access.plan_to_see(person, pk)
    chosen = PlanTemplateVersion.objects.filter(pk=_number(request.POST.get("template"))).first()
    if chosen is None:
        raise NotFound("There is no such template.")
    choose_template(found, chosen, by=person)
    messages.success(request, f"It answers {chosen} from now on.")
    return redirect("plans:plan", pk=pk)


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() else 0
