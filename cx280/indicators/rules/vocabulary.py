"""The words of indicators."""

from cx280.circular.implements import implements
from cx280.kernel.words import Word


@implements("280.3-b2")
class Kind(Word):
    """What an indicator is about. Experience, equity and effort stand first: they weigh as much
    as money and operations (280.3-b2)."""

    EXPERIENCE = "experience", "Experience"
    EQUITY = "equity", "Equity"
    EFFORT = "effort", "Effort"
    OPERATIONAL = "operational", "Operational"
    FINANCIAL = "financial", "Financial"

    @property
    def is_outcome(self) -> bool:
        """Whether it tells what customers went through, rather than how the service runs."""
        return self in {Kind.EXPERIENCE, Kind.EQUITY, Kind.EFFORT}

    @property
    def may_be_stated(self) -> bool:
        """Whether its figures may come from elsewhere by hand; the others are drawn."""
        return not self.is_outcome

    @property
    def question(self) -> str:
        """What it answers, in words."""
        return _QUESTIONS[self]

    @property
    def example(self) -> str:
        """What to add where there is none."""
        return _EXAMPLES[self]


_QUESTIONS = {
    Kind.EXPERIENCE: "How was it for customers?",
    Kind.EQUITY: "Was it as good for everybody?",
    Kind.EFFORT: "What did it take of them?",
    Kind.OPERATIONAL: "How did the service run?",
    Kind.FINANCIAL: "What did it cost?",
}
_EXAMPLES = {
    Kind.EXPERIENCE: "Add one: trust or satisfaction from the survey is the usual first.",
    Kind.EQUITY: "Add one: how one language or channel rates the service, or the share of those"
    " who could use it and do.",
    Kind.EFFORT: "Add one: how many found it easy, or how many visits finish a form.",
    Kind.OPERATIONAL: "Add one: a waiting time or another service level of the quarter reports.",
    Kind.FINANCIAL: "Add one: the cost of one case, stated with its source.",
}


class Direction(Word):
    """Which way is better."""

    UP = "up", "Higher is better"
    DOWN = "down", "Lower is better"


class Frequency(Word):
    """How often the figure is new."""

    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every quarter"
    YEARLY = "yearly", "Every year"


class Paper(Word):
    """Which of the two yearly documents."""

    PLAN = "plan", "Annual Performance Plan"
    REPORT = "report", "Annual Performance Report"


class Verdict(Word):
    """How a year's figure stands to its target."""

    MET = "met", "Target met"
    MET_UNSURE = "met_unsure", "At the target, not sure"
    MISSED_UNSURE = "missed_unsure", "Short of the target, not sure"
    MISSED = "missed", "Short of the target"
    NO_FIGURE = "no_figure", "No figure yet"
    NO_TARGET = "no_target", "No target"
