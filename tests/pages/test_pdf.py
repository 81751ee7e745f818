"""Every PDF is tagged, says its language and title, and loads nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from cx280.kernel.problem import Unusable
from cx280.pages.pdf import pdf_of

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
