"""Writes of this folder: answers, counts of offers, unknown units, imported files."""

from cx280.responses.actions.concerns import close_concern, name_contact, take_concern
from cx280.responses.actions.importing import import_responses
from cx280.responses.actions.kiosks import Taken, store_from_kiosk
from cx280.responses.actions.offers import count_messages, count_offered, count_people
from cx280.responses.actions.storing import BadAnswers, Stored, store
from cx280.responses.actions.units import count_after_all, place_unit
from cx280.responses.actions.visits import forget_visits

__all__ = [
    "BadAnswers",
    "Stored",
    "Taken",
    "close_concern",
    "count_after_all",
    "count_messages",
    "count_offered",
    "count_people",
    "forget_visits",
    "import_responses",
    "name_contact",
    "place_unit",
    "store",
    "store_from_kiosk",
    "take_concern",
]
