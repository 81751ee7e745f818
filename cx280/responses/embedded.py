"""A survey that a website shows: who may frame its page, and what page and website tell of it."""

from __future__ import annotations

from collections import OrderedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cx280.accounts.access import PUBLIC, allow
from cx280.circular.implements import implements
from cx280.delivery.queries.embeds import framers_of
from cx280.delivery.rules.embeds import TRIES
from cx280.delivery.rules.vocabulary import EmbedKind
from cx280.responses import queries
from cx280.responses.guard import addresses
from cx280.responses.rules.pace import Pace
from cx280.responses.rules.standing import Standing
from cx280.responses.starts import Start, starts
from cx280.responses.tokens import LONGEST_UNIT
from cx280.surveys.models import SurveyVersion

_KINDS = {each.value for each in EmbedKind}
# Offers that were told lately: one that a browser tells again is not counted again.
_told: OrderedDict[str, None] = OrderedDict()
_MOST_TOLD, _LONGEST_NAME = 10_000, 40


def embed_of(request: HttpRequest) -> str:
    """How a website shows the page in a frame, `try` for a look at it, else ""."""
    given = request.GET.get("embed", "") or request.POST.get("embed", "")
    return given if given in _KINDS or given == TRIES else ""


def is_counted(request: HttpRequest) -> bool:
    """Whether opening the page is a beginning.

    Not where it is only tried, nor in a frame within a page, which is opened whether anybody looks
    at it or not: there the first answer is the beginning.
    """
    return embed_of(request) not in {TRIES, EmbedKind.INLINE.value}


def framed(request: HttpRequest, version: SurveyVersion, response: HttpResponse) -> HttpResponse:
    """The page as those websites may frame it that the survey's settings name, and nobody else."""
    embed = embed_of(request)
    if embed:
        names = ["'self'"] if embed == TRIES else framers_of(version.survey_id, embed)
        if names:
            response._csp_replace = {"frame-ancestors": names}  # type: ignore[attr-defined]
            response.xframe_options_exempt = True
    return response


# No CSRF token for either: there is nothing to forge but a count.
@csrf_exempt
@allow(PUBLIC)
@require_POST
@implements("280.10-k3", "INC-33")
def offered(request: HttpRequest, code: str) -> HttpResponse:
    """Counts a prompt that a website has just shown: once each, from the websites that may."""
    version = queries.latest_version(code)
    embed = embed_of(request)
    if version is None or embed != EmbedKind.PROMPT or not _may_tell(request, version, embed):
        return HttpResponse(status=204)
    name = request.POST.get("id", "")[:_LONGEST_NAME]
    if name and name not in _told:
        _told[name] = None
        while len(_told) > _MOST_TOLD:
            _told.popitem(last=False)
        _add(version, request.POST.get("unit", ""), embed, "offered")
    return HttpResponse(status=204)


@csrf_exempt
@allow(PUBLIC)
@require_POST
def began(request: HttpRequest, code: str) -> HttpResponse:
    """Counts the first answer that somebody gives in a frame; in one within a page it is opened."""
    version = queries.latest_version(code)
    embed = embed_of(request)
    if version is not None and embed in _KINDS and _is_calm(request, version):
        unit = request.GET.get("unit", "")
        _add(version, unit, embed, "began")
        if embed == EmbedKind.INLINE:
            _add(version, unit, embed, "started")
    return HttpResponse(status=204)


def count_finished(request: HttpRequest, version: SurveyVersion, unit: str) -> None:
    """One more set of answers came from a frame, where it did."""
    if embed_of(request) in _KINDS:
        _add(version, unit, embed_of(request), "finished")


def _may_tell(request: HttpRequest, version: SurveyVersion, embed: str) -> bool:
    named = request.headers.get("Origin", "") in framers_of(version.survey_id, embed)
    return named and _is_calm(request, version)


def _is_calm(request: HttpRequest, version: SurveyVersion) -> bool:
    """Whether the survey is open, and no flood comes from the address."""
    if queries.standing_of(version) is not Standing.OPEN:
        return False
    pace = addresses.one_more(address_of(request), f"told {version.survey.code}")
    return pace is not Pace.FLOOD


def address_of(request: HttpRequest) -> str:
    """Where the request came from: what the proxy in front saw, never what the client claims."""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _add(version: SurveyVersion, unit: str, embed: str, what: str) -> None:
    day = queries.today_of(queries.owner_of(version))
    unit = unit.replace("\x00", "").strip()[:LONGEST_UNIT]
    starts.add(Start(version.pk, unit, version.survey.channel, day, embed=embed, what=what))
