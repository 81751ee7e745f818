"""Who came together about a year's services, assessment and plan (280.13-b4, 280.13-b5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.designation.rules.vocabulary import Office, Part
from cx280.kernel.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Taken:
    """What one office did in a year: how often it came, and why not where it never did."""

    office: Office
    came: int
    invited: int
    why_not: tuple[str, ...]

    @property
    def took_part(self) -> bool:
        """Whether it came at least once."""
        return self.came > 0

    @property
    def words(self) -> str:
        """`came twice`, `invited, never came`, `never invited: …`."""
        if self.came:
            return f"came {'once' if self.came == 1 else f'{self.came} times'}"
        if self.invited:
            return "invited, never came"
        why = "; ".join(dict.fromkeys(each for each in self.why_not if each))
        return f"never invited: {why}" if why else "never invited"


def taken(meetings: Iterable[Mapping[str, tuple[str, str]]]) -> list[Taken]:
    """Each office over the year's meetings, given as {office: (part, why not)}."""
    given = list(meetings)
    found = []
    for office in Office:
        parts = [each[office.value] for each in given if office.value in each]
        found.append(
            Taken(
                office,
                sum(part == Part.CAME for part, _ in parts),
                sum(part == Part.INVITED for part, _ in parts),
                tuple(why for part, why in parts if part == Part.NOT_INVITED),
            )
        )
    return found


@implements("280.13-b4", "280.13-b5")
def who_is_missing(meetings: int, offices: Sequence[Taken], fiscal_year: int) -> list[Finding]:
    """A WARN without a meeting in the cycle, without staff near customers, and for each of the six
    support offices that never came: its name, and what is known of why."""
    if not meetings:
        return [
            Finding(
                "280.13-b4", Severity.WARN,
                f"Nobody came together about FY{fiscal_year} yet.", "meetings",
                "Hold a meeting with program and field staff, and keep who came.",
            )
        ]  # fmt: skip
    found = []
    staff = [each for each in offices if not each.office.is_support]
    if not any(each.took_part for each in staff):
        found.append(
            Finding(
                "280.13-b4", Severity.WARN,
                "Neither program nor field office staff came to a meeting.", "meetings",
                "Ask those who work with customers to the next one.",
            )
        )  # fmt: skip
    found += [
        Finding(
            "280.13-b5", Severity.WARN,
            f"The {each.office.label} never took part ({each.words}).",
            f"offices[{each.office}]",
            "Invite this office to the next meeting, or ask it what it needs to come.",
        )
        for each in offices
        if each.office.is_support and not each.took_part
    ]  # fmt: skip
    return found


def support_there(offices: Iterable[Taken]) -> int:
    """How many of the six support offices took part: six for green."""
    return sum(each.office.is_support and each.took_part for each in offices)
