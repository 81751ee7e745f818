"""The closed word lists of alarms: what is watched, states of incidents, what moves them."""

from __future__ import annotations

from cx280.kernel.words import Word


class Kind(Word):
    """What of a service is watched; a watch's key says which flow, step or question it is."""

    EVENTS_BY_HOUR = "events_by_hour", "Events by the hour"
    EVENTS_BY_DAY = "events_by_day", "Events by the day"
    DRIFT = "drift", "Slow change of events"
    FLOW = "flow", "Times a flow was completed, by the day"
    COMPLETION = "completion", "Share that completes a flow"
    STEP = "step", "Share that gets from one step to the next"
    SPEED = "speed", "Share of slow page loads"
    SCORE = "score", "Share of answers that agree"
    UNIT_SCORE = "unit_score", "Share of answers that agree, of one office"
    ANSWERS = "answers", "Answers by the day"

    @property
    def is_share(self) -> bool:
        """Whether it is a share of n; the others are counts."""
        return self in {Kind.COMPLETION, Kind.STEP, Kind.SPEED} or self.is_score

    @property
    def is_of_flow(self) -> bool:
        """Whether its key begins with a flow's."""
        return self in {Kind.FLOW, Kind.COMPLETION, Kind.STEP}

    @property
    def is_score(self) -> bool:
        """Whether it is how people rate, of all offices or of one."""
        return self in {Kind.SCORE, Kind.UNIT_SCORE}

    @property
    def is_of_survey(self) -> bool:
        """Whether it rests on what people answered."""
        return self.is_score or self is Kind.ANSWERS


class State(Word):
    """Where an incident stands."""

    OPEN = "open", "Nobody has taken it"
    ACKNOWLEDGED = "acknowledged", "Somebody has it"
    SNOOZED = "snoozed", "Put off"
    RESOLVED = "resolved", "Over"


class Cause(Word):
    """What moved an incident from one state to another, or told more people of it."""

    FOUND = "found", "found"
    PERSON = "person", "by a person"
    WOKE = "woke", "the time it was put off is over"
    ESCALATED = "escalated", "nobody had taken it"
    WORSENED = "worsened", "clearly worse"
    RECOVERED = "recovered", "back to what was to be expected"
    MUTED = "muted", "no longer watched"


class Pace(Word):
    """How soon a contact is told; all but the first in a digest."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "Every morning, in one message"
    WEEKLY = "weekly", "On Mondays, in one message"
    MONTHLY = "monthly", "On the first of the month, in one message"


class Sending(Word):
    """How far a delivery has come."""

    WAITING = "waiting", "waiting"
    CLAIMED = "claimed", "being sent"
    SENT = "sent", "sent"
    FAILED = "failed", "could not be sent"
    DROPPED = "dropped", "no longer needed"
