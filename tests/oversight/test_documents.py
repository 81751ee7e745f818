"""The slides as PPTX and PDF, read back: the PDF's structure with pypdf, the slides as OOXML."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from cx280.oversight.documents.pdf import pdf_of
from cx280.oversight.documents.picture import svg_of
from cx280.oversight.documents.pptx import pptx_of
from cx280.oversight.rules.slides import Chart, Deck, Dot, Line, Lines, Slide, Table
from tests.pages.tagged import lacks

CHART = Chart(
    "Share who agree, by quarter. Trust went from 80 % to 70 %.",
    ("Q3 2023", "Q4 2023", "Q1 2024"),
    (Line("Trust", "trust", (Dot(0.8, 0.77, 0.83), Dot(), Dot(0.7, 0.67, 0.73))),),
)
BARS = Chart("Baseline 70 %, now 74 %", ("Action 1",), (
    Line("Baseline", "baseline", (Dot(0.7),)), Line("Now", "now", (Dot(0.74),)),
), bars=True)  # fmt: skip
NARROW = Table(
    "Share who agree", ("Quarter", "Trust"), (("FY2024 Q1", "70 %, n 1,000"), ("<b>", "&"))
)
WIDE = Table("Actions", ("Action", "Measure", "Baseline", "Now", "Target", "How far"), (
    ("Tell everybody " * 6, "Trust", "70 %", "74 %", "75 %", "Moved: +4.0 of +5.0 points."),
))  # fmt: skip
DECK = Deck(
    "Rivers and Trails", "Department of Rivers", 2024, "2024-03-20",
    (
        Slide("o", "Trust in Boat permits is 70 %", (CHART, NARROW, Lines(("n: answers.",))),
              ("Say why.",), ("280.14-d2",)),
        Slide("p", "1 of 1 action reached its target", (BARS, WIDE), ("Tell everybody.",)),
        Slide("q", "We ask OMB for 2 things", (Lines(("A contact", "A decision")),), ()),
    ),
    simulated=True,
)  # fmt: skip


@pytest.fixture(scope="module")
def slides() -> bytes:
    return pptx_of(DECK, standing="Draft of today")


@pytest.fixture(scope="module")
def file() -> bytes:
    return pdf_of(DECK, standing="Draft of today")


@pytest.fixture(scope="module")
def pdf(file: bytes) -> PdfReader:
    return PdfReader(BytesIO(file))


def elements(node: Any) -> Iterator[Any]:  # noqa: ANN401
    """Every element of a structure tree."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for each in node:
            yield from elements(each)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


@pytest.mark.proves("280.14-d2")
def test_every_slide_has_its_finding_as_title_and_its_notes(slides: bytes) -> None:
    read = Presentation(BytesIO(slides))

    assert read.core_properties.title == "Rivers and Trails: deep dive FY2024"
    titles = [each.shapes.title.text_frame.text for each in read.slides]
    assert titles == ["Rivers and Trails: deep dive FY2024", *(each.title for each in DECK.slides)]
    notes = [each.notes_slide.notes_text_frame.text for each in list(read.slides)[1:]]
    assert notes == ["Say why.", "Tell everybody.", ""]
    assert "Simulated: nothing here is real." in read.slides[0].placeholders[1].text_frame.text


def test_charts_and_tables_of_slides_have_words_and_heads_and_stay_on_the_slide(
    slides: bytes,
) -> None:
    read = Presentation(BytesIO(slides))

    for slide in read.slides:
        for each in slide.shapes:
            assert each.left >= 0
            assert each.left + each.width <= read.slide_width
            assert each.top + each.height <= read.slide_height
            if each.has_chart or each.has_table:
                assert each._element.xpath(".//p:cNvPr")[0].get("descr")
            if each.has_table:
                assert each.table.first_row
    chart = next(each.chart for each in read.slides[1].shapes if each.has_chart)
    assert list(chart.plots[0].series[0].values) == [80.0, None, 70.0]


def test_every_part_of_the_file_is_well_formed(slides: bytes) -> None:
    with zipfile.ZipFile(BytesIO(slides)) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))


def test_the_pdf_is_tagged_with_language_and_title_and_says_so(file: bytes, pdf: PdfReader) -> None:
    assert lacks(file) == []
    assert str(pdf.root_object["/Lang"]) == "en"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Rivers and Trails: deep dive FY2024"
    assert len(pdf.pages) == 1 + len(DECK.slides)


def test_every_cell_of_the_pdf_names_its_heads_and_every_picture_has_words(pdf: PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    found = list(elements(root["/StructTreeRoot"]["/K"]))

    heads = {str(each["/ID"]) for each in found if each["/S"] == "/TH"}
    named = [each["/A"]["/Headers"] for each in found if each["/S"] == "/TD"]
    assert len(named) == 2 * 1 + 1 * 5
    assert all({str(one) for one in each} <= heads and each for each in named)
    pictures = [each["/Alt"] for each in found if each["/S"] == "/Figure"]
    assert pictures == [CHART.alternative, BARS.alternative]
    levels = [str(each["/S"]) for each in found if str(each["/S"]).startswith("/H")]
    assert levels[:2] == ["/H1", "/H2"]


def test_a_picture_is_whole_and_escapes_its_words() -> None:
    line = Line("<Trust> & more", "trust", (Dot(0.5, 0.4, 0.6), Dot(), Dot()))
    drawn = etree.fromstring(svg_of(Chart("x", ("a", "b", "c"), (line,))).encode())

    words = "".join(drawn.itertext())
    assert "<Trust> & more 50" in words
    assert len(drawn.findall(".//{*}circle")) == 1
    etree.fromstring(svg_of(Chart("x", (), ())).encode())
