"""A reported row with everything that can be read from it: numbers, questions, quarter."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from cx280.kernel.problem import Unusable
from cx280.kernel.quarter import Quarter
from cx280.reporting.rules.history.columns import POINTS, QUESTIONS, whole_number
from cx280.reporting.rules.history.reading import Reading, read_question
from cx280.reporting.rules.history.scales import scale_of
from cx280.services.rules.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Question:
    """One of q1 … q11. counts: answers for 1 to 5. mean: recomputed, None without answers."""

    position: int
    text: str
    reading: Reading
    scale: str
    counts: tuple[int, int, int, int, int]
    published_mean: Decimal | None

    @property
    def answered(self) -> int:
        """How many answers there are."""
        return sum(self.counts)

    @property
    def mean(self) -> Decimal | None:
        """Σ k·n / Σ n to two decimals, half up, as the reports were published; exact arithmetic."""
        return mean_of(self.counts)


@dataclass(frozen=True, slots=True)
class Row:
    """One reported row, read. `canonical` keeps every cell as it was."""

    canonical: dict[str, str]
    quarter: Quarter
    channel: str
    customers: int | None
    offered: int | None
    respondents: int | None
    questions: tuple[Question, ...]

    def get(self, name: str) -> str:
        """The cell, without the white space around it."""
        return " ".join(self.canonical.get(name, "").split())

    @property
    def identity(self) -> str:
        """What makes it the same row in another file: quarter, provider, service and survey."""
        names = (
            "service_provider_name",
            "service_name",
            "service_provided",
            "transaction_point",
            "channel",
        )
        parts = [str(self.quarter), *(self.get(each).lower() for each in names)]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def mean_of(counts: tuple[int, ...]) -> Decimal | None:
    """Σ k·n / Σ n to two decimals, half up; None when nobody answered."""
    answered = sum(counts)
    if not answered:
        return None
    total = sum(point * n for point, n in enumerate(counts, start=1))
    return (Decimal(total) / Decimal(answered)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def read_row(canonical: Mapping[str, str]) -> Row:
    """The row, read; raises Unusable when it has no quarter and so cannot stand anywhere."""
    get = canonical.get
    channel = (get("channel") or "").strip()
    return Row(
        canonical=dict(canonical),
        quarter=_quarter(get("collection_year", ""), get("collection_quarter", "")),
        channel=channel if channel in {each.value for each in Channel} else "",
        customers=whole_number(get("volume_of_customers", "")),
        offered=whole_number(get("volume_of_customers_provided_survey_opportunity", "")),
        respondents=whole_number(get("volume_of_respondents", "")),
        questions=tuple(_question(canonical, position) for position in QUESTIONS),
    )


def _quarter(year: str, quarter: str) -> Quarter:
    fiscal_year, number = whole_number(year), whole_number(quarter)
    if fiscal_year is None or not 2000 <= fiscal_year <= 2100 or number not in (1, 2, 3, 4):
        raise Unusable(
            f"The row has no quarter: year “{year.strip()}”, quarter “{quarter.strip()}”.",
            rule="280.16-a1",
            field="collection_quarter",
            fix="Write the fiscal year as 2021 and the quarter as 1 to 4.",
        )
    return Quarter(fiscal_year, number)


def _question(canonical: Mapping[str, str], position: int) -> Question:
    text = canonical.get(f"q{position}_text", "")
    numbers = [whole_number(canonical.get(f"q{position}_{point}", "")) or 0 for point in POINTS]
    counts = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
    return Question(
        position=position,
        text=text,
        reading=read_question(text),
        scale=scale_of(text, counts),
        counts=counts,
        published_mean=_decimal(canonical.get(f"q{position}_point_scale", "")),
    )


def _decimal(written: str) -> Decimal | None:
    try:
        number = Decimal(written.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10_000 else None
