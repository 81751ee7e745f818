"""A document as PDF/UA-1, tagged, with language and title: every PDF of the house."""

from __future__ import annotations

from functools import lru_cache

from cx280.kernel.problem import Unusable


def pdf_of(html: str) -> bytes:
    """The HTML document as PDF/UA-1.

    It shows what the document carries in itself (`data:` addresses) and loads nothing; raises
    Unusable for a document that asks for more, so that no PDF lacks a part unnoticed.
    """
    # Here, for it takes half a second and most processes never make a PDF.
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    only_what_it_carries = URLFetcher(allowed_protocols=["data"], fail_on_errors=True)
    document = weasyprint.HTML(string=html, url_fetcher=only_what_it_carries)
    try:
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as refused:
        raise Unusable(f"A PDF loads nothing from outside. {str(refused)[:120]}") from refused
    return pdf


@lru_cache(maxsize=32)
def pdf_kept(html: str) -> bytes:
    """The same, made once for all who ask: for documents that the public may fetch as it likes."""
    return pdf_of(html)
