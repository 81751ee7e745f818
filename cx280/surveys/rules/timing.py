"""Whether people were asked soon enough: the 48-hour clock of transaction surveys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cx280.circular.implements import implements
from cx280.kernel.words import Word
from cx280.surveys.rules.vocabulary import Level


class Promptness(Word):
    """How an invitation stands to the 48 hours; not knowing is not passing."""

    IN_TIME = "in_time", "Asked within 48 hours"
    LATE = "late", "Asked after more than 48 hours"
    NOT_VERIFIABLE = "not_verifiable", "Nobody recorded when the interaction ended"
    NOT_APPLICABLE = "not_applicable", "The 48 hours are for transactions only"


@implements("INC-12", "280.10-o6")
def promptness(
    level: Level, ended_at: datetime | None, asked_at: datetime, limit_hours: int
) -> Promptness:
    """Whether the survey was offered within the limit after the interaction ended.

    ended_at and asked_at carry their time zones, so that a change of clocks changes nothing;
    exactly the limit is in time. Journeys and relationships have no such clock.
    """
    if level is not Level.TRANSACTION:
        return Promptness.NOT_APPLICABLE
    if ended_at is None:
        return Promptness.NOT_VERIFIABLE
    # Two moments of one zone would be subtracted as its wall clock shows them.
    passed = asked_at.astimezone(UTC) - ended_at.astimezone(UTC)
    in_time = passed <= timedelta(hours=limit_hours)
    return Promptness.IN_TIME if in_time else Promptness.LATE
