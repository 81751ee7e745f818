"""An interaction as an agency hands it over, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cx280.delivery.rules.vocabulary import MessageChannel, PersonKind, StrataBy

LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Handed:
    """One interaction. interaction: the agency's own id of it.

    known_as: an address or id of whoever it was with, "" when nobody knows; kind: what that names.
    also: what else the same person is known by. ended_at carries its time zone; None when it is not
    known. channel: how they are written to. time_zone: where they are, "" when nobody said.
    """

    interaction: str
    known_as: str = ""
    kind: PersonKind = PersonKind.PERSON
    unit: str = ""
    language: str = ""
    stratum: str = ""
    ended_at: datetime | None = None
    channel: MessageChannel = MessageChannel.EMAIL
    also: str = ""
    time_zone: str = ""

    def stratum_by(self, by: StrataBy) -> str:
        """The group it belongs to under a plan; "" where nothing is said of it."""
        return {
            StrataBy.UNIT: self.unit.strip(),
            StrataBy.LANGUAGE: self.language.strip().lower().split("-")[0],
            StrataBy.GIVEN: self.stratum.strip(),
        }[by][:60]
