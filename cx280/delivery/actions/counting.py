"""Counts messages that reached people, by day: what is offered (280.10-k4)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F

from cx280.delivery.models import Interaction, SentDay
from cx280.surveys.models import SurveyVersion


def count_sent(
    version: SurveyVersion, interaction: Interaction, sent_at: datetime, *, people: int
) -> None:
    """Adds to the day of the message, where the unit is; negative for one that came back."""
    unit, channel = interaction.unit, interaction.channel
    owner = unit or version.survey.service.owner
    day = sent_at.astimezone(ZoneInfo(owner.time_zone)).date()
    row = SentDay.objects.filter(version=version, unit=unit, channel=channel, day=day)
    if row.update(offered=F("offered") + people):
        return
    try:
        with transaction.atomic():
            SentDay.objects.create(
                version=version, unit=unit, channel=channel, day=day, offered=max(people, 0)
            )
    except IntegrityError:
        row.update(offered=F("offered") + people)  # somebody else made the row at this moment
