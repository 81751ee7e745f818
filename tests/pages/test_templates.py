"""What holds for every template of the house: no inline style, no handler, no unknown class."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "cx280"
TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.html"))
# Letters carry their style with them: mail programs know no other.
PAGES = [each for each in TEMPLATES if each.parent.name != "mail"]
BUILT = HOUSE / "pages/static/built"
OURS = re.compile(r"(?:cx|usa|grid|tablet|desktop|mobile-lg)[a-zA-Z0-9_:-]*")


def known_classes() -> set[str]:
    """Every class that one of the two style sheets names."""
    sheets = "".join((BUILT / name).read_text() for name in ("staff.css", "survey.css"))
    return {each.replace("\\", "") for each in re.findall(r"\.((?:[\w-]|\\.)+)", sheets)}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_template_carries_no_inline_style_and_no_handler(path: Path) -> None:
    said = path.read_text(encoding="utf-8")

    assert not re.search(r"""\sstyle\s*=\s*["']""", said)
    assert not re.search(r"""<[^>]*\son[a-z]+\s*=\s*["']""", said)
    assert "javascript:" not in said
    for script in re.findall(r"<(?:script|style)\b[^>]*>", said):
        assert "src=" in script or "nonce=" in script, script


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_every_class_in_a_template_has_a_style(path: Path) -> None:
    said = re.sub(r"\{[{%#].*?[}%#]\}", " ", path.read_text(encoding="utf-8"))

    used = {
        word
        for attribute in re.findall(r'class="([^"]*)"', said)
        for word in attribute.split()
        if OURS.fullmatch(word) and not word.endswith("-")
    }

    assert used - known_classes() == set()
