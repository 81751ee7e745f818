"""The printable report: one HTML document, and the same as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from django.template.loader import render_to_string

from cx280.kernel.problem import Unusable
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
    import weasyprint  # here, for it takes half a second and most processes never make a PDF

    html = report_html(content, standing=standing)
    document = weasyprint.HTML(string=html, url_fetcher=_refuse)
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _refuse(url: str, *_: object, **__: object) -> dict[str, object]:
    raise Unusable(f"A report loads nothing from outside, and asked for {url[:80]}.")
