"""The public pages as text: what a survey, its thanks and its closed door look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from cx280.responses import queries
from cx280.responses.rules.answers import Fault
from cx280.responses.rules.standing import Standing
from cx280.responses.rules.statement import Statement
from cx280.responses.rules.urgency import UrgencyKind
from cx280.responses.rules.ways import Way
from cx280.responses.tokens import CONTACT_DAYS
from cx280.responses.wording import Words, words, written_languages
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.labels import direction, own_name
from cx280.surveys.rules.languages import matching
from cx280.surveys.rules.rendering import question_views
from cx280.surveys.rules.vocabulary import ResponseType

DIRECT = Way()  # by the plain address


def survey_page(
    version: SurveyVersion,
    *,
    language: str,
    token: str,
    way: Way = DIRECT,
    given: Mapping[str, Sequence[str]] | None = None,
    faults: Sequence[Fault] = (),
    notice: str = "",
    nonce: str = "",
) -> str:
    """The survey as HTML; with `given` and `faults` or a `notice`, as it is shown once more.

    `given` alone is what a link chose beforehand.
    notice: empty, renewed, changed or wait: the sentence of `[again]` that says why. way: how the
    person came here; with a visit the page says so, and offers to leave it out. nonce: of the
    page's own style, without which it does not tell that somebody began.
    """
    document = queries.document_of(version)
    said = words(language)
    errors = _errors(said, document, faults)
    again = bool(errors or notice)
    if again or given:
        questions = _questions(document, language, given, errors)
    else:
        questions = _blank_questions(version.pk, version.digest, language)
    context = {
        **_frame(version, document, said, language, way),
        "questions": questions,
        "apart": way.apart(language),
        "token": token,
        "nonce": nonce,
        # Every sign in it is encoded, so it may stand in a style, where entities would not be read.
        "touched": mark_safe("touched.svg?" + urlencode({"page": token, "lang": language})),  # noqa: S308
        "again": _again(said, document, language, errors, notice) if again else None,
        "intro": document_words(document.introductions, language),
        "intro_language": words_language(document.introductions, language),
        "count": said.intro(len(document.questions), _minutes(version)),
    }
    return render_to_string("responses/survey.html", context)


def thanks_page(
    version: SurveyVersion,
    *,
    language: str,
    way: Way = DIRECT,
    urgency: UrgencyKind | None = None,
) -> str:
    """What people read after sending: that it arrived and what happens next.

    urgency: what their words seem to speak of: of suicide or danger, the page says who listens now.
    """
    document = queries.document_of(version)
    said = words(language)
    context = {
        **_frame(version, document, said, language, way),
        "is_repeated": way.repeated,
        "thanks": document_words(document.thanks, language),
        "thanks_language": words_language(document.thanks, language),
        "care": _care(said, urgency),
        "contact": _contact(version, language, way),
    }
    return render_to_string("responses/thanks.html", context)


def _contact(version: SurveyVersion, language: str, way: Way) -> str:
    """Where the person may leave how to reach them; "" where the survey does not offer it.

    Never in a frame: that page opens by itself, so no website stands around what is typed. The
    page stands in a folder above this one, so it is reached by its name only.
    """
    if not way.contact:
        return ""
    own = replace(way, embed="", repeated=False)
    return reverse("contact:leave", args=[version.survey.code]) + own.query(language)


def _contact_privacy(version: SurveyVersion, said: Words) -> str:
    offered = queries.offers_contact(version)
    return said.say("contact", "privacy", days=CONTACT_DAYS) if offered else ""


_NUMBERS = {UrgencyKind.CRISIS: "988", UrgencyKind.HARM: "911"}


def _care(said: Words, urgency: UrgencyKind | None) -> dict[str, str] | None:
    """Who listens at any hour; None where nothing was said that asks for it."""
    if urgency not in _NUMBERS:
        return None
    kind = urgency.value
    return {
        "heading": said["care"][f"{kind}_heading"],
        "text": said["care"][kind],
        "link": said["care"][f"{kind}_link"],
        "number": _NUMBERS[urgency],
    }


def closed_page(
    version: SurveyVersion, standing: Standing, *, language: str, way: Way = DIRECT
) -> str:
    """Why there is no form here any more."""
    document = queries.document_of(version)
    said = words(language)
    why = closed_words(version, standing, language)
    context = {**_frame(version, document, said, language, way), "why": why}
    return render_to_string("responses/closed.html", context)


def closed_words(version: SurveyVersion, standing: Standing, language: str) -> str:
    """The sentence that says why nobody can answer."""
    said = words(language)
    covered = queries.covered_by(version.survey)
    if standing is Standing.EXPIRED and covered:
        return said.say("closed", "expired", expires=said.day(covered[1]))
    return said["closed"]["closed"]


def missing_page(*, language: str) -> str:
    """That there is no survey at this address, or none that was ever opened."""
    said = words(language)
    links = _language_links(language, written_languages(), DIRECT)
    context = {"words": said, "language": language, "direction": "ltr", "languages": links}
    return render_to_string("responses/missing.html", context)


def document_words(texts: Mapping[str, str], language: str) -> str:
    """The agency's own sentence in the language, or "" when it wrote none in it."""
    return texts.get(language) or texts.get(language.split("-")[0]) or texts.get("en", "")


def words_language(texts: Mapping[str, str], language: str) -> str:
    """The language the agency's own sentence really is in, "" where it is the page's."""
    own = texts.get(language) or texts.get(language.split("-")[0])
    return "" if own or language.split("-")[0] == "en" else "en"


def _minutes(version: SurveyVersion) -> float:
    collection = version.survey.collection
    return float(collection.minutes) if collection else 1.0


def _frame(
    version: SurveyVersion,
    document: SurveyDocument,
    said: Words,
    language: str,
    way: Way,
) -> dict[str, Any]:
    """What every page about a survey shows around its middle."""
    statement = queries.statement_of(version.survey, document, language)
    return {
        "words": said,
        "language": language,
        # Words of ours stand in English on a page in a language we do not write.
        "is_foreign": said.language != matching(language, [said.language]),
        "direction": direction(language),
        "heading": document.heading(language),
        "heading_language": words_language(document.titles, language),
        "languages": _language_links(language, document.locales, way),
        "visit": way.visit,
        "along": way.along,
        "embed": way.embed,
        "simulated": version.survey.simulated,
        "statement": statement,
        "foot": foot(said, statement, joined=bool(way.visit or way.along)),
        "contact_privacy": _contact_privacy(version, said),
        "help": _help(said, statement),
        "takes_words": any(each.answered_by is ResponseType.TEXT for each in document.questions),
    }


def foot(said: Words, statement: Statement, *, joined: bool) -> dict[str, str]:
    """The sentences at the foot, filled: voluntary, number, purpose, burden."""
    places = {
        "agency": statement.agency,
        "service": statement.service,
        "number": statement.control_number,
        "expires": said.day(statement.expires_on) if statement.expires_on else "",
        "minutes": said.minutes(statement.minutes or 1),
    }
    where = said.say("foot", "contact", website=statement.website) if statement.website else ""
    minutes = places["minutes"]
    voluntary = "voluntary_joined" if joined else "voluntary"
    return {
        "voluntary": said.say("foot", voluntary, minutes=minutes[:1].upper() + minutes[1:]),
        "number": said.say("foot", "number", **places),
        "purpose": said.say("foot", "purpose", **places),
        "burden": said.say("foot", "burden", contact=where, **places),
    }


def _help(said: Words, statement: Statement) -> dict[str, str]:
    """Where to find help, after sending and at a closed door."""
    places = {"service": statement.service, "website": statement.website}
    return {
        "next": said.say("thanks", "next", **places),
        "after": said.say("thanks", "help" if statement.website else "help_plain", **places),
        "closed": said.say("closed", "help", **places) if statement.website else "",
    }


def _language_links(language: str, offered: list[str], way: Way) -> list[dict[str, str]]:
    """The other languages, each with its own name for itself, and the same page in it."""
    return [
        {
            "code": each,
            "name": own_name(each),
            "address": way.query(each),
            "direction": direction(each),
        }
        for each in offered
        if each != language
    ]


def _errors(said: Words, document: SurveyDocument, faults: Sequence[Fault]) -> dict[str, str]:
    """A sentence for each question at fault; `""` names what the survey never asked."""
    errors: dict[str, str] = {}
    for fault in faults:
        known = document.question(fault.question) is not None
        errors.setdefault(
            fault.question if known else "", said.say("faults", fault.kind, **fault.places)
        )
    return errors


def _again(
    said: Words, document: SurveyDocument, language: str, errors: dict[str, str], notice: str
) -> dict[str, Any]:
    """The box at the top of a page shown once more: why, and a link to each place."""
    if notice:
        why = said["again"][notice]
    elif len(errors) == 1:
        why = said["again"]["faults_one"]
    else:
        why = said.say("again", "faults_many", count=len(errors))
    places = [
        {"name": name, "text": _first_words(document, name, language), "error": sentence}
        for name, sentence in errors.items()
    ]
    return {"why": why, "places": places}


def _first_words(document: SurveyDocument, name: str, language: str) -> str:
    question = document.question(name)
    return question.words(language) if question else ""


@lru_cache(maxsize=256)
def _blank_questions(version_id: int, digest: str, language: str) -> SafeString:
    """The questions with nothing filled in: the same for everybody, so drawn once in a process."""
    document = queries.document_by(version_id, digest)
    return _questions(document, language, None, {})


def _questions(
    document: SurveyDocument,
    language: str,
    given: Mapping[str, Sequence[str]] | None,
    errors: Mapping[str, str],
) -> SafeString:
    views = question_views(document, language, given, errors)
    drawn = [render_to_string("surveys/_question.html", {"question": each}) for each in views]
    return mark_safe("".join(drawn))  # noqa: S308 - each part was escaped by its template


def around(
    version: SurveyVersion, language: str, unit: str = "", way: Way | None = None
) -> dict[str, Any]:
    """What every page about a survey shows around its middle, for pages drawn elsewhere."""
    document = queries.document_of(version)
    return _frame(version, document, words(language), language, way or Way(unit))


def once_more(
    version: SurveyVersion, language: str, faults: Sequence[Fault], notice: str
) -> tuple[dict[str, str], dict[str, Any] | None]:
    """A sentence for each question at fault, and the box that says why the page is shown again."""
    document, said = queries.document_of(version), words(language)
    errors = _errors(said, document, faults)
    if not errors and not notice:
        return errors, None
    return errors, _again(said, document, language, errors, notice)
