"""Where the words of a poster stand on a letter-sized drawing, in 1/96 inch.

An SVG breaks no lines by itself, so they are broken here, with the width of letters estimated.
"""

from __future__ import annotations

from dataclasses import dataclass

from cx280.delivery.rules.posters import Poster, Side, sides

WIDTH, HEIGHT = 816, 1056
_MARGIN = 72
_WIDE = 0.56  # of a letter's height: the average of bold capitals and small letters


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words: where its middle stands, how high, how heavy, in which language."""

    text: str
    x: int
    y: int
    height: int
    weight: int
    color: str
    language: str


def broken(text: str, height: int, room: int) -> list[str]:
    """The words in lines that fit the room; a word longer than a line stands alone."""
    most = max(1, int(room / (height * _WIDE)))
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def drawing_of(poster: Poster) -> list[Line]:
    """Every line of the poster; the code is drawn between 390 and 790 from the top."""
    said = sides(poster)
    lines = _block(poster.agency, WIDTH // 2, 70, 20, 400, "#3d4551", "en", WIDTH - 2 * _MARGIN)
    lines += _block(poster.office, WIDTH // 2, 112, 34, 700, "#162e51", "en", WIDTH - 2 * _MARGIN)
    room = (WIDTH - 2 * _MARGIN) // len(said) - 16
    for place, side in enumerate(said):
        lines += _words_of(side, poster, _middle(place, len(said)), room)
    address = min(30, int((WIDTH - _MARGIN) / (len(poster.short) * _WIDE)))
    return [*lines, Line(poster.short, WIDTH // 2, 918, address, 700, "#000000", "en")]


def _middle(place: int, count: int) -> int:
    return _MARGIN + (WIDTH - 2 * _MARGIN) * (2 * place + 1) // (2 * count)


def _words_of(side: Side, poster: Poster, x: int, room: int) -> list[Line]:
    language = side.language
    lines = _block(side.headline, x, 218, 32, 700, "#162e51", language, room)
    lead = f"{side.lead} {side.length}"
    lines += _block(lead, x, 218 + 38 * len(lines) + 4, 19, 400, "#1b1b1b", language, room)
    scan = _block(side.scan, x, 806, 17, 400, "#1b1b1b", language, room)
    lines += scan
    below = scan[-1].y + 24
    lines += _block(f"{side.type_it}:", x, below, 17, 400, "#1b1b1b", language, room)
    foot = " ".join([*side.foot, side.simulated])
    return lines + _block(foot, x, 970, 13, 400, "#3d4551", language, room)


def _block(
    text: str, x: int, y: int, height: int, weight: int, color: str, language: str, room: int
) -> list[Line]:
    step = round(height * 1.2)
    return [
        Line(each, x, y + place * step, height, weight, color, language)
        for place, each in enumerate(broken(text, height, room))
    ]
