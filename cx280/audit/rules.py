"""How an entry is written before it is digested, so that every reader gets the same digest."""

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum

# What the first entry names as the one before it.
START = "0" * 64


def plain(value: object) -> object:
    """The value as JSON keeps it on any database: dates and decimals as text, keys as text.

    NUL and lone surrogates, which PostgreSQL refuses, become the replacement character.
    """
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {str(plain(str(key))): plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(each) for each in value), key=str)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text.replace("\0", "�").encode("utf-8", "replace").decode("utf-8")


def digest_of(
    *,
    previous: str,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    organization: str,
    detail: object,
) -> str:
    """SHA-256, in hexadecimal, over the entry as canonical JSON.

    `at` must carry its time zone; `previous` is the digest of the entry before, or START.
    """
    written = {
        "previous": previous,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor,
        "action": action,
        "subject": subject,
        "organization": organization,
        "detail": _same_numbers(detail),
    }
    canonical = json.dumps(written, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _same_numbers(value: object) -> object:
    """Whole floats become integers: PostgreSQL gives 1e16 back as 10000000000000000."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _same_numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_same_numbers(each) for each in value]
    return value


def in_words(detail: object) -> str:
    """An entry's detail in one line: `name: Boats → Ships; effective on: 2022-01-28`."""
    if isinstance(detail, dict):
        return "; ".join(
            f"{str(name).replace('_', ' ')}: {in_words(value)}" for name, value in detail.items()
        )
    if isinstance(detail, list) and len(detail) == 2:
        return " → ".join(in_words(each) for each in detail)
    if isinstance(detail, list):
        return ", ".join(in_words(each) for each in detail)
    return "nothing" if detail in (None, "") else str(detail)
