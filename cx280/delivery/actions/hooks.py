"""Takes a request of a provider once, and counts what was taken or refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from cx280.delivery.models import HookDay, HookSeen
from cx280.delivery.rules.signatures import digest_of
from cx280.delivery.rules.vocabulary import HookVerdict

# Longer than a provider tries again, and than we take anything about an old message.
KEPT = timedelta(days=14)
# Twilio signs no time, so that only this tells an old text that somebody sends us once more.
KEPT_WITHOUT_TIME = timedelta(days=400)


def take_once(
    hook: str,
    name: tuple[str, ...],
    *,
    identity: str = "",
    effect: Callable[[], None],
    now: datetime,
    keep: timedelta = KEPT,
) -> HookVerdict:
    """TAKEN when the effect was done now; REPLAYED for the same request again.

    name: what makes the request this one. identity: what a provider that tries again keeps, while
    it signs anew: KNOWN then, and nothing is done twice. Should the effect fail, the request was
    not seen, and may come again.
    """
    with transaction.atomic():
        if not is_first(digest_of(hook, *name), now + keep):
            verdict = HookVerdict.REPLAYED
        elif identity and not is_first(digest_of(hook, "id", identity), now + keep):
            verdict = HookVerdict.KNOWN
        else:
            effect()
            verdict = HookVerdict.TAKEN
    count(hook, verdict, now)
    return verdict


def is_first(digest: str, forget_at: datetime) -> bool:
    """Whether this was not seen before; it is from now on."""
    try:
        with transaction.atomic():
            HookSeen.objects.create(digest=digest, forget_at=forget_at)
    except IntegrityError:
        return False
    return True


def count(hook: str, verdict: HookVerdict, now: datetime) -> None:
    """One more request of the day."""
    row = HookDay.objects.filter(hook=hook, day=now.date(), verdict=verdict)
    if row.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            HookDay.objects.create(hook=hook, day=now.date(), verdict=verdict, count=1)
    except IntegrityError:
        row.update(count=F("count") + 1)  # somebody else made the row at this moment


def forget_seen(now: datetime) -> int:
    """How many requests were forgotten that are too old to be taken for new ones."""
    return HookSeen.objects.filter(forget_at__lt=now).delete()[0]
