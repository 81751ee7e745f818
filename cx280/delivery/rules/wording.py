"""What the pages say about a plan, in words."""

from __future__ import annotations

from collections.abc import Mapping

from cx280.delivery.rules.contacts import ContactRules
from cx280.delivery.rules.draws import exact
from cx280.delivery.rules.sampling import Plan, written_rate
from cx280.delivery.rules.timing import Lags
from cx280.delivery.rules.vocabulary import Method, State, StrataBy

_GROUPS = {
    StrataBy.UNIT: "unit",
    StrataBy.LANGUAGE: "language",
    StrataBy.GIVEN: "group",
}


def headline(plan: Plan | None) -> str:
    """The page's title: what the plan comes to, or the question."""
    if plan is None:
        return "Whom do we ask?"
    if plan.method is Method.STRATIFIED:
        return f"We ask by {_GROUPS[plan.strata_by]}, each at its own rate"
    if plan.rate == 1:
        return "We ask everybody"
    return f"We ask after {in_words(plan.rate)}"


def in_words(rate: float) -> str:
    """`1 in 10 interactions`, or `15 % of interactions` where no whole number says it."""
    each = 1 / exact(rate)
    if each.denominator == 1 and each <= 10_000:
        return f"1 in {int(each):,} interactions" if each > 1 else "every interaction"
    return f"{written_rate(rate)} of interactions"


def how(plan: Plan) -> str:
    """How the sample is drawn, in one sentence."""
    if plan.method is Method.SYSTEMATIC:
        return f"Every so-many-th is drawn, {in_words(plan.rate)}, from a random start."
    if plan.method is Method.STRATIFIED:
        return (
            f"Each {_GROUPS[plan.strata_by]} has its own chance; those without one of their own"
            f" have {written_rate(plan.rate)}."
        )
    if plan.rate == 1:
        return "Everybody is drawn; the contact rules still hold."
    return f"Each interaction has the same chance: {written_rate(plan.rate)}."


def prompt_in_words(plan: Plan | None) -> str:
    """Whom a prompt on a website asks, in one sentence."""
    if plan is None:
        return "Nobody has chosen a plan, so everybody is asked."
    if plan.method is Method.STRATIFIED and plan.strata_by is not StrataBy.GIVEN:
        return (
            f"The browser throws dice: each {_GROUPS[plan.strata_by]} has the chance of the plan,"
            f" others have {written_rate(plan.rate)}."
        )
    return f"The browser throws dice, with the chance of the plan: {written_rate(plan.rate)}."


def rules_in_words(rules: ContactRules) -> str:
    """The contact rules in one sentence."""
    said = []
    if rules.quiet_days:
        days = f"{rules.quiet_days} day{'' if rules.quiet_days == 1 else 's'}"
        said.append(f"not again for {days} after an invitation")
    if rules.most_per_year:
        times = "once" if rules.most_per_year == 1 else f"{rules.most_per_year} times"
        said.append(f"at most {times} in 365 days")
    if not said:
        return "A person may be asked any number of times."
    return f"Nobody is asked more often: {' and '.join(said)}, by all surveys together."


def mail_headline(states: Mapping[State, int], lags: Lags | None) -> str:
    """The title of the page of messages: what to know first."""
    if not states:
        return "Do our messages reach people in time?"
    if lags is None:
        waiting = states.get(State.WAITING, 0)
        return f"{waiting:,} message{'' if waiting == 1 else 's'} wait to be sent"
    return f"Half of all messages leave within {lag_in_words(lags.median)}"


def lag_in_words(minutes: float) -> str:
    """`20 minutes`, `3 hours`, `1.5 days`: as people say it."""
    if minutes < 90:
        return f"{minutes:.0f} minute{'' if round(minutes) == 1 else 's'}"
    hours = minutes / 60
    return f"{hours:.1f}".removesuffix(".0") + " hours"
