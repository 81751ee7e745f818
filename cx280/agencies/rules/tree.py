"""What may stand where in the organization tree, and how a unit's code is written."""

import re
from collections.abc import Sequence
from zoneinfo import available_timezones

from cx280.kernel.problem import Conflict, Unusable

# The four levels of 280.9-a1, from the department down.
ORDER: Sequence[str] = ("department", "bureau", "program_office", "service_center")

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_CODE = 60
# Words that stand in the same place of an address: /organizations/new/
_TAKEN = {"new", "import"}


def code_written(code: str) -> str:
    """The code as it is kept: small letters, digits and single hyphens.

    Raises Unusable when it cannot stand in an address or on a printed poster.
    """
    tidy = code.strip().lower()
    if tidy in _TAKEN or len(tidy) > _LONGEST_CODE or not _CODE.fullmatch(tidy):
        raise Unusable(
            f"“{code}” cannot be a unit's code.",
            field="code",
            fix="Use up to 60 small letters and digits, with single hyphens between words.",
        )
    return tidy


def time_zone_known(name: str) -> str:
    """The name when it is a time zone of the IANA list; raises Unusable otherwise."""
    if name not in available_timezones():
        raise Unusable(
            f"“{name}” is not a time zone.",
            field="time_zone",
            fix="Write it like America/Chicago.",
        )
    return name


def place_fits(level: str, parent_level: str | None) -> None:
    """Raises Conflict unless a unit of this level may stand below one of the parent's level.

    Only departments have no parent (None); every other unit stands below a higher level.
    Levels may be left out: a service center may stand directly below a bureau.
    """
    if level not in ORDER:
        raise Unusable(f"“{level}” is none of: {', '.join(ORDER)}.", field="level")
    if parent_level is None:
        if level != ORDER[0]:
            raise Conflict(
                "Only a department or independent agency stands at the top.", field="parent"
            )
        return
    if ORDER.index(level) <= ORDER.index(parent_level):
        raise Conflict(
            f"A {_words(level)} cannot stand below a {_words(parent_level)}.",
            field="parent",
            fix="Choose a unit of a higher level.",
        )


def _words(level: str) -> str:
    return level.replace("_", " ")
