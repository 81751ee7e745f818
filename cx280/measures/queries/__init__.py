"""Reading the facts: counts by question, trends, units beside each other, offers."""

from cx280.measures.queries.counts import (
    QuarterTotal,
    QuestionCounts,
    counted_to,
    daily_answers,
    question_counts,
    service_quarters,
)
from cx280.measures.queries.customers import Customers, Part, part_of
from cx280.measures.queries.cuts import WHOLE, Cut, keys_of, versions_of
from cx280.measures.queries.drivers import Answer, drivers_found, taps_found
from cx280.measures.queries.nonresponse import Missing, missing
from cx280.measures.queries.offering import Offers, offers
from cx280.measures.queries.over_time import trend, trends
from cx280.measures.queries.patterns import A_YEAR, Period, Question, question_of
from cx280.measures.queries.places import Places, places
from cx280.measures.queries.units import UnitsCompared, UnitShare, units_compared

__all__ = [
    "A_YEAR",
    "WHOLE",
    "Answer",
    "Customers",
    "Cut",
    "Missing",
    "Offers",
    "Part",
    "Period",
    "Places",
    "QuarterTotal",
    "Question",
    "QuestionCounts",
    "UnitShare",
    "UnitsCompared",
    "counted_to",
    "daily_answers",
    "drivers_found",
    "keys_of",
    "missing",
    "offers",
    "part_of",
    "places",
    "question_counts",
    "question_of",
    "service_quarters",
    "taps_found",
    "trend",
    "trends",
    "units_compared",
    "versions_of",
]
