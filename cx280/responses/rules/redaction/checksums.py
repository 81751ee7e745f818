"""Check digits and number ranges that tell a real number from a look-alike."""

from __future__ import annotations


def digits_of(text: str) -> str:
    """The decimal digits in the text, in order."""
    return "".join(each for each in text if each.isdecimal())


def passes_luhn(number: str) -> bool:
    """Whether the digits carry the check digit that payment cards do (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits_of(number))):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def passes_aba(number: str) -> bool:
    """Whether nine digits are a bank's routing number: weights 3, 7, 1 sum to a multiple of 10."""
    digits = digits_of(number)
    if len(digits) != 9 or digits == "0" * 9:
        return False
    return sum(int(d) * w for d, w in zip(digits, (3, 7, 1) * 3, strict=True)) % 10 == 0


def passes_mod97(number: str) -> bool:
    """Whether the text is an international bank account number (ISO 13616: remainder 1 of 97)."""
    plain = number.replace(" ", "").upper()
    moved = plain[4:] + plain[:4]
    if not moved.isalnum() or not moved.isascii():
        return False
    return int("".join(str(int(each, 36)) for each in moved)) % 97 == 1


def is_social_security(number: str) -> bool:
    """Whether nine digits can be a Social Security number: area not 000, 666 or 900 and above,
    group not 00, serial not 0000 (Social Security Administration, since June 2011)."""
    digits = digits_of(number)
    if len(digits) != 9:
        return False
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return area not in {"000", "666"} and area < "900" and group != "00" and serial != "0000"


def is_taxpayer_id(number: str) -> bool:
    """Whether nine digits can be an individual taxpayer number: 9xx, middle 50-65, 70-88, 90-92 or
    94-99 (Internal Revenue Service, Publication 1915)."""
    digits = digits_of(number)
    if len(digits) != 9 or digits[0] != "9":
        return False
    group = int(digits[3:5])
    return 50 <= group <= 65 or 70 <= group <= 88 or 90 <= group <= 92 or 94 <= group <= 99


def is_north_american(number: str) -> bool:
    """Whether ten digits (or eleven that begin with 1) can be a telephone number of the North
    American plan: neither area nor exchange begins with 0 or 1."""
    digits = digits_of(number)
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return len(digits) == 10 and digits[0] > "1" and digits[3] > "1"
