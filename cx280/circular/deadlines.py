"""When what an edition asks for is due: published dates first, the rule otherwise, both shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cx280.circular.edition import DueRule, Edition, ObligationRule, edition, editions
from cx280.circular.implements import implements
from cx280.kernel.business_days import business_day_on_or_before, last_business_day
from cx280.kernel.problem import Unusable
from cx280.kernel.quarter import Quarter


@dataclass(frozen=True, slots=True)
class Due:
    """One thing owed by one day.

    obligation: the edition's code (quarterly). period: `FY2022 Q1` or `FY2022`. due: the day that
    counts. rule_date: what the rule alone gives. act_by: the safe day to plan for, a business
    day, never after either. published: whether OMB printed `due`. source: the catalogue id that
    `due` comes from. before_edition: due before the edition took effect, so for information only.
    """

    obligation: str
    name: str
    scope: str
    period: str
    due: date
    rule_date: date
    act_by: date
    published: bool
    source: str
    edition: str
    before_edition: bool

    @property
    def why(self) -> str:
        """Where the due day comes from, in one sentence; both days when they differ."""
        if not self.published:
            return f"The rule of {self.source} gives {_long(self.rule_date)}."
        if self.due == self.rule_date:
            return f"OMB published {_long(self.due)}, as the rule gives."
        return f"OMB published {_long(self.due)}; the rule alone gives {_long(self.rule_date)}."

    def days_late(self, submitted_on: date) -> int:
        """Whole days after the day that counts; 0 when in time (INC-01)."""
        return max(0, (submitted_on - self.due).days)

    def as_dict(self) -> dict[str, str]:
        """The row as the outside contract prints it, dates as ISO."""
        return {
            "obligation": self.obligation,
            "scope": self.scope,
            "period": self.period,
            "due": self.due.isoformat(),
            "rule_date": self.rule_date.isoformat(),
            "act_by": self.act_by.isoformat(),
            "source": self.source,
        }


class Standing(StrEnum):
    """How an obligation stands on a day."""

    OPEN = "open"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"


def standing(due: Due, submitted_on: date | None, today: date) -> Standing:
    """On time or late by the day of submission; open or missing when there is none yet."""
    if submitted_on is None:
        return Standing.MISSING if today > due.due else Standing.OPEN
    return Standing.LATE if due.days_late(submitted_on) else Standing.ON_TIME


@implements("INC-02")
def binds(due: Due, designated_on: date) -> bool:
    """Whether a provider designated on that day owes this: not before it, nor before the edition.

    What does not bind is still listed, for information.
    """
    return not due.before_edition and due.due >= designated_on


@implements("280.0-a1", "INC-34")
def obligations_of(edition: Edition, fiscal_year: int) -> list[Due]:
    """Everything an edition asks for in a fiscal year, earliest first.

    Any year may be asked for: the rules of the edition apply, and its published dates where it
    has them. Yearly days from October to December lie in the calendar year before.
    """
    return _dues(edition, edition.obligations, fiscal_year)


@implements("280.9-g1")
def own_obligations_of(edition: Edition, fiscal_year: int) -> list[Due]:
    """What an agency does in a fiscal year without handing it to OMB, earliest first."""
    return _dues(edition, edition.own_obligations, fiscal_year)


def _dues(edition: Edition, rules: Sequence[ObligationRule], fiscal_year: int) -> list[Due]:
    found: list[Due] = []
    for rule in rules:
        if rule.rule == DueRule.QUARTERLY:
            quarters = [Quarter(fiscal_year, number) for number in (1, 2, 3, 4)]
            found += [_due(edition, rule, str(each), _quarter_rule(each)) for each in quarters]
        else:
            period = f"FY{fiscal_year}"
            found.append(_due(edition, rule, period, _year_rule(rule, fiscal_year)))
    return sorted(found, key=lambda each: (each.due, each.obligation))


def quarter_due(edition: Edition, quarter: Quarter) -> Due:
    """When the feedback data of a quarter are due."""
    for rule in edition.obligations:
        if rule.rule == DueRule.QUARTERLY:
            return _due(edition, rule, str(quarter), _quarter_rule(quarter))
    raise Unusable(f"Edition {edition.id} asks for nothing each quarter.")


def edition_for(fiscal_year: int) -> Edition:
    """The edition of that fiscal year, or the last one before it while it has none of its own.

    Raises Unusable for a year before the first edition. Compare `.id` to tell which it was.
    """
    known = [each for each in editions() if each <= f"FY{fiscal_year}"]
    if not known:
        raise Unusable(f"No edition covers FY{fiscal_year}.", fix=f"The first is {editions()[0]}.")
    return edition(known[-1])


@implements("280.16-a4", "INC-01", "INC-35")
def _due(edition: Edition, rule: ObligationRule, period: str, rule_date: date) -> Due:
    printed = rule.published.get(period)
    day = printed or rule_date
    return Due(
        obligation=rule.code,
        name=rule.name,
        scope=rule.scope,
        period=period,
        due=day,
        rule_date=rule_date,
        act_by=business_day_on_or_before(min(day, rule_date)),
        published=printed is not None,
        source=(rule.published_source or rule.source) if printed else rule.source,
        edition=edition.id,
        before_edition=day < edition.effective_on,
    )


@implements("280.16-a3")
def _quarter_rule(quarter: Quarter) -> date:
    """The last business day of the month that follows the quarter."""
    month = quarter.next.first_day
    return last_business_day(month.year, month.month)


def _year_rule(rule: ObligationRule, fiscal_year: int) -> date:
    month, day = rule.month or 1, rule.day or 1  # an edition does not load without them
    return date(fiscal_year - 1 if month >= 10 else fiscal_year, month, day)


def _long(day: date) -> str:
    return f"{day:%A, %B} {day.day}, {day.year}"
