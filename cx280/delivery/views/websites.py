"""Which websites show this survey, how, and what comes of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.delivery import access
from cx280.delivery.actions.embeds import save_embed, switch_embed
from cx280.delivery.forms import EmbedForm
from cx280.delivery.models import Embed
from cx280.delivery.queries.embeds import (
    Seen,
    embeds_of,
    placed_document,
    seen_of,
    sites_of,
)
from cx280.delivery.queries.plans import plan_in_force, rules_of
from cx280.delivery.rules.embeds import kinds_of, words_said
from cx280.delivery.rules.marks import Mark, policy, script_tag
from cx280.delivery.rules.vocabulary import EmbedKind, Moment
from cx280.delivery.rules.wording import prompt_in_words, rules_in_words
from cx280.delivery.rules.words import LANGUAGES, words
from cx280.kernel.problem import NotFound, Problem
from cx280.surveys.models import Survey
from cx280.surveys.queries import open_version
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.labels import own_name
from cx280.surveys.rules.links import address
from cx280.surveys.views.tabs import tabs_of

SEE, EDIT = Capability.SEE_SURVEYS, Capability.EDIT_SURVEYS
DAYS = 90


@dataclass(frozen=True, slots=True)
class Way:
    """One kind as the page shows it; `embed` is None until somebody has settled it."""

    kind: EmbedKind
    embed: Embed | None
    marks: list[tuple[str, str]]
    seen: Seen | None
    is_possible: bool


@never_cache
@allow(SEE)
@require_safe
def websites(request: HttpRequest, code: str) -> HttpResponse:
    """Every way to show the survey: its state, what to paste, and what people did with it."""
    person = signed_in_person(request)
    survey = access.survey_to_see(person, code)
    document, plan = placed_document(survey), plan_in_force(survey)
    ways = _ways(survey, document)
    may_edit = access.may_edit(person, survey)
    context = {
        "survey": survey,
        "is_open": open_version(survey.code) is not None,
        "placement": document.placement,
        "ways": [each for each in ways if each.is_possible],
        "others": [each for each in ways if not each.is_possible],
        "on": [each for each in ways if each.embed and each.embed.is_on],
        "sites": [
            (each, script_tag(settings.PUBLIC_ADDRESS, each.key, each.queries))
            for each in sites_of(survey)
        ],
        "policy": policy(settings.PUBLIC_ADDRESS),
        "dice": prompt_in_words(plan.as_rule if plan else None),
        "rules": rules_in_words(rules_of(agency_of(survey.service.owner))),
        "days": DAYS,
        "may_edit": may_edit,
        "tabs": tabs_of(survey, may_edit=may_edit),
    }
    return render(request, "delivery/websites.html", context)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Settles one way to show the survey."""
    person = signed_in_person(request)
    survey = access.survey_to_edit(person, code)
    way = _kind(kind)
    form = EmbedForm(request.POST or None, kind=way, initial=_initial(survey, way))
    if request.method == "POST" and form.is_valid():
        try:
            save_embed(survey, way, by=person, **form.settled)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Saved. Websites that show it follow within a minute.")
            return redirect("delivery:websites", survey.code)
    context = {"survey": survey, "kind": way, "form": form}
    return render(request, "delivery/website.html", context, status=422 if form.errors else 200)


@never_cache
@allow(EDIT)
@require_POST
def switch(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Shows the survey so, or takes it off every website, without a change to any of them."""
    person = signed_in_person(request)
    survey, way = access.survey_to_edit(person, code), _kind(kind)
    on = request.POST.get("do") == "on"
    try:
        switch_embed(survey, way, by=person, on=on)
    except Problem as problem:
        messages.error(request, f"{problem.message} {problem.fix}".strip())
    else:
        said = "Websites show it now." if on else "Within a minute no website shows it any more."
        messages.success(request, said)
    return redirect("delivery:websites", survey.code)


@never_cache
@allow(SEE)
@require_safe
def attempt(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """How would it look? A page like a website's; nothing is stored, counted or sent."""
    survey, way = access.survey_to_see(signed_in_person(request), code), _kind(kind)
    document, embed = placed_document(survey), embeds_of(survey).get(way)
    language = request.GET.get("lang", "")
    language = language if language in LANGUAGES else "en"
    mark = _mark(survey, document, way, embed, language)
    context = {
        "survey": survey,
        "kind": way,
        "embed": embed,
        "is_open": open_version(survey.code) is not None,
        "is_possible": way in kinds_of(document.placement),
        "mark": mark.written(way, tries=True),
        "language": language,
        "languages": [(each, own_name(each)) for each in LANGUAGES],
    }
    return render(request, "delivery/website_try.html", context)


def _kind(given: str) -> EmbedKind:
    if given not in {each.value for each in EmbedKind}:
        raise NotFound("There is no such way to show a survey.")
    return EmbedKind.of(given)


def _ways(survey: Survey, document: SurveyDocument) -> list[Way]:
    since = timezone.localdate() - timedelta(days=DAYS)
    known, seen, possible = embeds_of(survey), seen_of(survey, since), kinds_of(document.placement)
    offered = [each for each in LANGUAGES if each == "en" or each in document.locales]
    return [
        Way(
            kind,
            known.get(kind),
            [
                (own_name(each), _mark(survey, document, kind, known.get(kind), each).written(kind))
                for each in offered
            ],
            seen.get(kind),
            kind in possible,
        )
        for kind in EmbedKind
    ]


def _mark(
    survey: Survey,
    document: SurveyDocument,
    kind: EmbedKind,
    embed: Embed | None,
    language: str,
) -> Mark:
    own = embed.words.get(language, "") if embed else ""
    said = words_said(words(language)["embed"], kind, own)
    text = said["tab"] if kind is EmbedKind.TAB else document.heading(language)
    moment = Moment.of(embed.moment) if embed and embed.moment else None
    return Mark(address(settings.PUBLIC_ADDRESS, survey.code), survey.code, text, moment)


def _initial(survey: Survey, kind: EmbedKind) -> dict[str, Any]:
    known = embeds_of(survey).get(kind)
    if known is None:
        origins = sorted({origin for each in sites_of(survey) for origin in each.origins})
        known = Embed(survey=survey, kind=kind, origins=origins, moment=Moment.COMPLETED.value)
    return {
        "origins": known.origins,
        "moment": known.moment,
        "seconds": known.seconds,
        "corner": known.corner,
        **{f"words_{code}": text for code, text in known.words.items()},
    }
