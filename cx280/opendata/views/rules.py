"""The rules of Section 280 by id, in our words."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cx280.accounts.access import PUBLIC, allow
from cx280.circular.catalogue import Strength, is_known
from cx280.opendata.rulebook import base_id, rule_of, sections
from cx280.pages.caching import same_for_everybody

_LONGEST_SEARCH = 100
_STRENGTH = {
    Strength.MUST: "Must: cx280 stops what would break it",
    Strength.SHOULD: "Should: cx280 asks for a written reason",
    Strength.ENCOURAGED: "Encouraged: cx280 says so",
    Strength.MAY: "May: cx280 makes it possible",
    Strength.DEFINITION: "Definition: cx280 uses the word so",
}
_WEIGHT = {
    "A": "A number, a verdict or a date",
    "B": "Who is bound, or what is exported",
    "C": "Words only",
}


@same_for_everybody
@allow(PUBLIC)
def rules(request: HttpRequest) -> HttpResponse:
    """What does the Circular ask? A whole id in `q` opens its page."""
    words = request.GET.get("q", "").replace("\0", "")[:_LONGEST_SEARCH].strip()
    if is_known(base_id(words)):
        return redirect("opendata:rule", base_id(words))
    found = sections(words)
    context = {
        "q": words,
        "sections": found,
        "count": sum(len(each.rules) for each in found),
        "messages": (),
    }
    return render(request, "opendata/rules.html", context)


@same_for_everybody
@allow(PUBLIC)
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule: what it asks, of whom, how we read it, where it is carried out."""
    found = rule_of(rule_id, settings.CX280_EDITION)
    context = {
        "rule": found,
        "strength": _STRENGTH[found.requirement.strength] if found.requirement else "",
        "weight": _WEIGHT[found.resolution.weight] if found.resolution else "",
        "edition": settings.CX280_EDITION,
        "messages": (),
    }
    return render(request, "opendata/rule.html", context)
