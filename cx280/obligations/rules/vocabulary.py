"""The words of obligations: how one stands, what it is owed for."""

from cx280.kernel.words import Word


class State(Word):
    """How an obligation stands."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    RETURNED = "returned", "Returned by OMB"
    ON_TIME = "on_time", "On time"
    LATE = "late", "Late"
    MISSING = "missing", "Missing"
    DEFERRED = "deferred", "Deferred to the target quarter"
    HANDED_OVER = "handed_over", "Closed: reported through the API"
    INFORMATIONAL = "informational", "Due before this edition, for information"
    NOT_OWED = "not_owed", "No longer owed"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self in {State.NOT_STARTED, State.IN_PROGRESS, State.MISSING, State.RETURNED}

    @property
    def counts(self) -> bool:
        """Whether it tells how well a provider keeps its days."""
        return self in {State.ON_TIME, State.LATE, State.MISSING}


class Scope(Word):
    """What an obligation is owed for (INC-24)."""

    ENTERPRISE = "enterprise", "The provider as a whole"
    SERVICE = "service", "One designated service"
    MOMENT = "moment", "One moment that matters"
    AGENCY = "agency", "The agency as a whole"


class Code(Word):
    """The obligations that this system knows more about than their day."""

    DESIGNATION = "designation", "Designate at least two services"
    QUARTERLY = "quarterly", "Submit feedback data for the quarter"
    CAPACITY_ASSESSMENT = "capacity_assessment", "Submit the CX Capacity Assessment"
    DEEP_DIVE = "deep_dive", "Brief OMB at the annual deep dive"
    ACTION_PLAN = "action_plan", "Submit the CX Action Plan"
    REFLECTION = "reflection", "Reflect on CX maturity and capacity"
