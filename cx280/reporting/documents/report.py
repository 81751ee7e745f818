"""The printable report: one HTML document, and the same as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from django.template.loader import render_to_string

from cx280.pages.pdf import pdf_of
from cx280.reporting.checks.late import due_in_words
from cx280.reporting.figures import figures_of
from cx280.reporting.rules.content import Content


def report_html(content: Content, *, standing: str, nonce: str = "") -> str:
    """The report as one document that needs nothing else.

    standing: what it is in words, “Draft, not signed” or “Release 12”. nonce: for the page's own
    style where a Content Security Policy asks for it.
    """
    return render_to_string(
        "reporting/report.html",
        {
            "content": content,
            "figures": figures_of(content),
            "due_words": due_in_words(content.deadline),
            "standing": standing,
            "nonce": nonce,
        },
    )


def report_pdf(content: Content, *, standing: str) -> bytes:
    """The report as PDF/UA-1: tagged, with language and title. It loads nothing from anywhere."""
    return pdf_of(report_html(content, standing=standing))
