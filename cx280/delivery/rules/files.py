"""Files of ended interactions: what each row says, and what is wrong with it.

Nothing is lost: every row is accepted, known already, or refused with its line and the reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cx280.delivery.rules.handed import LONGEST_ID, Handed
from cx280.delivery.rules.reached import whom_of
from cx280.kernel.problem import Unusable

NEEDED = ("interaction", "ended_at")
REACHED_BY = ("address", "phone")  # one of them at least
FOR_TEXTS = ("channel", "consent", "recipient_time_zone")
COLUMNS = (
    "interaction", *REACHED_BY, "ended_at", "time_zone", *FOR_TEXTS,
    "service", "unit", "language", "stratum",
)  # fmt: skip
MOST_ROWS = 50_000
REGION = "US"
_LANGUAGE = re.compile(r"([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?")
# Clocks of two systems are never quite the same.
_AHEAD = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line, and either the interaction or why it is refused.

    note: what is odd and does not stand in the way.
    """

    line: int
    handed: Handed | None
    fault: str = ""
    note: str = ""


def table_of(content: bytes) -> list[dict[str, str | None]]:
    """The rows of a CSV file in UTF-8, whose header is as `check_header` wants it.

    Raises Unusable for what is no such file.
    """
    try:
        text = content.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        reader.fieldnames = [(each or "").strip() for each in reader.fieldnames or []]
        check_header(reader.fieldnames)
        rows = list(islice(reader, MOST_ROWS + 1))
    except UnicodeDecodeError:
        raise Unusable("The file is not UTF-8.", fix="Save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise Unusable(f"The file is not CSV: {error}.") from error
    if len(rows) > MOST_ROWS:
        raise Unusable(f"The file has more than {MOST_ROWS:,} rows.", fix="Split it.")
    return rows


def check_header(header: Iterable[str]) -> None:
    """Raises Unusable for a file that lacks a column, or has one that nobody knows."""
    names = list(header)
    missing = [each for each in NEEDED if each not in names]
    if not any(each in names for each in REACHED_BY):
        missing.append(" or ".join(REACHED_BY))
    unknown = [each for each in names if each not in COLUMNS]
    if missing:
        raise Unusable(
            f"The file lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.",
            fix=f"The columns are: {', '.join(COLUMNS)}.",
        )
    if unknown:
        raise Unusable(
            f"The file has columns we do not take: {', '.join(unknown)[:200]}.",
            fix=f"Leave out what is not needed. The columns are: {', '.join(COLUMNS)}.",
        )


def read_rows(
    rows: Iterable[Mapping[str, str | None]],
    *,
    services: frozenset[str],
    now: datetime,
    region: str = REGION,
) -> Iterator[Row]:
    """Each row with its line, from 2 on.

    services: how the survey's own service may be written. region: whose telephone numbers are
    written without their country.
    """
    for line, cells in enumerate(rows, start=2):
        yield read_row(line, cells, services=services, now=now, region=region)


def read_row(
    line: int,
    cells: Mapping[str, str | None],
    *,
    services: frozenset[str],
    now: datetime,
    region: str = REGION,
) -> Row:
    """The interaction of one row, or what is wrong with it in words."""
    said = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    fault = _fault(said, services) or (
        "There are more cells than columns." if None in cells else ""
    )
    if fault:
        return Row(line, None, fault)
    try:
        ended_at = moment(said["ended_at"], said["time_zone"])
    except Unusable as problem:
        return Row(line, None, problem.message)
    if ended_at > now + _AHEAD:
        return Row(line, None, "It ends in the future.")
    whom = whom_of(said, region)
    if isinstance(whom, str):
        return Row(line, None, whom)
    handed = Handed(
        interaction=said["interaction"],
        known_as=whom.known_as,
        also=whom.also,
        channel=whom.channel,
        time_zone=said["recipient_time_zone"],
        unit=said["unit"],
        language=said["language"],
        stratum=said["stratum"],
        ended_at=ended_at,
    )
    return Row(line, handed, note="" if handed.known_as else whom.no_way)


def _fault(said: Mapping[str, str], services: frozenset[str]) -> str:
    if not said["interaction"]:
        return "It has no interaction id."
    if len(said["interaction"]) > LONGEST_ID:
        return f"The interaction id is longer than {LONGEST_ID} letters."
    if "\x00" in "".join(said.values()):
        return "It holds a NUL character."
    if said["service"] and said["service"].casefold() not in services:
        return "It is about another service."
    if max(len(said["unit"]), len(said["stratum"])) > 60:
        return "The unit or the group is longer than 60 letters."
    if len(said["language"]) > 12 or not _LANGUAGE.fullmatch(said["language"]):
        return "The language is not a code like es."
    return ""


def moment(written: str, time_zone: str = "") -> datetime:
    """The moment, in UTC, of `2022-03-13T01:30-05:00`, or of `2022-03-13 01:30` and a time zone.

    An hour that a clock shows twice is taken as the first, so that nobody is asked too late.
    Raises Unusable for a time that does not exist, and where no time zone is given at all.
    """
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise Unusable(f"“{written[:40]}” is not a time like 2022-03-13T14:30-05:00.") from None
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    if not time_zone:
        raise Unusable("The end has no time zone.", fix="Write -05:00 behind it, or time_zone.")
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unusable(f"“{time_zone[:40]}” is not a time zone like America/Chicago.") from None
    there = found.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if there.astimezone(zone).replace(tzinfo=None, fold=0) != found:
        raise Unusable(f"There was no {found:%H:%M} there on that day: clocks went forward.")
    return there
