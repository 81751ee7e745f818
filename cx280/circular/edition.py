"""An edition of Section 280: everything that changes when OMB issues the next one.

Nothing here decides; it is read from `editions/<id>.toml`, so a second edition loads without a
change of code (280.0-a1, 280.10-t1).
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable

FOLDER = Path(__file__).parent / "editions"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the Circular that a question may use as its base.

    id: T1, T2, S1, S2, EF1 … EM2. construct: what a question based on it measures (trust,
    satisfaction, effectiveness, ease, efficiency, equity, transparency, employee). measures:
    what tells statements of one construct apart that may never be pooled (trust_change,
    trust_level; INC-05). text: English wording with slots in square brackets, no final full stop.
    translations: the project's own wording in other languages, by language code.
    response: the response format the base asks for (agree5 or stars5). `where_only`: the
    survey modes it fits, empty for all. `source`: the catalogue id.
    """

    id: str
    construct: str
    text: str
    response: str
    source: str
    measures: str = ""
    where_only: tuple[str, ...] = ()
    translations: dict[str, str] = field(default_factory=dict)

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of the slots to fill, in order, as the Circular writes them."""
        parts = self.text.split("[")[1:]
        return tuple(part.split("]")[0] for part in parts)


@dataclass(frozen=True, slots=True)
class Driver:
    """A driver of experience: code (ease), the Circular's name for it, its family, help text.

    constructs: the question constructs that inform it; equity and transparency are two
    constructs of one driver and are never pooled (INC-09).
    """

    code: str
    name: str
    family: str
    constructs: tuple[str, ...]
    help: str
    source: str
    needs_a_person: bool = False


@dataclass(frozen=True, slots=True)
class ServiceType:
    """One of the seven kinds of service, with the Circular's examples as help text."""

    code: str
    name: str
    help: str
    source: str


class Scope(StrEnum):
    """Who or what an obligation belongs to; the Circular mixes them (INC-24)."""

    ENTERPRISE = "enterprise"
    SERVICE = "service"
    MOMENT = "moment"
    AGENCY = "agency"


class DueRule(StrEnum):
    """How a due date is computed: a fixed day each year, or after each quarter."""

    YEARLY = "day-of-fiscal-year"
    QUARTERLY = "last-business-day-of-next-month"


@implements("INC-24")
@dataclass(frozen=True, slots=True)
class ObligationRule:
    """Something owed to OMB each fiscal year or quarter.

    scope: a Scope. period: year or quarter. rule: a DueRule; month and day for yearly ones.
    published: dates OMB printed, by period (`FY2022 Q1`); they win over the rule, and
    `published_source` is the catalogue id that lists them.
    """

    code: str
    name: str
    scope: str
    period: str
    source: str
    rule: str
    month: int | None = None
    day: int | None = None
    published: dict[str, date] = field(default_factory=dict)
    published_source: str = ""

    def __post_init__(self) -> None:
        Scope(self.scope)
        if DueRule(self.rule) is DueRule.YEARLY:
            date(2001, self.month or 0, self.day or 0)  # a day that every year has
        for period, day in self.published.items():
            if not isinstance(day, date):
                raise TypeError(f"{self.code} of {period} was published without a date")


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the edition; `ours` names those the Circular does not print."""

    questions_max: int
    questions_justify_above: int
    minutes_max: float
    free_text_max: int
    free_text_min: int
    likert_points: int
    designated_services_min: int
    transaction_hours: int
    narrative_characters: int
    newly_designated_target: str
    ours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition, whole. `issued_note` says what is not known about the day of issue.

    own_obligations: what an agency does by a day without handing anything to OMB.
    """

    id: str
    title: str
    circular_year: int
    issued_on: date
    effective_on: date
    statements: tuple[Statement, ...]
    drivers: tuple[Driver, ...]
    service_types: tuple[ServiceType, ...]
    limits: Limits
    obligations: tuple[ObligationRule, ...]
    references: dict[str, dict[str, Any]]
    issued_note: str = ""
    own_obligations: tuple[ObligationRule, ...] = ()

    def statement(self, statement_id: str) -> Statement:
        """The statement with that id; raises Unusable when the edition has none."""
        for each in self.statements:
            if each.id == statement_id:
                return each
        raise Unusable(f"Edition {self.id} has no statement {statement_id}.")

    def service_type(self, code: str) -> ServiceType | None:
        """The kind of service with that code, or None (the Circular says “most”, not all)."""
        return next((each for each in self.service_types if each.code == code), None)

    @implements("INC-31")
    def reference(self, name: str) -> dict[str, Any]:
        """What the edition says about a document it cites; raises Unusable when it cites none."""
        if name not in self.references:
            raise Unusable(f"Edition {self.id} cites nothing called {name}.")
        return self.references[name]

    @implements("280.16-a5", "INC-13", "INC-14")
    def references_of(self, requirement_id: str) -> dict[str, dict[str, Any]]:
        """The documents cited in one requirement (280.16-a5), by name."""
        return {
            name: each
            for name, each in self.references.items()
            if requirement_id in each.get("cited_in", ())
        }

    @implements("280.10-j1", "280.10-j2")
    def statements_for(self, construct: str) -> tuple[Statement, ...]:
        """The statements offered for a construct, in the Circular's order."""
        return tuple(each for each in self.statements if each.construct == construct)

    @property
    def driver_codes(self) -> tuple[str, ...]:
        """effectiveness, ease, efficiency, equity_transparency, employee."""
        return tuple(each.code for each in self.drivers)

    @implements("INC-36")
    def driver_of(self, construct: str) -> Driver | None:
        """The driver a construct informs (equity informs equity_transparency), or None."""
        for each in self.drivers:
            if construct in each.constructs:
                return each
        return None


def editions(folder: Path = FOLDER) -> list[str]:
    """The ids of the editions that can be loaded, sorted."""
    return sorted(each.stem.upper() for each in folder.glob("*.toml"))


@cache
def edition(edition_id: str, folder: Path = FOLDER) -> Edition:
    """The edition with that id, as `FY2022`; raises Unusable and lists what there is."""
    wanted = edition_id.upper()
    if wanted not in editions(folder):  # never asked of the disk: it may be anything somebody sent
        raise Unusable(
            f"There is no edition “{edition_id}”.",
            fix=f"Use one of: {', '.join(editions(folder))}.",
        )
    return read_edition(folder / f"{wanted.lower()}.toml")


@implements("280.0-a1", "280.10-t1")
def read_edition(path: Path) -> Edition:
    """The edition in a TOML file; raises Unusable when a key is missing, unknown or repeated."""
    try:
        found = Edition(**_parts(tomllib.loads(path.read_text(encoding="utf-8"))))
    except (KeyError, TypeError, ValueError) as problem:
        raise Unusable(f"{path.name} is not an edition: {problem}.") from problem
    _refuse_repeats(path.name, "statement", [each.id for each in found.statements])
    _refuse_repeats(path.name, "driver", [each.code for each in found.drivers])
    _refuse_repeats(path.name, "service type", [each.code for each in found.service_types])
    _refuse_repeats(path.name, "obligation", [each.code for each in found.obligations])
    return found


def _parts(raw: dict[str, Any]) -> dict[str, Any]:
    drivers = [{**each, "constructs": tuple(each["constructs"])} for each in raw["drivers"]]
    limits = {**raw["limits"], "ours": tuple(raw["limits"]["ours"])}
    return {
        **raw,
        "statements": tuple(_statement(each) for each in raw["statements"]),
        "drivers": tuple(Driver(**each) for each in drivers),
        "service_types": tuple(ServiceType(**each) for each in raw["service_types"]),
        "limits": Limits(**limits),
        "obligations": tuple(ObligationRule(**each) for each in raw["obligations"]),
        "own_obligations": tuple(ObligationRule(**each) for each in raw.get("own_obligations", ())),
        "references": raw.get("references", {}),
    }


def _statement(raw: dict[str, Any]) -> Statement:
    return Statement(**{**raw, "where_only": tuple(raw.get("where_only", ()))})


def _refuse_repeats(name: str, kind: str, codes: list[str]) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise Unusable(f"{name} is not an edition: it has the {kind} {code} twice.")
