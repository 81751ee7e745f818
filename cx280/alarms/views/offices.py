"""What is watched of each office of a service, by name: an agency may have two hundred."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.alarms import access
from cx280.alarms.forms import MuteForm
from cx280.alarms.queries.watching import watches_of_offices
from cx280.alarms.rules.watches import DAYS_OF_UNITS, LEAST_ANSWERS
from cx280.alarms.views.watched import state_of

_A_PAGE = 40


@never_cache
@allow(Capability.SEE_ALARMS)
@require_safe
def offices(request: HttpRequest, code: str) -> HttpResponse:
    """The offices of one service that are watched, the person's own where they have no more."""
    person = signed_in_person(request)
    found = access.service_to_see(person, code)
    seen = access.watches_to_see(person, found)
    words, now = request.GET.get("words", "").strip()[:100], timezone.now()
    page = Paginator(watches_of_offices(seen, words), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "service": found,
        "words": words,
        "page": page,
        "rows": [(each, *state_of(each, now)) for each in page.object_list],
        "may_handle": access.may_handle_any(person, page.object_list),
        "mute_form": MuteForm(),
        "least": LEAST_ANSWERS,
        "weeks": DAYS_OF_UNITS // 7,
    }
    return render(request, "alarms/offices.html", context)
