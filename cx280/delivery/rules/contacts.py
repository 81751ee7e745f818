"""How often a person may be asked, and whose turn it is when several surveys want the same person.

**Turns.** Being asked is scarce: after each time a quiet period follows. Were the next survey that
meets the person always served, one that asks every day would take every turn and one that asks
every week would starve. So each turn is kept, by a draw in proportion to the surveys' shares, for
one survey. If that survey does not meet the person within the patience, the turn is open to all:
nothing is wasted on a survey that never comes.

The draw is a weighted rendezvous hash (Schindelhauer and Schomaker 2005): a function of person,
turn and survey, so every process decides alike without asking another, and a survey that opens or
closes moves only the turns it wins or held. Lottery scheduling (Waldspurger and Weihl 1994) is why
the shares come out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cx280.circular.implements import implements
from cx280.delivery.rules.draws import draw
from cx280.delivery.rules.vocabulary import Reason

YEAR = timedelta(days=365)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ContactRules:
    """An agency's rules for all of its surveys together.

    quiet_days: days without another invitation after one; 0 for none. most_per_year: invitations
    within 365 days; 0 for no limit. patience_days: how long a turn is kept for its survey.
    """

    quiet_days: int = 30
    most_per_year: int = 4
    patience_days: int = 14

    @property
    def longest_days(self) -> int:
        """How far back a decision has to look, in days."""
        return max(self.quiet_days, YEAR.days if self.most_per_year else 0)


@implements("280.10-o3")
def why_not(
    rules: ContactRules,
    *,
    person: str,
    survey: str,
    shares: Mapping[str, int],
    asked: Sequence[datetime],
    at: datetime,
) -> Reason | None:
    """Why this person may not be asked for this survey at this moment, or None.

    person: any name that is always the same for them. shares: of every survey that draws on these
    people, this one included. asked: when they were asked before, for any survey, in any order.
    A quiet period of n days ends exactly n times 24 hours after the invitation.
    """
    last = max(asked, default=None)
    if last is not None and at - last < timedelta(days=rules.quiet_days):
        return Reason.QUIET
    if rules.most_per_year and sum(at - each < YEAR for each in asked) >= rules.most_per_year:
        return Reason.OFTEN
    if turn_of(rules, person=person, shares=shares, asked=asked, at=at) in {None, survey}:
        return None
    return Reason.TURN


def turn_of(
    rules: ContactRules,
    *,
    person: str,
    shares: Mapping[str, int],
    asked: Sequence[datetime],
    at: datetime,
) -> str | None:
    """The survey the person's present turn is kept for; None when it is open to all.

    Of people never asked nothing is known but the moment; their turn is drawn anew each time the
    patience has passed.
    """
    if not rules.quiet_days or not rules.patience_days or len(shares) < 2:
        return None
    patience = timedelta(days=rules.patience_days)
    last = max(asked, default=None)
    if last is None:
        return winner(f"{person} first {(at - _EPOCH) // patience}", shares)
    opened = opened_at(rules, asked)
    if at - opened >= patience:
        return None
    return winner(f"{person} {last.astimezone(UTC).isoformat()}", shares)


def opened_at(rules: ContactRules, asked: Sequence[datetime]) -> datetime:
    """When somebody asked at these times may next be asked: quiet period and year both over."""
    opened = max(asked) + timedelta(days=rules.quiet_days)
    if rules.most_per_year and len(asked) >= rules.most_per_year:
        opened = max(opened, sorted(asked)[-rules.most_per_year] + YEAR)
    return opened


def winner(turn: str, shares: Mapping[str, int]) -> str:
    """The survey that wins a turn: each with a chance of its share of all shares.

    -ln(u) / share is exponential with that rate, and the smallest of such is whose rate is what
    share of the sum.
    """

    def waits(survey: str) -> tuple[float, str]:
        return -math.log(1 - draw(survey, turn)) / shares[survey], survey

    return min(shares, key=waits)
