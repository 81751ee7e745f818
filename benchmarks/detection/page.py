"""The page of the study, of which each measure writes its own section."""

from __future__ import annotations

from pathlib import Path

PAGE = Path("docs/studies/detection.md")


def put(head: str, section: str) -> None:
    """Puts the section where the one with that heading stood; at the end where none did."""
    before, found, after = PAGE.read_text(encoding="utf-8").partition(head)
    rest = after.partition("\n## ")[2] if found else ""
    parts = [before.rstrip(), section.strip(), *([f"## {rest.strip()}"] if rest else [])]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
