"""Every PDF is tagged, says its language and title, and loads nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from cx280.kernel.problem import Unusable
from cx280.pages.pdf import pdf_of
from tests.pages.tagged import lacks

DOT = "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


def test_a_pdf_is_tagged_and_says_its_language_and_title() -> None:
    html = f'<html lang="es"><title>Permisos</title><h1>Permisos</h1><img src="{DOT}" alt="Punto">'

    found = PdfReader(io.BytesIO(pdf_of(html)))

    assert "/StructTreeRoot" in found.root_object
    assert str(found.root_object["/Lang"]) == "es"
    assert found.metadata is not None
    assert found.metadata.title == "Permisos"


def test_a_document_that_asks_for_more_than_it_carries_becomes_no_pdf(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")

    for address in (secret.as_uri(), "http://localhost:9/picture.png"):
        with pytest.raises(Unusable, match="loads nothing from outside"):
            pdf_of(f'<html lang="en"><title>A</title><img src="{address}" alt="">')


WHOLE = f"""<html lang="en"><title>Permits</title><h1>Permits</h1><h2>Boats</h2>
<p>See <a href="https://example.gov" title="The office">the office</a>.</p>
<img src="{DOT}" alt="A dot">
<table><tr><th scope="col">Year</th></tr><tr><td>2023</td></tr></table>"""


def test_a_document_with_all_parts_lacks_nothing() -> None:
    assert lacks(pdf_of(WHOLE)) == []


@pytest.mark.parametrize(
    ("instead", "by", "fault"),
    [
        (' lang="en"', "", "no language"),
        ("<title>Permits</title>", "", "no title"),
        ("<h1>Permits</h1>", "", "the first heading is of level 2"),
        ("h2>", "h4>", "a heading of level 4 below one of level 1"),
        ("th>", "td>", "a table without heads"),
        (' alt="A dot"', ' alt=""', "a Figure without words"),
    ],
)
def test_what_a_document_lacks_is_told(instead: str, by: str, fault: str) -> None:
    html = WHOLE.replace('<th scope="col">', "<th>").replace(instead, by)

    assert fault in lacks(pdf_of(html))


def test_a_document_that_is_not_tagged_is_told() -> None:
    import weasyprint

    assert lacks(weasyprint.HTML(string=WHOLE).write_pdf()) == ["it is not tagged"]
