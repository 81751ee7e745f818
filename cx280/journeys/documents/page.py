"""A journey as one HTML file to keep or send: picture, table, and the whole of it inside."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from cx280.journeys.documents.drawing import whole
from cx280.journeys.documents.lanes import Drawn
from cx280.journeys.rules.changes import said
from cx280.journeys.rules.files import MARK, carried
from cx280.journeys.rules.record import FIELD_WORDS, MapRecord, StepRecord

_COLUMNS = tuple(field for field in FIELD_WORDS if field != "name")


def page_of(record: MapRecord, steps: Sequence[Drawn]) -> str:
    """The file's text; `rules.files.read` reads the journey back from it."""
    context = {
        "record": record,
        "picture": mark_safe(whole(steps, record, carries=False)),  # noqa: S308
        "rows": [
            (step, lanes_of(step, each.lanes["Owner"]))
            for each, step in zip(steps, record.steps, strict=True)
        ],
        "mark": MARK,
        "carried": mark_safe(carried(record)),  # noqa: S308  # ASCII, no <, > or &
    }
    return render_to_string("journeys/file.html", context)


def lanes_of(step: StepRecord, owner: str) -> list[tuple[str, str]]:
    """What is told of a step, each (lane, words); lanes of which nothing is told are left out.

    owner: who owns it in words, where the record has a code.
    """
    words = (
        (FIELD_WORDS[field], owner if field == "owner" and owner else said(field, step))
        for field in _COLUMNS
    )
    return [(lane.capitalize(), text) for lane, text in words if text not in ("nothing", "no")]
