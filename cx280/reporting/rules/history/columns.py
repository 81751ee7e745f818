"""The two shapes of the quarterly reports of FY2021 to FY2023, read into one set of names.

The 92-column file is the older exchange format; the other is the published JSON:API rows
flattened, each name with `attributes_` before it. Names here are those of the 92 columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cx280.kernel.problem import Unusable

QUESTIONS = range(1, 12)
POINTS = range(1, 6)

_HEAD = (
    "id",
    "collection_id",
    "collection_year",
    "collection_quarter",
    "collection_name",
    "collection_organization_id",
    "collection_organization_name",
    "collection_organization_abbreviation",
    "service_provider_id",
    "service_provider_name",
    "service_provider_organization_id",
    "service_provider_organization_name",
    "service_provider_organization_abbreviation",
    "service_provided",
    "service_id",
    "service_name",
    "transaction_point",
    "channel",
    "volume_of_customers",
    "volume_of_customers_provided_survey_opportunity",
    "volume_of_respondents",
    "omb_control_number",
    "federal_register_url",
)
_QUESTION = tuple(
    name for q in QUESTIONS for name in (f"q{q}_text", *(f"q{q}_{point}" for point in POINTS))
)
COLUMNS_92: tuple[str, ...] = (
    *_HEAD,
    *_QUESTION,
    "created_at",
    "updated_at",
    "operational_metrics",
)

# What only the published rows carry; kept beside, and not part of the 92.
EXTRA = (
    *(f"q{q}_point_scale" for q in QUESTIONS),
    "service_slug",
    "service_desc",
    "service_provider_desc",
)
WHOLE_NUMBERS = frozenset(
    {
        "volume_of_customers",
        "volume_of_customers_provided_survey_opportunity",
        "volume_of_respondents",
        *(f"q{q}_{point}" for q in QUESTIONS for point in POINTS),
    }
)
_NEEDED = ("collection_year", "collection_quarter", "service_provider_name")
_ORGANIZATION = ("id", "name", "abbreviation")
_WHOLE = re.compile(r"^\s*(-?\d+)(?:\.0+)?\s*$")


def check_header(header: Iterable[str]) -> None:
    """Raises Unusable, naming what is missing, when the file is neither of the two shapes."""
    names = {_short(each) for each in header}
    missing = [each for each in _NEEDED if each not in names]
    if missing or "q1_text" not in names:
        raise Unusable(
            "This is not a quarterly HISP report: it has no column "
            f"{', '.join(missing) or 'q1_text'}.",
            rule="280.15-a1",
            fix="Use the 92-column file or the published rows with attributes_ columns.",
        )


def canonical(row: Mapping[str, str | None]) -> dict[str, str]:
    """A row of either shape under the names of the 92 columns, plus EXTRA where it has them.

    Whole numbers written as 9707552.0 become 9707552; nothing else is changed. The
    published shape names one organization; it is written to both places of the 92.
    """
    named = {_short(key): value or "" for key, value in row.items() if isinstance(key, str)}
    for part in _ORGANIZATION:
        given = named.pop(f"organization_{part}", None)
        if given is not None:
            named.setdefault(f"collection_organization_{part}", given)
            named.setdefault(f"service_provider_organization_{part}", given)
    for name in WHOLE_NUMBERS & named.keys():
        found = _WHOLE.match(named[name])
        if found:
            named[name] = str(int(found[1]))
    return {name: named[name] for name in (*COLUMNS_92, *EXTRA) if name in named}


def whole_number(written: str) -> int | None:
    """The number, or None when the cell is blank or not a whole number of 0 or more."""
    found = _WHOLE.match(written)
    number = int(found[1]) if found else None
    return number if number is not None and number >= 0 else None


def _short(name: str) -> str:
    return name.strip().lstrip("\ufeff").removeprefix("attributes_")
