"""A briefing as PDF/UA-1: tagged, with language, title, table heads and words for pictures."""

from __future__ import annotations

from django.template.loader import render_to_string

from cx280.oversight.documents.shown import slides_shown
from cx280.oversight.rules.slides import Deck


def html_of(deck: Deck, *, standing: str) -> str:
    """The whole as one document. standing: whether it is a draft or was handed to OMB, when."""
    context = {"deck": deck, "slides": slides_shown(deck), "standing": standing}
    return render_to_string("oversight/document.html", context)


def pdf_of(deck: Deck, *, standing: str) -> bytes:
    """The same as PDF. It loads nothing from anywhere but itself."""
    import weasyprint  # here, for it takes half a second and most processes never make a PDF

    html = html_of(deck, standing=standing)
    # Pictures are in the document itself; nothing is loaded from outside.
    fetcher = weasyprint.URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf
