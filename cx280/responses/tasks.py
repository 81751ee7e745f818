"""Tells the named person at once that a comment cannot wait; counts messages as offers."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from cx280.responses import actions, queries
from cx280.responses.actions import calling
from cx280.responses.models import Concern


def count_offers_by_message(now: datetime) -> int:
    """How many days' offers were brought up to the messages that reached people."""
    return actions.count_messages()


def finish_calls(now: datetime) -> int:
    """How many calls were ended of which nobody told us the end."""
    return calling.finish_calls(now)


def mail_concerns(now: datetime) -> int:
    """How many concerns somebody was told of. Two workers never tell twice: each claims first.

    A message the mail server refuses is given back and tried again at the next run; so is a
    concern of a service for which nobody is named yet.
    """
    waiting: dict[tuple[str, ...], list[Concern]] = defaultdict(list)
    for concern in queries.concerns_to_mail():
        to = tuple(queries.told_about(concern.comment.service))
        if to:
            waiting[to].append(concern)
    return sum(_mail(to, concerns, now) for to, concerns in waiting.items())


def _mail(to: tuple[str, ...], concerns: list[Concern], now: datetime) -> int:
    mine = [each for each in concerns if _claim(each, now)]
    if not mine:
        return 0
    try:
        send_mail(_subject(len(mine)), _text(mine), None, list(to))
    except OSError:
        Concern.objects.filter(pk__in=[each.pk for each in mine]).update(mailed_at=None)
        return 0
    return len(mine)


def _claim(concern: Concern, now: datetime) -> bool:
    return bool(Concern.objects.filter(pk=concern.pk, mailed_at=None).update(mailed_at=now))


def _subject(count: int) -> str:
    return "A comment cannot wait" if count == 1 else f"{count} comments cannot wait"


def _text(concerns: list[Concern]) -> str:
    """The services and the link, and nothing of what anybody wrote."""
    services = sorted({each.comment.service.name for each in concerns})
    address = f"{settings.PUBLIC_ADDRESS}{reverse('responses:urgent')}"
    return "\n".join(
        [
            "Somebody may be in danger, or may threaten others. Please read it now:",
            address,
            "",
            *services,
            "",
            "You get this because you are named for these services. The comment itself is never "
            "mailed.",
        ]
    )
