"""What pages show of a share goes through `bounds`, `ends` or `sure`, so that answers people chose
to give never get an interval (INC-44)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "cx280"
# `share.low` and `point.share.high`, in Python and in templates.
RAW = re.compile(r"\bshare\.(low|high)\b")
# Rows of reports of earlier quarters do not tell how people came to answer.
REPORTED = {
    "dashboards/views/government.py",
    "dashboards/views/providers.py",
    "dashboards/templates/dashboards/provider.html",
}
DECIDING = {"dashboards/rules/headlines.py": "drivers_title compares intervals and prints none"}


@pytest.mark.proves("INC-44")
def test_no_page_reads_the_ends_of_a_share_past_its_basis() -> None:
    """Use `share.bounds` (None where people chose to answer), `share.ends` or `share.sure`."""
    read = [
        str(path.relative_to(SOURCE))
        for folder in ("dashboards", "opendata", "reporting", "measures")
        for path in sorted((SOURCE / folder).rglob("*"))
        if path.suffix in {".py", ".html"}
        and "measures/rules" not in str(path)
        and "measures/queries" not in str(path)
        and RAW.search(path.read_text(encoding="utf-8"))
    ]

    past = [each for each in read if each not in REPORTED and each not in DECIDING]
    # A report keeps low and high only `with_margin`.
    assert [each for each in past if each != "reporting/rules/drawing.py"] == []
