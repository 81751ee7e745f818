"""Writes of this folder: answers, counts of offers, unknown units, imported files."""

from cx280.responses.actions.importing import import_responses
from cx280.responses.actions.offers import count_offered, count_people
from cx280.responses.actions.storing import BadAnswers, Stored, store
from cx280.responses.actions.units import count_after_all, place_unit

__all__ = [
    "BadAnswers",
    "Stored",
    "count_after_all",
    "count_offered",
    "count_people",
    "import_responses",
    "place_unit",
    "store",
]
