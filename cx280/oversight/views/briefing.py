"""The briefing of a deep dive: live for the provider, as handed over for OMB as well."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.deep_dive import access
from cx280.deep_dive.actions.briefings import hand_over as hand_over_to_omb
from cx280.deep_dive.models import Discussion
from cx280.deep_dive.rules.vocabulary import Kind
from cx280.kernel.problem import NotFound
from cx280.oversight.documents.pdf import pdf_of
from cx280.oversight.documents.shown import slides_shown
from cx280.oversight.queries.briefing import facts_of
from cx280.oversight.rules.briefing.deck import deck_of
from cx280.oversight.rules.slides import Deck, as_content, read_deck
from cx280.oversight.views.drawings import drawing_of
from cx280.pages.downloads import safe_name
from cx280.pages.written import longdate

SEE = Capability.SEE_DISCUSSIONS
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True, slots=True)
class Shown:
    """A briefing with its talk and what to say of it; number: 0 while it is live."""

    talk: Discussion
    deck: Deck
    standing: str
    number: int = 0

    def address(self, kind: str) -> str:
        """Where the briefing is as `slides` or `pdf`."""
        if self.number:
            return reverse(f"briefings:kept-{kind}", args=[self.talk.pk, self.number])
        return reverse(f"briefings:briefing-{kind}", args=[self.talk.pk])


def _live(person: Person, pk: int) -> Shown:
    """The briefing from what is measured now: for the provider, whose unsent work is in it."""
    talk = access.discussion_to_see(person, pk)
    if access.is_omb(person):
        raise NotFound("OMB reads briefings as they were handed over.")
    if talk.kind != Kind.DEEP_DIVE or talk.cancelled_because:
        raise NotFound("Briefings are of deep dives that take place.")
    now = timezone.now()
    deck = deck_of(facts_of(talk, smallest=settings.CX280_SMALLEST_CELL, now=now))
    today = longdate(timezone.localdate(now))
    return Shown(talk, deck, f"Draft of {today}, from what is measured. OMB has not got it.")


def _kept(person: Person, pk: int, number: int) -> Shown:
    """The briefing as it was handed to OMB."""
    found = access.briefing_to_see(person, pk, number)
    day = longdate(timezone.localdate(found.handed_at))
    standing = f"Briefing {number}, as it was handed to OMB on {day}."
    return Shown(access.discussion_to_see(person, pk), read_deck(found.content), standing, number)


@never_cache
@allow(SEE)
@require_safe
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The slides as a page, before they are handed over."""
    return _page(request, _live(signed_in_person(request), pk))


@never_cache
@allow(SEE)
@require_safe
def live_slides(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as PPTX."""
    return _slides(_live(signed_in_person(request), pk))


@never_cache
@allow(SEE)
@require_safe
def live_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as tagged PDF."""
    return _pdf(_live(signed_in_person(request), pk))


@never_cache
@allow(SEE)
@require_safe
def kept(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A briefing as it was handed to OMB."""
    return _page(request, _kept(signed_in_person(request), pk, number))


@never_cache
@allow(SEE)
@require_safe
def kept_slides(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The same as PPTX."""
    return _slides(_kept(signed_in_person(request), pk, number))


@never_cache
@allow(SEE)
@require_safe
def kept_pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The same as tagged PDF."""
    return _pdf(_kept(signed_in_person(request), pk, number))


@never_cache
@allow(Capability.SUBMIT_QUARTERS)
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hands OMB the briefing as it is now."""
    person = signed_in_person(request)
    shown = _live(person, pk)
    content = as_content(shown.deck)
    found = hand_over_to_omb(shown.talk, content=content, by=person, now=timezone.now())
    messages.success(request, "Handed over. OMB can read it now.")
    return redirect("briefings:kept-briefing", pk=pk, number=found.number)


def _page(request: HttpRequest, shown: Shown) -> HttpResponse:
    person = signed_in_person(request)
    may = access.may_hand_over(person, shown.talk.hisp) and not shown.number
    context = {
        "talk": shown.talk,
        "deck": shown.deck,
        "standing": shown.standing,
        "slides": slides_shown(shown.deck, draw=drawing_of),
        "slides_address": shown.address("slides"),
        "pdf_address": shown.address("pdf"),
        "may_hand_over": may,
    }
    return render(request, "oversight/briefing.html", context)


def _slides(shown: Shown) -> HttpResponse:
    from cx280.oversight.documents.pptx import pptx_of  # half a second most processes never need

    return _file(shown, pptx_of(shown.deck, standing=shown.standing), "pptx", _PPTX)


def _pdf(shown: Shown) -> HttpResponse:
    return _file(shown, pdf_of(shown.deck, standing=shown.standing), "pdf", "application/pdf")


def _file(shown: Shown, body: bytes, ending: str, kind: str) -> HttpResponse:
    name = safe_name(shown.deck.title, ending)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=kind, headers=headers)
