"""The files of a request: DOCX, PDF and page say the same, and other programs read them."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from cx280.paperwork.documents import docx_of, html_of, pdf_of
from cx280.paperwork.models import Request
from cx280.paperwork.queries.packets import packet_of
from cx280.paperwork.rules.blocks import (
    Check,
    Checks,
    Document,
    Grid,
    Heading,
    Listing,
    Text,
    words_of,
)
from cx280.paperwork.rules.burden import hours_of
from cx280.paperwork.rules.request_document import request_document
from cx280.paperwork.rules.wording import hours
from tests.builders import a_document, a_survey
from tests.pages.tagged import lacks
from tests.paperwork.builders import a_request, answers_of

# What a document reads, pages read too, on every kind of database: this is about its form.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.proves("280.11-a3"),
]
LIBREOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def bilingual() -> dict[str, Any]:
    """A survey document with a Spanish text for every question."""
    document = a_document()
    for place, question in enumerate(document["questions"]):
        question["texts"] = {"en": question["text"], "es": f"¿Cómo fue, parte {place}?"}
    return document


@pytest.fixture
def request_() -> Request:
    """A complete draft about a survey in two languages."""
    return a_request(a_survey(collection=None, draft=bilingual()))


@pytest.fixture
def document(request_: Request) -> Document:
    """Its document."""
    return request_document(packet_of(request_), "Draft, not signed")


def squeezed(text: str) -> str:
    """The text without white space: programs break lines where they like."""
    return "".join(text.split())


def text_of_docx(data: bytes) -> str:
    """Every paragraph and cell, as Word has them."""
    read = docx.Document(BytesIO(data))
    footer = read.sections[0].footer.paragraphs[0].text
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return squeezed("\n".join([*(each.text for each in read.paragraphs), *cells, footer]))


def test_the_docx_says_everything_with_real_headings_and_heads_of_tables(
    document: Document,
) -> None:
    data = docx_of(document)

    said = text_of_docx(data)
    assert [each for each in words_of(document) if squeezed(each) not in said] == []
    read = docx.Document(BytesIO(data))
    styles = [each.style.name for each in read.paragraphs if each.style]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") >= 6
    heads = [each.rows[0]._tr.get_or_add_trPr() for each in read.tables]
    assert all(each.find(qn("w:tblHeader")) is not None for each in heads)
    assert read.core_properties.title == document.title


def test_words_in_spanish_are_marked_as_spanish(document: Document) -> None:
    read = docx.Document(BytesIO(docx_of(document)))

    spanish = [
        each.text for each in read.paragraphs
        if each._p.xpath(".//w:lang[@w:val='es']") and each.text.startswith("1. ")
    ]  # fmt: skip
    assert spanish == ["1. ¿Cómo fue, parte 0?"]
    assert 'lang="es" dir="ltr">1. ¿Cómo fue, parte 0?' in html_of(document)


def test_the_pdf_is_tagged_and_names_its_language_and_title(document: Document) -> None:
    file = pdf_of(document)
    reader = PdfReader(BytesIO(file))

    assert lacks(file) == []
    assert str(reader.root_object["/Lang"]) == "en"
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert reader.metadata.title.startswith("Request for Approval")
    said = squeezed("".join(page.extract_text() for page in reader.pages))
    for words in ("Burden hours", "¿Cómo fue, parte 7?", "The collection is voluntary."):
        assert squeezed(words) in said


def test_the_instrument_shows_number_and_expiry_in_every_language(
    document: Document, request_: Request
) -> None:
    number = request_.clearance.control_number
    expires = f"{request_.clearance.expires_on:%m/%d/%Y}"

    said = words_of(document)

    assert said.count(f"OMB Control Number: {number}. Expiration date: {expires}") == 3
    questions = request_.survey.draft["questions"] if request_.survey else []
    for place, question in enumerate(questions, start=1):
        assert f"{place}. {question['text']}" in said
        assert f"{place}. {question['texts']['es']}" in said
    assert said.count("Strongly agree") == said.count("Totalmente de acuerdo") == 7
    assert any("takes about 2 minutes" in each and number in each for each in said)


@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed on this machine")
def test_libreoffice_opens_the_docx_and_shows_the_ledger_s_hours(
    document: Document, request_: Request, tmp_path: Path
) -> None:
    (tmp_path / "request.docx").write_bytes(docx_of(document))

    subprocess.run(
        [str(LIBREOFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "request.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip

    pages = PdfReader(tmp_path / "request.pdf").pages
    said = squeezed("".join(each.extract_text() for each in pages))
    headings = [
        "Title of information collection", "Purpose of collection", "Type of activity",
        "Burden hours", "Certification", "¿Cómo fue, parte 7?",
        hours(hours_of(answers_of(request_).burden)),
    ]  # fmt: skip
    assert [each for each in headings if squeezed(each) not in said] == []


def test_text_that_looks_like_markup_stays_text(request_: Request) -> None:
    packet = packet_of(a_request(purpose="<b>1 & 2</b>\nand more"))
    strange = request_document(packet, "Draft")

    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;<br>and more" in html_of(strange)
    assert squeezed("<b>1 & 2</b>\nand more") in text_of_docx(docx_of(strange))


@settings(max_examples=15)
@given(st.text(max_size=40))
def test_whatever_is_pasted_a_docx_can_be_written_and_read(pasted: str) -> None:
    strange = Document(pasted, pasted, pasted, "Draft", [
        Heading(pasted), Text(pasted), Checks([Check(pasted, True)]), Listing([pasted]),
        Grid(pasted, [pasted], [[pasted]]),
    ])  # fmt: skip

    read = docx.Document(BytesIO(docx_of(strange)))

    assert len(read.tables) == 1


def test_tables_of_all_three_have_the_same_rows(document: Document) -> None:
    grids = [each for each in document.blocks if isinstance(each, Grid)]
    read = docx.Document(BytesIO(docx_of(document)))

    for grid, table in zip(grids, read.tables, strict=True):
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            list(grid.header), *(list(row) for row in grid.rows),
        ]  # fmt: skip
