"""Reads what is known of a message that a provider tells about, and how its requests fared."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from cx280.delivery.models import HookDay, Invitation
from cx280.delivery.rules.vocabulary import HookVerdict

# Networks try for three days at most to deliver a text; later nobody tells of it in good faith.
TOLD_WITHIN = timedelta(days=7)
NAMES = {"twilio": "Twilio", "text": "Provider of texts", "mail": "Provider of mail"}


def is_recent(key: str, now: datetime) -> bool:
    """Whether a message of that key left lately, or may just be leaving; others are not told of."""
    found = Invitation.objects.filter(key=key).values_list("leave_by", flat=True).first()
    return found is None or now <= found + TOLD_WITHIN


def hooks_since(now: datetime, days: int = 7) -> list[tuple[str, list[tuple[str, int]]]]:
    """Each provider that told something lately: its name, and how many requests by verdict."""
    rows = HookDay.objects.filter(day__gt=now.date() - timedelta(days=days)).order_by("pk")
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for hook, verdict, count in rows.values_list("hook", "verdict", "count"):
        found[hook][verdict] += count
    return [
        (
            NAMES.get(hook, hook),
            [(each.label, counts[each]) for each in HookVerdict if each in counts],
        )
        for hook, counts in sorted(found.items())
    ]
