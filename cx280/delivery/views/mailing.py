"""How are the messages of this survey doing, and are they in time?"""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.delivery import access
from cx280.delivery.actions.handing import hand_over
from cx280.delivery.actions.mailing import save_mailing
from cx280.delivery.channels.sms.provider import configured
from cx280.delivery.forms import HandOverForm, MailingForm
from cx280.delivery.forms.mailing import WORDS
from cx280.delivery.models import HandOver, Mailing
from cx280.delivery.queries.mail import hand_overs_of, progress_of, rows_of
from cx280.delivery.queries.plans import plan_in_force
from cx280.delivery.queries.terms import terms_of
from cx280.delivery.queries.texts import Sample, languages_of, sample_of
from cx280.delivery.rules.files import COLUMNS, table_of
from cx280.delivery.rules.texts import MOST_PARTS
from cx280.delivery.rules.wording import lag_in_words, mail_headline
from cx280.delivery.views.asking import PERIODS
from cx280.kernel.problem import NotFound, Problem
from cx280.pages.downloads import csv_response
from cx280.surveys.models import Survey
from cx280.surveys.queries import draft_of
from cx280.surveys.rules.vocabulary import Placement
from cx280.surveys.views.tabs import tabs_of

SEE, EDIT = Capability.SEE_SURVEYS, Capability.EDIT_SURVEYS


@never_cache
@allow(SEE)
@require_safe
def messages_page(request: HttpRequest, code: str) -> HttpResponse:
    """Messages by state, how soon they left, and where files are handed over."""
    person = signed_in_person(request)
    survey = access.survey_to_see(person, code)
    return _messages(request, person, survey, HandOverForm())


@never_cache
@allow(EDIT)
@require_POST
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Takes in a file of ended interactions."""
    person = signed_in_person(request)
    survey = access.survey_to_edit(person, code)
    form = HandOverForm(request.POST, request.FILES)
    if not form.is_valid():
        return _messages(request, person, survey, form, status=422)
    given, now = form.cleaned_data["file"], timezone.now()
    try:
        rows = rows_of(survey, table_of(given.read()), now)
        kept = hand_over(
            survey, rows=rows, by=person, source=HandOver.Source.UPLOAD, name=given.name, now=now
        )
    except Problem as problem:
        tell(form, problem)
        return _messages(request, person, survey, form, status=422)
    messages.success(request, _said(kept))
    return redirect("delivery:messages", survey.code)


@never_cache
@allow(EDIT)
@require_safe
def findings_file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """What was found in the rows of a hand-over, by line."""
    survey = access.survey_to_edit(signed_in_person(request), code)
    kept = access.hand_over_of(survey, pk)
    return csv_response(f"{survey.code}-findings-{pk}", ("line", "finding"), kept.findings)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest, code: str) -> HttpResponse:
    """Switches messages on or off, and says who they come from."""
    person = signed_in_person(request)
    survey = access.survey_to_edit(person, code)
    known = Mailing.objects.filter(survey=survey).first()
    form = MailingForm(
        request.POST or None, initial=_initial(survey, known), languages=languages_of(survey)
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_mailing(survey, by=person, **form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Saved.")
            return redirect("delivery:messages", survey.code)
    context = {
        "survey": survey,
        "form": form,
        "texts": [(_sample(survey, form, each), bound) for each, bound in form.text_fields()],
        "is_carried": configured(),
        "most_parts": MOST_PARTS,
    }
    return render(request, "delivery/mailing.html", context, status=422 if form.errors else 200)


@never_cache
@allow(EDIT)
@require_POST
def text_size(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """How long the text is with the words that are being written."""
    survey = access.survey_to_edit(signed_in_person(request), code)
    form = MailingForm(request.POST, languages=languages_of(survey))
    if language not in form.languages:
        raise NotFound("The survey cannot be read in this language.")
    context = {"sample": _sample(survey, form, language), "most_parts": MOST_PARTS}
    return render(request, "delivery/_size.html", context)


def _initial(survey: Survey, known: Mailing | None) -> dict[str, object]:
    if known is None:
        return {
            "is_on": True, "sender": agency_of(survey.service.owner).name, "reminder_hours": 0,
            "text_reminder_hours": 0,
        }  # fmt: skip
    return {
        "is_on": known.is_on,
        "sender": known.sender,
        "reminder_hours": known.reminder_hours,
        "by_text": known.by_text,
        "text_reminder_hours": known.text_reminder_hours,
        **{f"{WORDS}{language}": each for language, each in known.text_words.items()},
    }


def _sample(survey: Survey, form: MailingForm, language: str) -> Sample:
    """The text with what stands in the form, saved or not."""
    said = {each: str(bound.value() or "") for each, bound in form.text_fields()}
    written = {each: words for each, words in said.items() if words.strip()}
    return sample_of(survey, language, sender=str(form["sender"].value() or ""), written=written)


def _messages(
    request: HttpRequest, person: Person, survey: Survey, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    days = PERIODS.get(request.GET.get("days", ""), 90)
    terms = terms_of(survey)
    progress = progress_of(survey, terms, timezone.now() - timedelta(days=days))
    may_edit = access.may_edit(person, survey)
    lags = progress.lags
    context = {
        "survey": survey,
        "headline": mail_headline(progress.states, lags),
        "plan": plan_in_force(survey),
        "mailing": Mailing.objects.filter(survey=survey).first(),
        "is_message": draft_of(survey).placement is Placement.MESSAGE,
        "is_open": terms is not None,
        "progress": progress,
        "median": lag_in_words(lags.median) if lags else "",
        "p90": lag_in_words(lags.p90) if lags else "",
        "hand_overs": hand_overs_of(survey),
        "columns": COLUMNS,
        "by_channel": progress.channels,
        "form": form,
        "days": days,
        "periods": PERIODS.values(),
        "may_edit": may_edit,
        "tabs": tabs_of(survey, may_edit=may_edit),
    }
    return render(request, "delivery/messages.html", context, status=status)


def _said(kept: HandOver) -> str:
    return (
        f"{kept.rows:,} rows: {kept.accepted:,} taken, {kept.known:,} known before,"
        f" {kept.refused:,} refused."
    )
