"""The built front end: within its budgets, and built only when something changed."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BUILT = PROJECT / "cx280/pages/static/built"


def compressed(name: str) -> int:
    """Bytes over the wire."""
    content = (BUILT / name).read_bytes()
    return len(content) if name.endswith(".woff2") else len(gzip.compress(content, 9))


def test_the_style_of_staff_pages_stays_under_45_kb() -> None:
    assert compressed("staff.css") <= 45_000


def test_a_staff_page_leaves_30_kb_for_its_words_under_100_kb() -> None:
    files = ["staff.css", "staff.js", "htmx.min.js"]
    fonts = [f"public-sans-{weight}.woff2" for weight in (400, 600, 700)]

    assert sum(map(compressed, [*files, *fonts])) <= 75_000


def test_what_the_survey_page_loads_leaves_5_kb_for_its_words_under_30_kb() -> None:
    loaded = ["survey.css", "public-sans-400.woff2", "public-sans-700.woff2"]

    assert sum(map(compressed, loaded)) <= 25_000


def test_the_script_of_staff_pages_stays_under_6_kb() -> None:
    assert (BUILT / "staff.js").stat().st_size <= 6_000


def test_every_file_that_a_style_sheet_names_is_there() -> None:
    for sheet in ("staff.css", "survey.css"):
        named = re.findall(r"url\((['\"]?)([^)'\"]+)\1\)", (BUILT / sheet).read_text())
        missing = [
            file
            for _, file in named
            if not file.startswith(("data:", "#")) and not (BUILT / file).is_file()
        ]
        assert missing == []


def test_nothing_is_built_again_when_no_input_changed() -> None:
    before = (BUILT / "staff.css").stat().st_mtime_ns

    done = subprocess.run(
        [sys.executable, PROJECT / "scripts/build_assets.py"], check=True, capture_output=True
    )

    assert done.stdout == b""
    assert (BUILT / "staff.css").stat().st_mtime_ns == before
