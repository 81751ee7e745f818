"""What a receiver's answer means: taken, try again, or never again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from cx280.delivery.channels.guarded import Answer
from cx280.delivery.channels.receipts import Failed, Receipt

# A wrong address or a withdrawn right may be set straight soon after it was noticed.
TRIES = 3
_LONGEST_WAIT = timedelta(days=1)


def receipt_of(answer: Answer, now: datetime) -> Receipt:
    """The receipt of a message that was taken (2xx); raises Failed for every other answer."""
    status, host = answer.status, answer.host
    if 200 <= status < 300:
        return Receipt(f"{host} answered {status}.", now)
    wait = wait_of(answer.retry_after, now)
    if status == 410:
        raise Failed(
            f"{host} says that this address is gone (410). Enter a new one.", permanent=True
        )
    if status in (408, 425, 429) or status >= 500:
        why = "is asked too often" if status == 429 else "has a problem of its own"
        raise Failed(f"{host} {why} ({status}).", permanent=False, wait=wait)
    if 300 <= status < 400:
        raise Failed(
            f"{host} points to another address ({status}), which we do not follow. "
            "Enter that address itself.",
            permanent=False,
            tries=TRIES,
        )
    raise Failed(
        f"{host} does not take the message ({status}). Check the address and its rights.",
        permanent=False,
        tries=TRIES,
        wait=wait,
    )


def wait_of(retry_after: str, now: datetime) -> timedelta | None:
    """How long a receiver asks us to wait, a day at most; None where it does not say."""
    written = retry_after.strip()
    if written.isascii() and written.isdigit():
        return min(timedelta(seconds=int(written[:9])), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(written)
    except ValueError:
        return None
    wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(wait, _LONGEST_WAIT) if wait > timedelta(0) else None
