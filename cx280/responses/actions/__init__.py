"""Writes of this folder: answers, counts of offers, unknown units, imported files."""

from cx280.responses.actions.concerns import close_concern, name_contact, take_concern
from cx280.responses.actions.entering import (
    check_sheet,
    close_batch,
    enter_call,
    key_sheet,
    open_batch,
    take_back,
)
from cx280.responses.actions.importing import import_responses
from cx280.responses.actions.offers import count_messages, count_offered, count_people, count_reach
from cx280.responses.actions.storing import BadAnswers, Stored, store
from cx280.responses.actions.units import count_after_all, place_unit
from cx280.responses.actions.visits import forget_visits

__all__ = [
    "BadAnswers",
    "Stored",
    "check_sheet",
    "close_batch",
    "close_concern",
    "count_after_all",
    "count_messages",
    "count_offered",
    "count_people",
    "count_reach",
    "enter_call",
    "forget_visits",
    "import_responses",
    "key_sheet",
    "name_contact",
    "open_batch",
    "place_unit",
    "store",
    "take_back",
    "take_concern",
]
