"""Telephone numbers: written as networks write them, and the time zones they may ring in."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType
from phonenumbers.timezone import time_zones_for_number

# No person carries these in a pocket, or a text to them costs whoever gets it.
_NEVER = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PAGER,
    PhoneNumberType.UAN,
    PhoneNumberType.VOICEMAIL,
}
_UNKNOWN = "Etc/Unknown"


def number_of(written: str, region: str) -> str:
    """`+12025550123` for however it is written; "" for what no text can go to.

    region: whose way of writing holds where no country is named, `US`.
    """
    found = _parsed(written, region)
    if found is None or phonenumbers.number_type(found) in _NEVER:
        return ""
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def zones_of(number: str, stated: str = "") -> tuple[str, ...]:
    """The time zones its owner may be in: the one that was stated, else all of the area code.

    Empty where neither tells: then nobody knows what time it is there.
    """
    if stated:
        return (stated,)
    found = _parsed(number, "ZZ")
    return tuple(z for z in time_zones_for_number(found) if z != _UNKNOWN) if found else ()


def _parsed(written: str, region: str) -> PhoneNumber | None:
    if len(written) > 40 or not written.isascii():
        return None  # digits of other scripts would be read, and nobody could check them
    try:
        found = phonenumbers.parse(written, region)
    except NumberParseException:
        return None
    if found.extension or not phonenumbers.is_valid_number(found):
        return None
    return found
