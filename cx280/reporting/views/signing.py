"""The official's page: what am I signing?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.queries import justifications_for
from cx280.accounts.rules import Capability
from cx280.audit.actions import subject_of
from cx280.kernel.finding import errors, warnings
from cx280.kernel.problem import Problem
from cx280.reporting import access, actions, queries
from cx280.reporting.checks.late import due_in_words
from cx280.reporting.figures import figures_of
from cx280.reporting.forms import BecauseForm, SignForm
from cx280.reporting.models import Package
from cx280.reporting.rules.states import is_editable
from cx280.reporting.views.posted import posted

SIGN = Capability.CERTIFY_QUARTERS


@never_cache
@allow(SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as the public will see it, with its findings; sign it, or give it back."""
    person = signed_in_person(request)
    package = access.package_to(person, SIGN, pk)
    form = SignForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.certify(package, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"Signed as version {version.number}.")
            return redirect("reporting:package", pk)
    return _page(request, person, package, form, BecauseForm())


@allow(SIGN)
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the quarter back unsigned, with the reason."""
    person = signed_in_person(request)
    package = access.package_to(person, SIGN, pk)
    form = BecauseForm(request.POST)
    if form.is_valid():
        try:
            actions.refuse_to_sign(package, because=form.cleaned_data["because"], by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Given back to the CX lead with your reason.")
            return redirect("reporting:package", pk)
    return _page(request, person, package, SignForm(), form)


def _page(
    request: HttpRequest, person: Person, package: Package, form: SignForm, because: BecauseForm
) -> HttpResponse:
    content = queries.content_of(package)
    findings = queries.findings_of(package, timezone.localdate())
    explained = justifications_for(subject_of(package))
    released = queries.to_be_released(package, content)
    seen = released.content
    context = {
        "package": package,
        "content": seen,
        "noise": queries.noise_of(package),
        "hidden_further": released.further,
        "figures": figures_of(seen),
        "due_words": due_in_words(content.deadline),
        "form": form,
        "because": because,
        "editable": is_editable(package.state),
        "to_fix": errors(findings),
        "to_explain": [each for each in warnings(findings) if each.key not in explained],
        "explained": [
            {"finding": each, "reason": explained[each.key]}
            for each in warnings(findings)
            if each.key in explained
        ],
        "person": person,
    }
    status = 422 if form.errors or because.errors else 200
    return render(request, "reporting/sign.html", context, status=status)
