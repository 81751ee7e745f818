"""The scorecard of a service: five panels, and how groups of customers rated it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.indicators import access
from cx280.indicators.queries.scorecard import scorecard as read_scorecard
from cx280.measures.rules.gaps import Way
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.rules.labels import LANGUAGE_NAMES


@never_cache
@allow(access.SEE)
@require_safe
def scorecard(request: HttpRequest, code: str) -> HttpResponse:
    """The service beside everything it is judged by."""
    person = signed_in_person(request)
    service = access.service_to_score(person, code)
    card = read_scorecard(service, timezone.localdate())
    gaps = card.groups.gaps if card.groups else {}
    context = {
        "service": service,
        "card": card,
        "groups": [(way.value, [(_name(way, gap.group), gap) for gap in found])
                   for way, found in gaps.items() if len(found) > 1],
        "may_write": access.may_write(person, service.owner, service),
    }  # fmt: skip
    return render(request, "indicators/scorecard.html", context)


def _name(way: Way, value: str) -> str:
    if way is Way.LANGUAGE:
        return LANGUAGE_NAMES.get(value, value) or "not recorded"
    known = value in {each.value for each in Channel}
    return Channel.of(value).label if known else value or "not recorded"
