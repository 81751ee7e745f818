"""The same person at several moments of a journey: a keyed token, and nothing that names anybody.

The token is made of the address an invitation goes to, under a secret of the journey that is
destroyed on schedule. Without the secret nobody can tell whose it was, and two journeys never
share one. It carries a mark of the secret, so that one made up elsewhere is not kept.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, timedelta

from cx280.circular.implements import implements

ALONG = "along"  # the name of the token in an address
FOLLOWED_DAYS = 365  # a secret serves so long, with all that was kept under it
_NAME, _MARK = 32, 16  # hexadecimal digits


@implements("280.10-b3")
def token_of(secret: bytes, known_as: str) -> str:
    """48 hexadecimal digits for whoever gets mail or texts there; the same each time."""
    name = _digest(secret, f"person {known_as.strip().casefold()}", _NAME)
    return name + _digest(secret, f"mark {name}", _MARK)


@implements("280.10-b3")
def person_in(token: str, secret: bytes) -> str:
    """Who the token stands for, 32 digits; "" when it was not made under this secret."""
    name, mark = token[:_NAME], token[_NAME:]
    made = _digest(secret, f"mark {name}", _MARK)
    return name if hmac.compare_digest(mark.encode(), made.encode()) else ""


def last_day_followed(begun_on: date) -> date:
    """The last day of a secret; the day after, it is destroyed with what was kept under it."""
    return begun_on + timedelta(days=FOLLOWED_DAYS - 1)


def _digest(secret: bytes, text: str, digits: int) -> str:
    made = hashlib.blake2b(text.encode(), key=secret[:64], digest_size=digits // 2)
    return made.hexdigest()
