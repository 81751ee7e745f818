"""A published plan as PDF/UA-1: tagged, with language and title."""

from __future__ import annotations

from functools import lru_cache

from cx280.kernel.problem import Unusable


@lru_cache(maxsize=32)
def pdf_of(html: str) -> bytes:
    """The document as PDF. What was made lately is kept: everybody may ask for it."""
    import weasyprint  # here, for it takes half a second and most processes never make a PDF

    document = weasyprint.HTML(string=html, url_fetcher=_refuse)
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _refuse(url: str, *_: object, **__: object) -> dict[str, object]:
    raise Unusable(f"A plan loads nothing from outside, and asked for {url[:80]}.")
