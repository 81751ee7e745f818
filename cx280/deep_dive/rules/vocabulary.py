"""The words of talks with OMB."""

from cx280.kernel.words import Word


class Kind(Word):
    """What kind of talk."""

    DEEP_DIVE = "deep_dive", "Annual deep dive"
    REGULAR = "regular", "Regular talk"


class Side(Word):
    """Who owes a follow-up."""

    PROVIDER = "provider", "The provider"
    OMB = "omb", "OMB"


class Task(Word):
    """What was left after a talk."""

    QUESTION = "question", "Question OMB asked"
    COMMITMENT = "commitment", "Something to do"


class Standing(Word):
    """How a talk stands on a day."""

    PLANNED = "planned", "Planned"
    UNRECORDED = "unrecorded", "Its day has passed; nothing is recorded"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"
