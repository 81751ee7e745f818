"""The printed form: the questions as asked, what the law wants on it, and numbers given once."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict
from cx280.responses import actions, paper_forms, queries
from cx280.responses.models import FormRun
from cx280.responses.rules.form_numbers import form_number, read_number
from cx280.responses.rules.keys import keyed_questions
from cx280.responses.wording import words
from cx280.surveys.models import SurveyVersion
from tests.builders import a_person, a_unit
from tests.pages.tagged import lacks
from tests.responses.entered import a_clerk, owner
from tests.responses.visits import an_open_survey, clearance_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
ADDRESS = "Boat Permits\n12 Harbor Road\nPortland, OR 97201"


def printed(version: SurveyVersion | None = None, **fields: Any) -> FormRun:
    """Two English forms of an office with an address."""
    version = version or an_open_survey()
    usual: dict[str, Any] = {
        "unit": a_unit(owner(version), name="Portland Harbor"), "language": "en", "copies": 2,
        "return_to": ADDRESS, "by": a_clerk(version), "now": timezone.now(),
    }  # fmt: skip
    return actions.print_forms(version, **{**usual, **fields})


def words_on(pdf: bytes) -> str:
    """The text of the pages, with single spaces."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def said_on(html: str) -> str:
    """The words of a page, with single spaces."""
    body = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def burden_of(run: FormRun, language: str) -> dict[str, str]:
    """What fills the burden statement."""
    clearance, said = clearance_of(run.version), words(language)
    assert clearance.expires_on is not None
    return {
        "number": clearance.control_number, "expires": said.day(clearance.expires_on),
        "minutes": said.minutes(2), "agency": owner(run.version).name, "contact": "",
    }  # fmt: skip


@pytest.mark.proves("280.6-b2", "280.8-b9")
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_form_asks_what_the_version_asks_and_says_what_the_law_wants(language: str) -> None:
    run = printed(language=language)
    clearance = clearance_of(run.version)
    page = said_on(paper_forms.form_html(run))

    for each in keyed_questions(queries.document_of(run.version), language):
        assert each.view.text in page
        for key in each.keys:
            assert f"{key.key} {key.words}" in page
    assert clearance.control_number in page
    assert str(clearance.expires_on.year) in page
    said = words(language)
    assert said["foot"]["voluntary_text"] in page
    assert said.say("foot", "burden", **burden_of(run, language)) in page
    for must in ("12 Harbor Road", "Portland Harbor", form_number(run.version.number, run.first)):
        assert must in page


@pytest.mark.any_database
def test_the_pdf_is_tagged_says_its_language_and_has_the_same_words() -> None:
    run = printed(language="es")
    file = paper_forms.form_pdf(run)
    reader = PdfReader(io.BytesIO(file))

    assert lacks(file) == []
    assert str(reader.root_object["/Lang"]) == "es"
    assert reader.metadata is not None
    assert reader.metadata.title == "¿Cómo le fue con su permiso de barco?"
    text = words_on(paper_forms.form_pdf(run))
    for number in (1, 2):  # in the corner, and at the foot of both sides
        assert text.count(form_number(run.version.number, number)) == 3
    assert text.count("Fue fácil completar lo que necesitaba hacer.") == 2


@pytest.mark.any_database
def test_the_usual_survey_fits_on_one_sheet_of_two_sides() -> None:
    run = printed(copies=3)

    assert len(PdfReader(io.BytesIO(paper_forms.form_pdf(run))).pages) <= 6


def test_the_code_says_the_number_as_a_scanner_types_it() -> None:
    run = printed()
    (first, _) = paper_forms._copies(run)

    assert read_number(f"{run.version.survey.code}/{first.number}").text == first.number
    assert first.code.startswith("data:image/svg+xml")


def test_no_number_is_given_twice() -> None:
    version = an_open_survey()
    runs = [printed(version, copies=copies) for copies in (3, 0, 5, 1)]

    numbers = [each.number for run in runs for each in paper_forms._copies(run) if each.number]
    assert len(numbers) == len(set(numbers)) == 9


def test_a_sheet_to_be_copied_leaves_room_for_the_offices_own_number() -> None:
    page = said_on(paper_forms.form_html(printed(copies=0)))

    assert "Number (for the office)" in page
    assert form_number(1, 1) not in page


@pytest.mark.proves("280.11-a1")
def test_no_form_is_printed_without_a_valid_clearance() -> None:
    version = an_open_survey()
    clearance = clearance_of(version)
    clearance.expires_on = timezone.localdate() - timedelta(days=2)
    clearance.save()

    with pytest.raises(Conflict, match="not open"):
        printed(queries.latest_version(version.survey.code))

    assert not FormRun.objects.exists()


def test_a_clerk_makes_forms_on_the_page_and_gets_both_files(sign_in: SignIn) -> None:
    version = an_open_survey()
    unit = a_unit(owner(version))
    client = sign_in(a_clerk(version, unit))
    page = f"/responses/{version.survey.code}/paper/forms/"
    form = {"unit": str(unit.pk), "language": "es", "copies": "2", "return_to": ADDRESS}

    assert client.post(page, {**form, "copies": "51"}).status_code == 422
    assert client.post(page, form).status_code == 302

    run = FormRun.objects.get()
    pdf, html = client.get(f"{page}{run.pk}.pdf"), client.get(f"{page}{run.pk}/")
    assert isinstance(pdf, HttpResponse)
    assert pdf.content.startswith(b"%PDF")
    assert html.status_code == 200
    shown = client.get(page)
    assert isinstance(shown, HttpResponse)
    assert form_number(1, 1) in shown.content.decode()
    assert AuditEntry.objects.filter(action="print_paper_forms").count() == 1


def test_forms_of_another_office_are_not_there(sign_in: SignIn) -> None:
    run = printed()
    code = run.version.survey.code
    client = sign_in(a_person(Role.ENTRY_CLERK, a_unit(owner(run.version))))

    assert client.get(f"/responses/{code}/paper/forms/{run.pk}.pdf").status_code == 404
    assert client.get(f"/responses/{code}/paper/forms/{run.pk}/").status_code == 404
