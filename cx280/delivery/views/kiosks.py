"""Which kiosks ask this survey, and are they working?"""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.delivery import access
from cx280.delivery.actions.kiosks import register_kiosk, renew_link, revoke_kiosk
from cx280.delivery.forms import KioskForm
from cx280.delivery.models import Kiosk
from cx280.delivery.queries.kiosks import is_written_for_kiosks, kiosks_of
from cx280.delivery.rules.kiosks import LINK_HOURS, Health
from cx280.kernel.problem import Problem
from cx280.surveys.models import Survey
from cx280.surveys.queries import units_to_link
from cx280.surveys.views.tabs import tabs_of


@never_cache
@allow(Capability.SEE_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def kiosks(request: HttpRequest, code: str) -> HttpResponse:
    """The kiosks of the survey; a new one, where the person may change the survey."""
    person = signed_in_person(request)
    if request.method != "POST":
        survey = access.survey_to_see(person, code)
        return _page(request, person, survey, _form(request, survey))
    survey = access.survey_to_edit(person, code)
    form = _form(request, survey)
    if not form.is_valid():
        return _page(request, person, survey, form, status=422)
    try:
        kiosk, secret = register_kiosk(survey, by=person, now=timezone.now(), **form.cleaned_data)
    except Problem as problem:
        tell(form, problem)
        return _page(request, person, survey, form, status=422)
    return _link_page(request, survey, kiosk, secret)


@never_cache
@allow(Capability.EDIT_SURVEYS)
@require_POST
def new_link(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Shows a new link for a kiosk whose device was changed or forgot what it is."""
    person = signed_in_person(request)
    survey = access.survey_to_edit(person, code)
    kiosk = access.kiosk_of(survey, pk)
    secret = renew_link(kiosk, by=person, now=timezone.now())
    return _link_page(request, survey, kiosk, secret)


@never_cache
@allow(Capability.EDIT_SURVEYS)
@require_POST
def revoke(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ends a kiosk."""
    person = signed_in_person(request)
    survey = access.survey_to_edit(person, code)
    kiosk = access.kiosk_of(survey, pk)
    revoke_kiosk(kiosk, by=person, now=timezone.now())
    messages.success(request, f"{kiosk.name} takes no answers any more.")
    return redirect("delivery:kiosks", survey.code)


def _form(request: HttpRequest, survey: Survey) -> KioskForm:
    units = units_to_link(survey, timezone.localdate())
    return KioskForm(request.POST or None, units=units)


def _page(
    request: HttpRequest, person: Person, survey: Survey, form: KioskForm, *, status: int = 200
) -> HttpResponse:
    rows, may_edit = kiosks_of(survey, timezone.now()), access.may_edit(person, survey)
    context = {
        "survey": survey,
        "tabs": tabs_of(survey, may_edit=may_edit),
        "rows": rows,
        "silent": sum(each.health is Health.SILENT for _, each in rows),
        "working": sum(each.health is Health.WORKING for _, each in rows),
        "waiting": sum(kiosk.waiting for kiosk, each in rows if each.health is not Health.ENDED),
        "fits": is_written_for_kiosks(survey),
        "may_edit": may_edit,
        "form": form,
    }
    return render(request, "delivery/kiosks.html", context, status=status)


def _link_page(request: HttpRequest, survey: Survey, kiosk: Kiosk, secret: str) -> HttpResponse:
    """The link, shown once: only its digest is kept."""
    link = f"{settings.PUBLIC_ADDRESS}/s/{survey.code}/kiosk/set-up/{secret}/"
    context = {
        "survey": survey,
        "kiosk": kiosk,
        "link": link,
        "hours": LINK_HOURS,
        "code": segno.make_qr(link, error="m").svg_data_uri(border=4, scale=5),
    }
    return render(request, "delivery/kiosk_link.html", context)
