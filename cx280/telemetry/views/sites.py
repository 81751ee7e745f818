"""Sites: which of our pages tell what their visitors do, and under which terms."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.delivery.rules.marks import script_tag
from cx280.kernel.problem import Problem
from cx280.telemetry import access
from cx280.telemetry.actions.held import count_held, drop_held
from cx280.telemetry.actions.sites import disable_site, enable_site, save_site
from cx280.telemetry.forms import SiteForm
from cx280.telemetry.queries.counted import counted
from cx280.telemetry.queries.gaps import silences, watched
from cx280.telemetry.queries.held import held_counts, held_of
from cx280.telemetry.queries.overview import digital_lines
from cx280.telemetry.queries.seen import heard
from cx280.telemetry.queries.sites import missing_of
from cx280.telemetry.rules.arrivals import in_words
from cx280.telemetry.rules.fact_types import SEEN
from cx280.telemetry.rules.held import DAYS, finding_of
from cx280.telemetry.rules.markup import helpful
from cx280.telemetry.rules.vocabulary import Tier
from cx280.telemetry.views.frame import edited, filled, framed, words

SEE, EDIT = Capability.SEE_TELEMETRY, Capability.EDIT_TELEMETRY


@never_cache
@allow(SEE)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every digital service of the person, with how far its telemetry has come."""
    person = signed_in_person(request)
    lines = digital_lines(access.services_to_see(person), timezone.localdate())
    context = {"lines": lines, "running": sum(bool(each.enabled) for each in lines)}
    return render(request, "telemetry/overview.html", context)


@never_cache
@allow(SEE)
@require_safe
def sites(request: HttpRequest, code: str) -> HttpResponse:
    """The sites of one service."""
    service = access.service_to_see(signed_in_person(request), code)
    today = timezone.localdate()
    held = held_counts()
    rows = [(each, missing_of(each, today), held.get(each.key, 0)) for each in service.sites.all()]
    running = sum(each.enabled for each, *_ in rows)
    more = {
        "rows": rows,
        "running": running,
        "gaps": silences(service, today - timedelta(days=27), today),
        "watched": watched(service),
    }
    return render(request, "telemetry/sites.html", framed(request, service, **more))


@never_cache
@allow(SEE)
@require_safe
def site(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One site: its state, its terms, and what to paste into its pages."""
    service = access.service_to_see(signed_in_person(request), code)
    found = access.site_of(service, pk)
    now = timezone.now()
    held, came = held_of(found), heard(found, now)
    context = framed(
        request,
        service,
        site=found,
        held=held,
        held_finding=finding_of(held, found.tier),
        held_days=DAYS,
        missing=missing_of(found, timezone.localdate()),
        snippet=script_tag(settings.PUBLIC_ADDRESS, found.key, found.queries),
        address=settings.PUBLIC_ADDRESS,
        helpful=[("English", helpful("en")), ("Spanish", helpful("es"))],
        heard=came,
        heard_words=in_words(came.events) if came else "",
        counted=counted(service.pk, SEEN, now),
    )
    return render(request, "telemetry/site.html", context)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_site(request: HttpRequest, code: str) -> HttpResponse:
    """Adds a site."""
    return _form_page(request, code, None)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_site(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Changes a site."""
    return _form_page(request, code, pk)


def _form_page(request: HttpRequest, code: str, pk: int | None) -> HttpResponse:
    person = signed_in_person(request)
    service = access.service_to_edit(person, code)
    found = access.site_of(service, pk) if pk else None
    form = filled(SiteForm, request, found, tier=Tier.SINGLE_SESSION.value)

    def keep() -> str:
        on, values = timezone.localdate(), form.cleaned_data
        made = save_site(found, service, by=person, on=on, values=values)
        return reverse("telemetry:site", args=[code, made.pk])

    said = words(
        f"Change {found.name}" if found else "Which website do you want to learn from?",
        "You can save what you know now. It collects nothing until you enable it.",
        reverse("telemetry:sites", args=[code]),
        "Sites",
    )
    return edited(request, service, form, said, keep)


@never_cache
@allow(EDIT)
@require_POST
def enable(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Lets the site collect, when its terms are met."""
    person = signed_in_person(request)
    found = access.site_of(access.service_to_edit(person, code), pk)
    try:
        enable_site(found, by=person, on=timezone.localdate())
    except Problem as problem:
        messages.error(request, f"{problem.message} {problem.fix}".strip())
    else:
        messages.success(request, f"{found.name} may send events now.")
    return redirect("telemetry:site", code, pk)


@never_cache
@allow(EDIT)
@require_POST
def disable(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Stops the site from collecting."""
    person = signed_in_person(request)
    found = access.site_of(access.service_to_edit(person, code), pk)
    disable_site(found, by=person)
    messages.success(request, f"Events of {found.name} are refused from now on.")
    return redirect("telemetry:site", code, pk)


@never_cache
@allow(EDIT)
@require_POST
def decide_held(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Counts the cleaned events that were held back, or drops them."""
    person = signed_in_person(request)
    found = access.site_of(access.service_to_edit(person, code), pk)
    if request.POST.get("do") == "count":
        count = count_held(found, by=person)
        said = "counted within seconds"
    else:
        count = drop_held(found, by=person)
        said = "dropped"
    messages.success(request, f"{count:,} event{'' if count == 1 else 's'} {_are(count)} {said}.")
    return redirect("telemetry:site", code, pk)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
