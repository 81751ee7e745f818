"""An office's poster as a file, in one click from where the survey's links stand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.delivery import access
from cx280.delivery.posters import poster_svg, posters_pdf
from cx280.delivery.queries.posters import posters_of
from cx280.kernel.problem import NotFound
from cx280.surveys.models import Survey
from cx280.surveys.queries import units_to_link
from cx280.surveys.rules.links import POSTERS_AT_ONCE
from cx280.surveys.rules.vocabulary import PosterSize


@allow(Capability.SEE_SURVEYS)
@require_safe
def posters_file(request: HttpRequest, code: str, size: str) -> HttpResponse:
    """The posters as PDF: of the unit named in `unit`, else of all, 200 at a time by `part`."""
    survey = access.survey_to_see(signed_in_person(request), code)
    paper = _size(size)
    units, name = _units(request, survey)
    posters = posters_of(survey, units)
    title = f"{posters[0].office if len(posters) == 1 else 'All offices'}: {survey.title}"
    content = posters_pdf(posters, paper, title=title)
    return _file(content, "application/pdf", f"poster {name} {paper}", "pdf")


@allow(Capability.SEE_SURVEYS)
@require_safe
def poster_drawing(request: HttpRequest, code: str) -> HttpResponse:
    """The poster of the unit named in `unit`, as SVG."""
    survey = access.survey_to_see(signed_in_person(request), code)
    unit = _unit(survey, request.GET.get("unit", ""))
    content = poster_svg(posters_of(survey, [unit])[0]).encode()
    return _file(content, "image/svg+xml", f"poster {survey.code} {unit.code}", "svg")


def _size(written: str) -> PosterSize:
    if written not in set(PosterSize):
        raise NotFound("There are no posters of this size.")
    return PosterSize.of(written)


def _units(request: HttpRequest, survey: Survey) -> tuple[list[Organization], str]:
    """The units to print, and what to call the file."""
    code = request.GET.get("unit", "")
    if code:
        return [_unit(survey, code)], f"{survey.code} {code}"
    part = request.GET.get("part", "1")
    first = (int(part) - 1) * POSTERS_AT_ONCE if part.isdecimal() and len(part) < 5 else 0
    found = units_to_link(survey, timezone.localdate())[max(0, first) :][:POSTERS_AT_ONCE]
    if not found:
        raise NotFound("There are no more offices to print.")
    return found, f"{survey.code} all" if part == "1" else f"{survey.code} all {part}"


def _unit(survey: Survey, code: str) -> Organization:
    units = units_to_link(survey, timezone.localdate())
    found = next((each for each in units if each.code == code), None)
    if found is None:
        raise NotFound("This service has no such unit.")
    return found


def _file(content: bytes, kind: str, name: str, ending: str) -> HttpResponse:
    """Shown by the browser, which has a button to print; a name for whoever saves it."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{slugify(name)}.{ending}"'
    return response
