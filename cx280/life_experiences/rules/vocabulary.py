"""The words of life experiences."""

from cx280.kernel.words import Word


class Level(Word):
    """At which level of government somebody takes part (280.13-c2)."""

    FEDERAL = "federal", "Federal"
    STATE = "state", "State"
    LOCAL = "local", "Local"
    TRIBAL = "tribal", "Tribal"
    TERRITORIAL = "territorial", "Territorial"


class Progress(Word):
    """How far a milestone is, as somebody says; whether it is late follows from its day."""

    PLANNED = "planned", "Planned"
    UNDERWAY = "underway", "Underway"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"
