"""An alarm as tests and pictures use it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cx280.alarms.rules.message import Concern, Facts, Message, Told, message_of
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


def a_message(kind: Told = Told.OPENED, **changes: object) -> Message:
    """The alarm, changed."""
    return message_of(replace(FACTS, **changes), kind, smallest=10)  # type: ignore[arg-type]
