"""Counts people who were offered a survey and people who began it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.delivery.models import SentDay
from cx280.delivery.queries.mail import untold_days
from cx280.kernel.problem import Conflict
from cx280.responses import queries
from cx280.responses.models import OfferCount, ReachCount
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.vocabulary import Placement

# Values that a day keeps apart, and what the rest are called.
MOST_VALUES, OTHERS = 200, "…"


@implements("INC-33")
def count_offered(
    version: SurveyVersion,
    *,
    unit_code: str = "",
    channel: str = "",
    day: date | None = None,
    people: int = 1,
) -> None:
    """Adds people who were offered the survey: a prompt shown, a message sent, a kiosk passed.

    Raises Conflict for a survey placed as a link: nobody knows how many saw it, so `offered`
    stays null there and no response rate follows (INC-33).
    """
    if queries.document_of(version).placement is Placement.LINK:
        raise Conflict(
            "Nobody knows how many people saw a link, so they cannot be counted as offered.",
            rule="INC-33",
            fix="Place the survey as a prompt, a message or a kiosk to count offers.",
        )
    owner = queries.owner_of(version)
    unit = queries.unit_for(owner, unit_code)
    count_people(
        version.pk,
        unit=unit,
        channel=channel or version.survey.channel,
        day=day or queries.today_of(unit or owner),
        offered=people,
    )


def count_people(
    version_id: int,
    *,
    unit: Organization | None,
    channel: str,
    day: date,
    embed: str = "",
    **people: int,
) -> None:
    """Adds to a day's counts; safe from several processes at once, because it only ever adds.

    people: `offered`, `started`, `began`, `finished`. A count that was never added to stays null:
    unknown is not zero. embed: how a website showed the survey; "" for its page by itself.
    """
    key: dict[str, Any] = {
        "version_id": version_id, "channel": channel, "day": day, "embed": embed,
    }  # fmt: skip
    added = {name: Coalesce(F(name), 0) + n for name, n in people.items() if n}
    if not added:
        return
    row = OfferCount.objects.filter(**key, unit=unit)
    if row.update(**added):
        return
    try:
        with transaction.atomic():
            OfferCount.objects.create(
                **key, unit=unit, **{name: n for name, n in people.items() if n}
            )
    except IntegrityError:
        row.update(**added)  # somebody else made the row at this moment


def count_reach(version_id: int, *, kind: str, day: date, value: str, people: int) -> None:
    """Adds to a count of `ReachCount`; safe from several processes at once.

    A link can name any group: beyond so many in a day they count as one.
    """
    rows = ReachCount.objects.filter(version_id=version_id, kind=kind, day=day)
    added = {"people": F("people") + people}
    if rows.filter(value=value).update(**added):
        return
    if rows.count() >= MOST_VALUES:
        value = OTHERS
    try:
        with transaction.atomic():
            ReachCount.objects.create(
                version_id=version_id, kind=kind, day=day, value=value, people=people
            )
    except IntegrityError:
        rows.filter(value=value).update(**added)  # somebody else made the row at this moment


@implements("280.10-k4")
def count_messages() -> int:
    """How many days' counts were brought up to the messages that reached people.

    A message that came back is taken off again. Each day is told once, whoever tells it.
    """
    changed = 0
    for day in untold_days():
        with transaction.atomic():
            won = SentDay.objects.filter(pk=day.pk, told=day.told).update(told=day.offered)
            if won:
                count_people(
                    day.version_id,
                    unit=day.unit,
                    channel=day.version.survey.channel,
                    day=day.day,
                    offered=day.offered - day.told,
                )
            changed += won
    return changed
