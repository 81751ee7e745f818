"""Sending the digests that are due; forgetting which visits answers came from."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.urls import NoReverseMatch, reverse

from cx280.dashboards.models import Digest
from cx280.dashboards.queries.today import Today, today_for
from cx280.dashboards.rules.digests import Cadence, is_due, subject_of, text_of
from cx280.measures.access import sights
from cx280.responses.actions import forget_visits
from cx280.telemetry.queries.sites import fewest_days


def forget_joined_visits(today: date) -> int:
    """How many answers are joined with no visit from today on: with the events, or sooner."""
    return forget_visits(today, fewest_days())


def send_digests(today: date) -> int:
    """Sends what is due today; how many. Two workers never send one twice: each claims it first.

    A message the mail server refuses is given back, and tried again at the next run.
    """
    sent = 0
    for digest in Digest.objects.select_related("person").filter(person__is_active=True):
        if is_due(Cadence.of(digest.cadence), digest.sent_on, today) and _claim(digest, today):
            try:
                _send(digest, today)
            except OSError:
                Digest.objects.filter(pk=digest.pk).update(sent_on=digest.sent_on)
                continue
            sent += 1
    return sent


def _claim(digest: Digest, today: date) -> bool:
    waiting = Digest.objects.filter(pk=digest.pk, sent_on=digest.sent_on)
    return bool(waiting.update(sent_on=today))


def _send(digest: Digest, today: date) -> None:
    found = today_for(sights(digest.person), today, settings.CX280_SMALLEST_CELL)
    if found.services:
        send_mail(subject_of(len(found.needs)), _text(found, today), None, [digest.person.email])


def _text(found: Today, today: date) -> str:
    return text_of(
        [(need, _address(need.route, need.argument, need.query)) for need in found.needs],
        [
            (
                line.sight.service.name,
                _address("dashboards:service", line.sight.service.code),
                line.trust,
                line.satisfaction,
            )
            for line in found.services
        ],
        today,
    )


def _address(route: str, argument: str, query: str = "") -> str:
    try:
        there = f"{settings.PUBLIC_ADDRESS}{reverse(route, args=[argument] if argument else None)}"
    except NoReverseMatch:
        return str(settings.PUBLIC_ADDRESS)
    return f"{there}?{query.replace(' ', '+')}" if query else there
