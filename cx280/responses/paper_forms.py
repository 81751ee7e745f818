"""The printed form as a page and as a tagged PDF: exactly the questions of a frozen version."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from typing import Any

import segno
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static

from cx280.kernel.problem import Unusable
from cx280.pages.pdf import pdf_of
from cx280.responses import queries
from cx280.responses.models import FormRun
from cx280.responses.rules.form_numbers import form_number
from cx280.responses.rules.keys import keyed_questions
from cx280.responses.survey_pages import document_words
from cx280.responses.wording import Words, words
from cx280.surveys.rules.labels import direction

_FACES = ((400, "public-sans-400"), (700, "public-sans-700"))


@dataclass(frozen=True, slots=True)
class Copy:
    """One sheet: its number and the code that says the same to a scanner; "" without a number."""

    number: str
    code: str


def form_html(run: FormRun, *, nonce: str = "") -> str:
    """The forms as one document to print. nonce: for its style, where a policy asks for it."""
    return _html(run, {face: static(f"built/{face}.woff2") for _, face in _FACES}, nonce)


def form_pdf(run: FormRun) -> bytes:
    """The same as PDF/UA-1: tagged, with language and title. It loads nothing from anywhere."""
    return pdf_of(_html(run, {face: _face(face) for _, face in _FACES}, ""))


def _html(run: FormRun, faces: dict[str, str], nonce: str) -> str:
    document, said = queries.document_of(run.version), words(run.language)
    context = {
        "run": run,
        "copies": _copies(run),
        "faces": [(weight, faces[name]) for weight, name in _FACES],
        "nonce": nonce,
        "words": said,
        "language": run.language,
        "direction": direction(run.language),
        "heading": document.heading(run.language),
        "intro": document_words(document.introductions, run.language),
        "questions": keyed_questions(document, run.language),
        "simulated": run.version.survey.simulated,
        **_sentences(run, said),
    }
    return render_to_string("responses/paper_form.html", context)


def _sentences(run: FormRun, said: Words) -> dict[str, Any]:
    """What the law and good manners ask to stand on every form, filled."""
    document = queries.document_of(run.version)
    statement = queries.statement_of(run.version.survey, document, run.language)
    where = said.say("foot", "contact", website=statement.website) if statement.website else ""
    places = {
        "agency": statement.agency,
        "service": statement.service,
        "number": statement.control_number,
        "expires": said.day(statement.expires_on) if statement.expires_on else "",
        "minutes": said.minutes(statement.minutes or 1),
        "contact": where,
    }
    return {
        "agency": statement.agency,
        "control": said.say("foot", "number", **places),
        "count": said.intro(len(document.questions), statement.minutes or 1),
        "purpose": said.say("foot", "purpose", **places),
        "burden": said.say("foot", "burden", **places),
        "address": [each for each in run.return_to.splitlines() if each.strip()],
    }


def _copies(run: FormRun) -> list[Copy]:
    if not run.copies:
        return [Copy("", "")]
    numbers = [form_number(run.version.number, run.first + n) for n in range(run.copies)]
    return [Copy(each, _code(f"{run.version.survey.code}/{each}")) for each in numbers]


def _code(text: str) -> str:
    """The text as a QR code, drawn as an image that stands in the page itself."""
    drawn: str = segno.make(text, error="m", micro=False).svg_data_uri(border=2, scale=2)
    return drawn


@cache
def _face(name: str) -> str:
    """A font as an address that holds it, so that a PDF looks the same on every machine."""
    path = finders.find(f"built/{name}.woff2")
    if not isinstance(path, str):
        raise Unusable("The fonts are not built.", fix="Run `make assets` once.")
    with open(path, "rb") as file:  # noqa: PTH123 - a finder gives text
        return "data:font/woff2;base64," + base64.b64encode(file.read()).decode()
