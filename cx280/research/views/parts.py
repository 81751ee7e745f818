"""The tabs that all pages of research share."""

from django.urls import reverse

_PARTS = (
    ("Where we stand", "standing"),
    ("What we know", "insights"),
    ("Studies", "studies"),
    ("Usability rounds", "rounds"),
    ("Segments and words", "words"),
)


def parts() -> list[tuple[str, str]]:
    """(words, address) of each."""
    return [(words, reverse(f"research:{name}")) for words, name in _PARTS]
