"""A document as one HTML page, and the same as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from django.template.loader import render_to_string

from cx280.pages import pdf
from cx280.paperwork.rules.blocks import Document
from cx280.surveys.rules.labels import direction


def html_of(document: Document, *, nonce: str = "") -> str:
    """The document as one page that needs nothing else.

    nonce: for the page's own style where a Content Security Policy asks for it.
    """
    blocks = [(each, direction(getattr(each, "lang", "en"))) for each in document.blocks]
    context = {"document": document, "blocks": blocks, "nonce": nonce}
    return render_to_string("paperwork/document.html", context)


def pdf_of(document: Document) -> bytes:
    """The document as PDF/UA-1: tagged, with language and title. It loads nothing."""
    return pdf.pdf_of(html_of(document))
