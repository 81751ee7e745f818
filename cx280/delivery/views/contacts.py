"""How often may our surveys ask one person?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.delivery import access
from cx280.delivery.actions.plans import save_rules
from cx280.delivery.forms import ContactRulesForm
from cx280.delivery.queries.plans import rules_of
from cx280.delivery.queries.suppressed import suppressed_in
from cx280.delivery.rules.contacts import ContactRules
from cx280.delivery.rules.wording import rules_in_words
from cx280.kernel.problem import Problem

SEE, EDIT = Capability.SEE_SURVEYS, Capability.EDIT_SURVEYS


@never_cache
@allow(SEE)
@require_safe
def contact_rules(request: HttpRequest, code: str) -> HttpResponse:
    """The agency's rules, and whom they protected, survey by survey."""
    person = signed_in_person(request)
    agency = access.agency_to_see(person, code)
    rules = rules_of(agency)
    context = {
        "agency": agency,
        "rules": rules,
        "words": rules_in_words(rules),
        "found": suppressed_in(agency),
        "may_change": access.may_change_rules(person, agency),
    }
    return render(request, "delivery/contact_rules.html", context)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_contact_rules(request: HttpRequest, code: str) -> HttpResponse:
    """Changes the agency's rules."""
    person = signed_in_person(request)
    agency = access.agency_to_change(person, code)
    rules = rules_of(agency)
    known = {name: getattr(rules, name) for name in ContactRulesForm.base_fields}
    form = ContactRulesForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            save_rules(agency, by=person, rules=ContactRules(**form.cleaned_data))
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "These rules hold for every invitation from now on.")
            return redirect("delivery:contact-rules", agency.code)
    context = {"agency": agency, "form": form}
    status = 422 if form.errors else 200
    return render(request, "delivery/edit_contact_rules.html", context, status=status)
