"""Word: a closed word list whose members carry the label people read."""

from enum import StrEnum
from typing import Self, cast

from cx280.kernel.problem import Unusable


class Word(StrEnum):
    """Members are written `EMAIL = "email", "Email"`: the value is stored, the label is read."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(value, label) pairs as written, in the form that form and model fields take."""
        return [(each.value, each.label) for each in cls]

    @classmethod
    def of(cls, value: str) -> Self:
        """The member stored as `value`; raises Unusable that lists the words there are."""
        found = cls._value2member_map_.get(value)
        if found is None:
            raise Unusable(f"“{value}” is none of: {', '.join(each.value for each in cls)}.")
        return cast(Self, found)
