"""An alarm as tests and pictures use it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cx280.alarms.rules.message import Concern, Facts, Message, Over, Told, message_of
from cx280.alarms.rules.vocabulary import Cause
from cx280.alarms.rules.wording import Measure, Seen

NOW = datetime(2022, 1, 28, 19, 20, tzinfo=UTC)
FACTS = Facts(
    incident=42,
    service="Boat permit",
    said="far fewer people finish",
    where="Online, step “Pay” of the form",
    concern=Concern.FALL,
    seen=Seen(Measure.SHARE, 0.12, 0.31, 0.39, 412, "people who began"),
    since=datetime(2022, 1, 28, 14, 15, tzinfo=ZoneInfo("America/New_York")),
    once_in_days=1100,
    address="https://cx.example.gov/alarms/42/",
    acknowledge="https://cx.example.gov/alarms/42/take/",
)


def a_message(kind: Told = Told.OPENED, *, follows: str = "", **changes: object) -> Message:
    """The alarm, changed; of what is over, it lasted three hours."""
    facts = replace(FACTS, **changes)  # type: ignore[arg-type]
    over = Over(facts.since + timedelta(hours=3), Cause.RECOVERED)
    return message_of(
        facts, kind, smallest=10, follows=follows,
        over=over if kind is Told.RESOLVED else None,
        began="It began with 24 %." if kind is Told.WORSE else "",
    )  # fmt: skip
