"""`{% load acting %}{% act_on %}`: from any view of a service to doing something about it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from cx280.accounts.access import may, person_of
from cx280.accounts.rules import Capability
from cx280.dashboards.rules.acting import pinned

register = template.Library()


@register.inclusion_tag("dashboards/act_on.html", takes_context=True)
def act_on(context: Context) -> dict[str, Any]:
    """A link that carries what is seen and the exact page, for whoever may act; else nothing.

    The words are the page's title and lead as far as the view made them.
    """
    request, service = context["request"], context["service"]
    person = person_of(request)
    if person is None or not may(person, Capability.EDIT_SERVICES, service.owner):
        return {}
    found = {
        "quarter": str(getattr(context.get("filters"), "quarter", "")),
        "until": timezone.localdate().isoformat() if context.get("days") else "",
    }
    page = pinned(request.path, request.GET.dict(), found)
    seen = ". ".join(str(context.get(each) or "").rstrip(".") for each in ("title", "lead"))
    return {"code": service.code, "page": page, "seen": seen.strip(". ")}
