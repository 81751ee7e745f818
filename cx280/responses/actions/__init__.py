"""Writes of this folder: answers, counts of offers, unknown units, imported files."""

from cx280.responses.actions.calling import (
    answer_call,
    call_id,
    end_call,
    save_phone_line,
    take_key,
)
from cx280.responses.actions.concerns import close_concern, name_contact, take_concern
from cx280.responses.actions.entering import (
    check_sheet,
    close_batch,
    enter_call,
    key_sheet,
    open_batch,
    take_back,
)
from cx280.responses.actions.importing import import_responses, import_touchpoints
from cx280.responses.actions.kiosks import Taken, store_from_kiosk
from cx280.responses.actions.offers import count_messages, count_offered, count_people, count_reach
from cx280.responses.actions.printing import print_forms
from cx280.responses.actions.storing import BadAnswers, Stored, store
from cx280.responses.actions.units import count_after_all, place_unit
from cx280.responses.actions.visits import forget_visits

__all__ = [
    "BadAnswers",
    "Stored",
    "Taken",
    "answer_call",
    "call_id",
    "check_sheet",
    "close_batch",
    "close_concern",
    "count_after_all",
    "count_messages",
    "count_offered",
    "count_people",
    "count_reach",
    "end_call",
    "enter_call",
    "forget_visits",
    "import_responses",
    "import_touchpoints",
    "key_sheet",
    "name_contact",
    "open_batch",
    "place_unit",
    "print_forms",
    "save_phone_line",
    "store",
    "store_from_kiosk",
    "take_back",
    "take_concern",
    "take_key",
]
