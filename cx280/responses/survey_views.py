"""The public addresses: a survey, thanks, and what there is to say when it is not open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import PUBLIC, allow
from cx280.delivery.rules.embeds import TRIES
from cx280.delivery.rules.letters import ENDED
from cx280.delivery.rules.short_addresses import read_short
from cx280.delivery.rules.timing import hours_after
from cx280.kernel.quarter import Quarter
from cx280.responses import actions, queries, survey_pages, tokens
from cx280.responses.arriving import arrived, kept_along, kept_visit, stratum_in, unit_in
from cx280.responses.embedded import (
    address_of,
    count_finished,
    embed_of,
    framed,
    is_counted,
)
from cx280.responses.guard import addresses
from cx280.responses.rules.answers import Fault, read_form
from cx280.responses.rules.pace import LEAST_SECONDS, Pace
from cx280.responses.rules.prefilled import prefilled
from cx280.responses.rules.standing import Standing, still_takes
from cx280.responses.rules.urgency import UrgencyKind
from cx280.responses.rules.ways import Way
from cx280.responses.starts import Answered, Start, starts
from cx280.responses.tokens import Token, read_token, renewed
from cx280.responses.wording import best_language, written_languages
from cx280.surveys.models import SurveyVersion

# Names no question can have: the id of a question starts with a letter.
TOKEN, LANGUAGE, TRAP = "_page", "_lang", "_website"
_NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>'
_LONGEST_HOUR = len("2022-03-01T14")


# No CSRF token: it would need a cookie, and there is nothing to forge. The sender is nobody in
# particular, has no rights here, and the signed page token already says which page was sent.
@csrf_exempt
@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The survey at this address, or the answers sent from it."""
    version = queries.latest_version(code)
    if version is None:
        return missing(request)
    return framed(request, version, _answered(request, version))


def _answered(request: HttpRequest, version: SurveyVersion) -> HttpResponse:
    if request.method == "POST":
        return _receive(Visit(request, version, timezone.now()))
    standing = queries.standing_of(version)
    if standing is not Standing.OPEN:
        return _closed(request, version, standing)
    return _ask(request, version)


@allow(PUBLIC)
@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """What people read after sending."""
    version = queries.latest_version(code)
    if version is None:
        return missing(request)
    language = _language(request, version)
    contact = request.GET.get("contact", "") if queries.offers_contact(version) else ""
    way = Way(repeated=request.GET.get("again") == "1", embed=embed_of(request), contact=contact)
    page = survey_pages.thanks_page(version, language=language, way=way)
    return framed(request, version, _page(page, language))


@allow(PUBLIC)
@require_safe
def short(request: HttpRequest, name: str) -> HttpResponse:
    """Leads from the short address on a poster to the survey, with its office."""
    found = read_short(name)
    place = queries.place_of(*found) if found else None
    if place is None:
        return missing(request)
    code, unit = place
    return HttpResponseRedirect(f"{reverse('survey:answer', args=[code])}?unit={quote(unit)}")


def _ask(request: HttpRequest, version: SurveyVersion) -> HttpResponse:
    """The form. Opening it writes nothing, and counts nothing but in a frame that a person opened:
    scanners open every link.
    """
    language = _language(request, version)
    if _is_opened_in_a_frame(request):
        _opened(request, version, unit_in(request), language)
    token = arrived(request, version, timezone.now())
    chosen = prefilled(queries.document_of(version), request.GET.lists())
    page = survey_pages.survey_page(
        version,
        language=language,
        token=token.written(),
        way=_way(request, token, chosen),
        given=chosen,
        nonce=_nonce(request),
    )
    return _page(page, language)


@allow(PUBLIC)
@require_safe
def touched(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing to see; counts the page as begun. The style of the page asks for it as soon as
    somebody chooses an answer, or moves into a field: no script, no cookie.
    """
    token = read_token(request.GET.get("page", ""))
    version = queries.latest_version(code) if token else None
    if token and version and request.method == "GET":
        asked = _version_of(token, version)
        if asked:
            _began(token, asked, _language(request, asked))
    response = HttpResponse(_NOTHING, content_type="image/svg+xml")
    response["Cache-Control"] = "no-store"
    return response


def _opened(request: HttpRequest, version: SurveyVersion, unit: str, language: str) -> None:
    """One more person opened the survey on a website that shows it."""
    day = queries.today_of(queries.owner_of(version))
    channel, embed = version.survey.channel, embed_of(request)
    starts.add(Start(version.pk, unit, channel, day, language, stratum_in(request), embed))


def _began(token: Token, version: SurveyVersion, language: str) -> None:
    """One more person began, once for each page however often it is touched or sent."""
    day = queries.today_of(queries.owner_of(version))
    channel = version.survey.channel
    start = Start(version.pk, token.unit, channel, day, language, token.stratum)
    starts.add_once(token.response_id.hex, start)


def _nonce(request: HttpRequest) -> str:
    """What lets the page carry the one style of its own; "" in a frame, which has none."""
    return "" if embed_of(request) else str(getattr(request, "csp_nonce", ""))


@dataclass(frozen=True, slots=True)
class Visit:
    """One page sent: the request, the newest version of its survey, and the moment."""

    request: HttpRequest
    latest: SurveyVersion
    now: datetime

    @property
    def form(self) -> dict[str, list[str]]:
        """Every field of the page but its own."""
        own = {TOKEN, LANGUAGE, TRAP}
        return {k: v for k, v in self.request.POST.lists() if k not in own}

    def again(
        self,
        version: SurveyVersion,
        token: Token,
        *,
        faults: Sequence[Fault] = (),
        notice: str = "",
        status: int = 422,
    ) -> HttpResponse:
        """The page once more, with everything that was typed."""
        language = _language(self.request, version)
        page = survey_pages.survey_page(
            version,
            language=language,
            token=token.written(),
            way=_way(self.request, token),
            given=self.form,
            faults=faults,
            notice=notice,
            nonce=_nonce(self.request),
        )
        return _page(page, language, status=status)


def _receive(visit: Visit) -> HttpResponse:
    """Stores the answers and says thank you, or shows the page again with all that was typed."""
    request, latest, now = visit.request, visit.latest, visit.now
    token = read_token(request.POST.get(TOKEN, ""))
    asked = _version_of(token, latest)
    if token and asked and still_takes(queries.ended_at(asked), token.issued_at, now):
        return _judge(visit, asked, token)
    standing = queries.standing_of(latest)
    if standing is not Standing.OPEN:
        return _closed(request, latest, standing)
    if token is None or asked is None:
        fresh = replace(arrived(request, latest, now), again=True)
        return visit.again(latest, fresh, notice="renewed")
    # The newer version may promise something else: only what it permits goes over.
    newest = replace(
        token,
        version_id=latest.pk,
        visit=kept_visit(token.visit, latest),
        along=kept_along(token.along, latest),
    )
    changed = renewed(newest, now)
    return visit.again(latest, changed, notice="changed")


def _version_of(token: Token | None, latest: SurveyVersion) -> SurveyVersion | None:
    if token is None:
        return None
    if token.version_id == latest.pk:
        return latest
    return queries.version_that_asked(token.version_id, latest.survey.code)


def _judge(visit: Visit, asked: SurveyVersion, token: Token) -> HttpResponse:
    """Looks at the pace and the answers of a page of ours."""
    pace = addresses.one_more(address_of(visit.request), asked.survey.code)
    if pace is Pace.FLOOD:
        waiting = visit.again(asked, token, notice="wait", status=429)
        waiting["Retry-After"] = "60"
        return waiting
    document = queries.document_of(asked)
    given = read_form(document, visit.form)
    strangers = [Fault(each, "unknown") for each in visit.form if not document.question(each)]
    if strangers:
        return visit.again(asked, token, faults=strangers)
    if given.is_empty:
        return visit.again(asked, token, notice="empty")
    language = _language(visit.request, asked)
    if embed_of(visit.request) == TRIES:
        return _thank(asked, language, Way(embed=TRIES))
    try:
        stored = actions.store(
            asked,
            token_id=token.response_id,
            answers=given.answers,
            comments=given.comments,
            unit_code=token.unit,
            customer_type=token.who,
            language=language,
            received_at=visit.now,
            seconds=None if token.again else token.seconds(visit.now),
            suspected=_suspicion(visit.request, token, visit.now, pace),
            visit=token.visit,
            stratum=token.stratum,
            along=token.along,
        )
    except actions.BadAnswers as problem:
        return visit.again(asked, token, faults=problem.faults)
    if stored.is_new and not embed_of(visit.request):
        _began(token, asked, language)
    _note_hours(visit, asked, is_new=stored.is_new)
    return _stored(visit.request, asked, token, stored, language)


def _stored(
    request: HttpRequest, asked: SurveyVersion, token: Token, stored: actions.Stored, language: str
) -> HttpResponse:
    """Thanks for what is in the record now."""
    if stored.is_new:
        count_finished(request, asked, token.unit)
    if stored.urgency in {UrgencyKind.CRISIS, UrgencyKind.HARM}:
        # Answered here, not after a redirect: no address, history or log then tells what was
        # written. Reloading sends the same page again, which is stored once.
        way = Way(embed=embed_of(request))
        page = survey_pages.thanks_page(asked, language=language, way=way, urgency=stored.urgency)
        return _page(page, language)
    offers = queries.offers_contact(asked)
    contact = tokens.contact_reference(token.response_id, timezone.now()) if offers else ""
    way = Way(repeated=not stored.is_new, embed=embed_of(request), contact=contact)
    return _thank(asked, language, way)


def _way(
    request: HttpRequest, token: Token, chosen: Mapping[str, Sequence[str]] | None = None
) -> Way:
    """How the holder of the token came here, for the links of the page."""
    return Way(
        token.unit,
        token.stratum,
        bool(token.who),
        token.visit,
        chosen or {},
        ended=request.GET.get(ENDED, "")[:_LONGEST_HOUR],
        embed=embed_of(request),
        along=token.along,
    )


def _note_hours(visit: Visit, asked: SurveyVersion, *, is_new: bool) -> None:
    """Counts how long after the end somebody answered, where the link says; beside no answer."""
    hours = hours_after(visit.request.GET.get(ENDED, ""), visit.now)
    if is_new and hours is not None:
        starts.add(Answered(asked.pk, Quarter.of(visit.now.date()).first_day, hours))


def _is_opened_in_a_frame(request: HttpRequest) -> bool:
    """Whether somebody opens a frame, and not their browser beforehand or a website for all."""
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    seen = request.method == "GET" and not is_ahead
    return seen and bool(embed_of(request)) and is_counted(request)


def _suspicion(request: HttpRequest, token: Token, now: datetime, pace: Pace) -> str:
    """Why these answers may be a robot's, or "". They are stored all the same, set apart."""
    if request.POST.get(TRAP):
        return "filled in a field nobody sees"
    if not token.again and token.seconds(now) < least_seconds():
        return "sent faster than anybody reads"
    return "many at once from one address" if pace is Pace.MANY else ""


def least_seconds() -> float:
    """The time a person needs at least, in seconds; CX280_LEAST_SECONDS where it is set."""
    return float(getattr(settings, "CX280_LEAST_SECONDS", LEAST_SECONDS))


def _thank(version: SurveyVersion, language: str, way: Way) -> HttpResponse:
    """See Other: reloading the thanks sends nothing again."""
    address = reverse("survey:thanks", args=[version.survey.code]) + way.query(language)
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _closed(request: HttpRequest, version: SurveyVersion, standing: Standing) -> HttpResponse:
    language = _language(request, version)
    way = Way(embed=embed_of(request))
    page = survey_pages.closed_page(version, standing, language=language, way=way)
    return _page(page, language, status=410)


def missing(request: HttpRequest) -> HttpResponse:
    """That there is no survey at this address."""
    accepted = request.headers.get("Accept-Language", "")
    language = best_language(request.GET.get("lang", ""), accepted, written_languages())
    return _page(survey_pages.missing_page(language=language), language, status=404)


def _language(request: HttpRequest, version: SurveyVersion) -> str:
    """The language asked for by the page or its address, else the browser's, else English."""
    asked = request.POST.get(LANGUAGE) or request.GET.get("lang", "")
    accepted = request.headers.get("Accept-Language", "")
    return best_language(asked, accepted, queries.document_of(version).locales)


def _page(page: str, language: str, *, status: int = 200) -> HttpResponse:
    """The page, kept by no cache that others share: its token is for one person."""
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "private, no-cache"
    response["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Language"])
    return response
