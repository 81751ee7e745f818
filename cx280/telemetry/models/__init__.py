"""What is stored about telemetry; the events themselves are in the lake."""

from cx280.telemetry.models.facts import CountedDay, Counting, DayFacts, StepsSeen
from cx280.telemetry.models.flows import Flow, FlowChange
from cx280.telemetry.models.gaps import Gap, Watch
from cx280.telemetry.models.plan import Metric, Question
from cx280.telemetry.models.sites import Site

__all__ = [
    "CountedDay",
    "Counting",
    "DayFacts",
    "Flow",
    "FlowChange",
    "Gap",
    "Metric",
    "Question",
    "Site",
    "StepsSeen",
    "Watch",
]
