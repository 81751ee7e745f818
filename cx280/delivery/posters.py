"""Posters as files: one tagged PDF (PDF/UA-1) for any number of offices, or one SVG."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import segno
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from cx280.delivery.rules.drawing import drawing_of
from cx280.delivery.rules.posters import Poster, sides
from cx280.delivery.rules.words import words
from cx280.pages.pdf import pdf_of
from cx280.surveys.rules.vocabulary import PosterSize

# A code that is a little dirty, torn or in bad light is still read: 15 % of it may be missing.
_CORRECTION = "m"
_QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks


def posters_pdf(posters: Sequence[Poster], size: PosterSize, *, title: str) -> bytes:
    """The posters, one a page, with title and language set. It loads nothing from anywhere."""
    return pdf_of(posters_html(posters, size, title=title))


def posters_html(posters: Sequence[Poster], size: PosterSize, *, title: str) -> str:
    """The same as one HTML document that needs nothing else."""
    context = {
        "title": title,
        "size": size,
        "pages": [_page(each) for each in posters],
        "copies": ("turned", "upright") if size is PosterSize.TENT else ("upright",),
        "fonts": _fonts(),
    }
    return render_to_string("delivery/poster.html", context)


def _page(poster: Poster) -> dict[str, Any]:
    said = sides(poster)
    return {
        "poster": poster,
        "sides": said,
        "code": segno.make_qr(poster.address, error=_CORRECTION).svg_data_uri(
            border=_QUIET, scale=10, dark="#000", light="#fff"
        ),
        "alt": words(said[0].language)["poster"]["code"].format(address=poster.address),
    }


def poster_svg(poster: Poster) -> str:
    """A letter-sized poster as SVG, with its words as text, for whoever prints it elsewhere."""
    code = segno.make_qr(poster.address, error=_CORRECTION)
    inside = code.svg_inline(border=_QUIET, scale=1, dark="#000", light="#fff", omitsize=True)
    context = {
        "drawing": drawing_of(poster),
        "title": f"{poster.office}: {poster.service}",
        "alt": words("en")["poster"]["code"].format(address=poster.address),
        "code": _placed(inside),
    }
    return render_to_string("delivery/poster.svg", context)


def _placed(inside: str) -> SafeString:
    """The code as a part of another drawing, where the template puts it."""
    start = "<svg "
    placed = inside.replace(start, f'{start}x="208" y="390" width="400" height="400" ', 1)
    return mark_safe(placed)  # noqa: S308 - drawn by segno from numbers alone


@cache
def _fonts() -> list[dict[str, str]]:
    """Public Sans as the pages use it, carried in the document; other letters fall back."""
    found = []
    for weight in ("400", "700"):
        for part in ("", "more-"):
            path = finders.find(f"built/public-sans-{part}{weight}.woff2")
            if path:
                content = base64.b64encode(Path(str(path)).read_bytes()).decode()
                found.append({"weight": weight, "name": f"Poster{part}", "content": content})
    return found
