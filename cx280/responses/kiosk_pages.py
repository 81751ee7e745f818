"""The pages of a kiosk as text: the survey, thanks, a closed door, and how a device becomes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from cx280.delivery.models import Kiosk
from cx280.responses import queries
from cx280.responses.rules.answers import Fault
from cx280.responses.rules.standing import Standing
from cx280.responses.survey_pages import around, closed_words, document_words, once_more
from cx280.responses.wording import words
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.rendering import QuestionView, question_views
from cx280.surveys.rules.vocabulary import DriverMode

# Seconds without a touch before the screen asks, and from the asking to the new start: WCAG 2.2.1
# wants 20 at least. Then how long the thanks stay.
IDLE, WARNING, THANKS = 45, 25, 8


def kiosk_page(
    version: SurveyVersion,
    kiosk: Kiosk,
    *,
    language: str,
    token: str,
    given: Mapping[str, Sequence[str]] | None = None,
    faults: Sequence[Fault] = (),
    notice: str = "",
) -> str:
    """The survey for a touch screen; with `faults` or a `notice`, as it is shown once more."""
    document = queries.document_of(version)
    errors, again = once_more(version, language, faults, notice)
    views = question_views(document, language, given, errors)
    ends = queries.approval_ends(version)
    steps = _steps(document, views, kiosk)
    context = {
        **_frame(version, kiosk, language),
        "steps": steps,
        "token": token,
        "again": again,
        "until": _milliseconds(ends) if ends else "",
        "intro": document_words(document.introductions, language),
        "count": words(language).intro(len(steps), _minutes(version)),
        "idle": IDLE,
        "warning": WARNING,
        "takes_words": kiosk.takes_words and any(each.is_free_text for each in document.questions),
    }
    return render_to_string("responses/kiosk.html", context)


def _steps(
    document: SurveyDocument, views: Sequence[QuestionView], kiosk: Kiosk
) -> list[dict[str, Any]]:
    """The questions with what decides whether they are for this person."""
    return [
        {"question": view, **_condition(question)}
        for question, view in zip(document.questions, views, strict=True)
        if kiosk.takes_words or not question.is_free_text
    ]


def _condition(question: Question) -> dict[str, str]:
    if question.show_if is not None:
        answers = " ".join(str(each) for each in question.show_if.answers)
        return {"asks": question.show_if.question, "among": answers}
    if question.mode is DriverMode.TAPPING and question.parent:
        return {"asks": question.parent, "among": ""}
    return {"asks": "", "among": ""}


def thanks_page(version: SurveyVersion, kiosk: Kiosk, *, language: str) -> str:
    """What people read after sending where no script runs."""
    return render_to_string("responses/kiosk_thanks.html", _frame(version, kiosk, language))


def closed_page(version: SurveyVersion, kiosk: Kiosk, standing: Standing, *, language: str) -> str:
    """Why it does not ask now. What waits on the device is sent from here too."""
    context = {
        **_frame(version, kiosk, language),
        "why": closed_words(version, standing, language),
    }
    return render_to_string("responses/kiosk_closed.html", context)


def stranger_page(version: SurveyVersion, *, language: str, unit: str) -> str:
    """That this device is no kiosk, and where the survey is answered by anybody."""
    link = reverse("survey:answer", args=[version.survey.code])
    link += f"?{urlencode({'unit': unit})}" if unit else ""
    context = {**around(version, language, unit), "survey": link}
    return render_to_string("responses/kiosk_stranger.html", context)


def set_up_page(kiosk: Kiosk | None) -> str:
    """What the link for a kiosk shows: a button, or that it was used. Staff read it: English."""
    said = words("en")
    context = {"kiosk": kiosk, "words": said, "language": "en", "direction": "ltr"}
    return render_to_string("responses/kiosk_set_up.html", context)


def addresses(version: SurveyVersion) -> list[str]:
    """The kiosk's page in each language, as a device keeps it; the first is where it starts."""
    root = reverse("survey:kiosk", args=[version.survey.code])
    locales = queries.document_of(version).locales
    return [f"{root}?lang={each}" for each in locales]


def _frame(version: SurveyVersion, kiosk: Kiosk, language: str) -> dict[str, Any]:
    locales = queries.document_of(version).locales
    home = addresses(version)[0]
    said = words(language)
    return {
        **around(version, language, kiosk.unit.code),
        "kiosk": kiosk,
        "root": reverse("survey:kiosk", args=[version.survey.code]),
        "version": version,
        "home": home,
        "is_home": language == locales[0],
        "thanks_seconds": THANKS,
        "thanks": document_words(queries.document_of(version).thanks, language),
        "step_words": said["kiosk"]["step"],
    }


def _minutes(version: SurveyVersion) -> float:
    collection = version.survey.collection
    return float(collection.minutes) if collection else 1.0


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
