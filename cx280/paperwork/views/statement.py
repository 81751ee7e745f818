"""The draft of Supporting Statement A for a clearance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.clearance.access import clearance_to_see
from cx280.paperwork.queries.umbrella import umbrella_of
from cx280.paperwork.rules.statement import statement_of
from cx280.paperwork.views.review import sent


@never_cache
@allow(Capability.SEE_CLEARANCE)
@require_safe
def statement(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The statement as a page, PDF or DOCX; always marked as a draft."""
    clearance = clearance_to_see(signed_in_person(request), pk)
    document = statement_of(umbrella_of(clearance))
    return sent(request, document, form, f"statement-a-{clearance.control_number}")
