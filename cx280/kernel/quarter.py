"""Federal fiscal years and quarters: FY2022 runs from October 1, 2021 to September 30, 2022."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from cx280.kernel.problem import Unusable

_WRITTEN = re.compile(r"^\s*FY\s*(\d{4})\s*[- ]?\s*Q([1-4])\s*$", re.IGNORECASE)
_FIRST_MONTH = {1: 10, 2: 1, 3: 4, 4: 7}


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A federal fiscal quarter, written `FY2022 Q1`; quarters sort in time."""

    fiscal_year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in _FIRST_MONTH:
            raise Unusable(f"A fiscal year has quarters 1 to 4, not {self.number}.")

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a day lies in."""
        year = fiscal_year_of(day)
        return cls(year, {10: 1, 11: 1, 12: 1}.get(day.month, (day.month - 1) // 3 + 2))

    @classmethod
    def parse(cls, written: str) -> Quarter:
        """The quarter written as `FY2022 Q1` (also `FY2022-Q1`, `fy2022q1`)."""
        found = _WRITTEN.match(written)
        if not found:
            raise Unusable(f"“{written}” is not a fiscal quarter.", fix="Write it like FY2022 Q1.")
        return cls(int(found[1]), int(found[2]))

    @property
    def first_day(self) -> date:
        """The first day, included."""
        calendar_year = self.fiscal_year - 1 if self.number == 1 else self.fiscal_year
        return date(calendar_year, _FIRST_MONTH[self.number], 1)

    @property
    def last_day(self) -> date:
        """The last day, included."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        return self.plus(1)

    @property
    def previous(self) -> Quarter:
        """The quarter before this one."""
        return self.plus(-1)

    def plus(self, quarters: int) -> Quarter:
        """The quarter that many later (or earlier, when negative)."""
        index = self.fiscal_year * 4 + self.number - 1 + quarters
        return Quarter(index // 4, index % 4 + 1)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"FY{self.fiscal_year} Q{self.number}"


def fiscal_year_of(day: date) -> int:
    """The federal fiscal year a day lies in: October starts the next one."""
    return day.year + 1 if day.month >= 10 else day.year
