"""Writes of this folder: answers, counts of offers, unknown units, imported files."""

from cx280.responses.actions.concerns import close_concern, name_contact, take_concern
from cx280.responses.actions.importing import import_responses
from cx280.responses.actions.offers import count_messages, count_offered, count_people, count_reach
from cx280.responses.actions.storing import BadAnswers, Stored, store
from cx280.responses.actions.units import count_after_all, place_unit
from cx280.responses.actions.visits import forget_visits

__all__ = [
    "BadAnswers",
    "Stored",
    "close_concern",
    "count_after_all",
    "count_messages",
    "count_offered",
    "count_people",
    "count_reach",
    "forget_visits",
    "import_responses",
    "name_contact",
    "place_unit",
    "store",
    "take_concern",
]
