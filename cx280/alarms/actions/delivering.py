"""Moves deliveries on: each is claimed by one worker and told once.

A worker that is killed loses its claim when the lease ends. Where it had begun to send, nobody
knows whether the receiver has the message: it is sent again with the same identification, and the
log of the delivery says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F

from cx280.alarms.models import Delivery
from cx280.alarms.rules.deliveries import LEASE, next_try, said_of
from cx280.alarms.rules.vocabulary import Sending


def claim(now: datetime, *, limit: int = 50) -> list[Delivery]:
    """Deliveries that are due and now this worker's alone, until their lease ends."""
    waiting = Delivery.objects.filter(state=Sending.WAITING, due_at__lte=now)
    mine = str(uuid4())
    for pk in list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:limit]):
        Delivery.objects.filter(pk=pk, state=Sending.WAITING, due_at__lte=now).update(
            state=Sending.CLAIMED, claimed_by=mine, lease_until=now + LEASE, begun_at=None
        )
    claimed = Delivery.objects.filter(claimed_by=mine, state=Sending.CLAIMED)
    return list(
        claimed.select_related("flip__incident__agency", "contact__person", "contact__unit")
    )


def begin(delivery: Delivery, now: datetime) -> bool:
    """Whether it is still this worker's: it is sent from now on, and the lease begins anew."""
    return bool(
        _still_mine(delivery).update(begun_at=now, lease_until=now + LEASE, tries=F("tries") + 1)
    )


def mark_sent(delivery: Delivery, now: datetime, receipt: str = "") -> bool:
    """Whether that could be noted: not when the lease had ended and it was given back."""
    return _moved(delivery, now, receipt or "sent", state=Sending.SENT, sent_at=now, last_error="")


def mark_failed(
    delivery: Delivery,
    now: datetime,
    error: str,
    *,
    permanent: bool,
    most: int | None = None,
    wait: timedelta | None = None,
) -> bool:
    """It is tried again later, or never: see `rules.deliveries`."""
    tries = Delivery.objects.values_list("tries", flat=True).get(pk=delivery.pk)
    again = next_try(tries, now, permanent=permanent, most=most, wait=wait)
    said = said_of(error)
    if again is None:
        return _moved(delivery, now, f"failed: {said}", state=Sending.FAILED, last_error=said)
    return _moved(
        delivery, now, f"failed, tried again later: {said}",
        state=Sending.WAITING, last_error=said, due_at=again,
    )  # fmt: skip


def give_back(now: datetime) -> int:
    """How many claims of workers that are gone wait again; the log says if they had begun."""
    lost = Delivery.objects.filter(state=Sending.CLAIMED, lease_until__lt=now)
    return sum(_give_back(each, now) for each in lost)


def _give_back(delivery: Delivery, now: datetime) -> bool:
    words = "the worker stopped before it sent anything"
    if delivery.begun_at is not None:
        words = "the worker stopped while it sent: it may come twice, with the same identification"
    with transaction.atomic():
        still = _still_mine(delivery).filter(lease_until__lt=now)
        return _moved(delivery, now, words, rows=still, state=Sending.WAITING, due_at=now)


def _still_mine(delivery: Delivery) -> models.QuerySet[Delivery]:
    return Delivery.objects.filter(
        pk=delivery.pk, state=Sending.CLAIMED, claimed_by=delivery.claimed_by
    )


def _moved(
    delivery: Delivery,
    now: datetime,
    words: str,
    *,
    rows: models.QuerySet[Delivery] | None = None,
    **values: object,
) -> bool:
    """Compare and set: only whoever holds the claim moves it, and writes its log."""
    with transaction.atomic():
        mine = rows if rows is not None else _still_mine(delivery)
        found = mine.select_for_update(of=("self",)).first()
        if found is None:
            return False
        attempts = [*found.attempts, [now.isoformat(), words]]
        return bool(
            _still_mine(delivery).update(
                attempts=attempts, claimed_by="", lease_until=None, **values
            )
        )
