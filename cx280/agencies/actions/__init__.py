"""Writes of this folder: units, one at a time or from a file."""

from cx280.agencies.actions.unit_file import Imported, import_units
from cx280.agencies.actions.units import (
    Change,
    add_organization,
    cancel_change,
    carry_out,
    change_organization,
    end_organization,
    reopen_organization,
)

__all__ = [
    "Change",
    "Imported",
    "add_organization",
    "cancel_change",
    "carry_out",
    "change_organization",
    "end_organization",
    "import_units",
    "reopen_organization",
]
