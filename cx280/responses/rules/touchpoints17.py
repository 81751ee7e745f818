"""Reads the 17 columns of GSA Touchpoints: the way back of `rules.export.TouchpointsTable`.

Two blocks of taps, of those who praised and of those who complained, are one question here. The
file has no dates, so a day must be said beside it; a column `responded_at` may give each its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cx280.kernel.problem import Unusable
from cx280.responses.rules.export import TOUCHPOINTS_HEADER, shape_of
from cx280.responses.rules.importing import Column, ImportMap
from cx280.surveys.rules.document import SurveyDocument

MOMENT = "responded_at"
_DAY, _TAPPED = "%Y-%m-%d", "tapped "


@dataclass(frozen=True, slots=True)
class Reading:
    """How the columns become answers of one survey.

    plan: the map for what `line` makes of a row. keys: the Touchpoints key of each option's code.
    """

    plan: ImportMap
    keys: Mapping[str, str]

    def line(self, row: Mapping[str, str | None], day: str = "") -> dict[str, str | None]:
        """The row as the plan reads it; day: of rows that do not say when they were given."""
        found = {name: row.get(name) for name in ("external_id", "question_1", "question_4")}
        found[MOMENT] = row.get(MOMENT) or day
        for code, key in self.keys.items():
            found[_TAPPED + code] = _tapped(row, key)
        return found

    @property
    def header(self) -> list[str]:
        """The columns of what `line` gives."""
        return sorted(self.plan.columns)


def _tapped(row: Mapping[str, str | None], key: str) -> str:
    """1 where either block has it, else 0."""
    blocks = (row.get(f"{way}_{key}") or "" for way in ("positive", "negative"))
    return "1" if any(each.strip() == "1" for each in blocks) else "0"


def reading_of(
    document: SurveyDocument, *, day_format: str = _DAY, version: int | None = None
) -> Reading:
    """How the columns are read for this survey.

    Options that share a key there (`other`, or none of the seven) cannot be told apart: the first
    takes the taps. Raises Unusable where the trust question does not fit the columns.
    """
    shape = shape_of(document)
    keys: dict[str, str] = {}
    for code, key in shape.keys.items():
        if key not in keys.values():
            keys[code] = key
    answers: dict[str, str | Column] = {shape.trust.id: "question_1"}
    if shape.drivers is not None:
        columns = {code: _TAPPED + code for code in keys}
        answers[shape.drivers.id] = Column(columns=columns, ticked=("1",))
    comments = {shape.comment: "question_4"} if shape.comment else {}
    plan = ImportMap(
        external_id="external_id", day=MOMENT, day_format=day_format,
        answers=answers, comments=comments, version=version,
    )  # fmt: skip
    return Reading(plan, keys)


def check_header(header: Sequence[str]) -> None:
    """Raises Unusable where columns are missing; more of them, in any order, do no harm."""
    absent = [each for each in TOUCHPOINTS_HEADER if each not in header]
    if absent:
        raise Unusable(
            f"The file has no column {', '.join(absent)}, so it is not one of Touchpoints.",
            fix="Send the 17 columns as Touchpoints names them, in any order.",
        )
