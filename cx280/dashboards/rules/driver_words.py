"""What is said of drivers: always “goes with”, never “causes”, and no order chance could make."""

from __future__ import annotations

from collections.abc import Sequence

from cx280.circular.implements import implements
from cx280.measures.rules.drivers import Driver, Finding
from cx280.measures.rules.pooling import LeftOut
from cx280.measures.rules.service_types import TypeFinding
from cx280.measures.rules.suppression import is_too_few
from cx280.measures.rules.tapped_drivers import TapFinding
from cx280.pages.written import between, number, percent

_MOST_NAMED = 3
IN = {"trust": "trust in", "satisfaction": "satisfaction with"}


def question_of(outcome: str, service: str) -> str:
    """`What would raise trust in Boat permits most?`"""
    return f"What would raise {IN[outcome]} {service} most?"


@implements("280.10-a3", "280.4-f2")
def headline(finding: Finding) -> str:
    """`Trust goes most with ease`; several names where the evidence does not separate them."""
    subject = finding.outcome.capitalize()
    if finding.refusal:
        return f"It cannot be told yet what goes with {finding.outcome}"
    if len(finding.leading) == 1:
        return f"{subject} goes most with {in_sentence(finding.leading)}"
    if len(finding.leading) <= min(_MOST_NAMED, len(finding.drivers) - 1):
        return (
            f"{subject} goes most with {in_sentence(finding.leading)}; "
            "the evidence does not separate them"
        )
    return f"{subject} goes with no driver clearly more than with the others"


def lead_sentence(finding: Finding) -> str:
    """The finding with its interval, n and period, and that it proves no cause."""
    if finding.refusal or finding.analysis is None:
        return f"{headline(finding)}."
    top = [each for each in finding.drivers if each.name in finding.leading]
    said = headline(finding)
    if len(finding.leading) <= min(_MOST_NAMED, len(finding.drivers) - 1):
        low = min(each.found.share_low for each in top)
        high = max(each.found.share_high for each in top)
        each_one = "" if len(top) == 1 else "each "
        if not finding.self_selected:
            said += f": {each_one}{between((low, high))} of the explained difference"
        elif len(top) == 1:
            said += f": {percent(top[0].found.share)} of the explained difference"
    who = "people who chose to answer" if finding.self_selected else "answers"
    return (
        f"{said}, from {number(finding.analysis.n)} {who} ({period_words(finding.quarters)}). "
        "They go together; that does not prove a cause."
    )


def tap_headline(finding: TapFinding) -> str:
    """What low raters tap more than high raters, if chance does not explain it."""
    if finding.analysis is None:
        return f"It cannot be told yet what low and high raters of {finding.outcome} tap"
    subject, low, high = finding.outcome, finding.analysis.penalties, finding.analysis.rewards
    if low:
        named = in_sentence(low[:_MOST_NAMED])
        return f"Where {subject} is rated low, people tap {named} more than where it is rated high"
    if high:
        named = in_sentence(high[:_MOST_NAMED])
        return f"Where {subject} is rated high, people tap {named} more than where it is rated low"
    return f"People tap the same, as far as can be told, whether they rate {subject} low or high"


def tap_lead(finding: TapFinding) -> str:
    """From how many ratings, over which time, and that it proves no cause."""
    if finding.analysis is None:
        return f"{tap_headline(finding)}."
    found = finding.analysis
    return (
        f"{tap_headline(finding)}: from {number(found.low)} low and {number(found.high)} high "
        f"ratings ({period_words(finding.quarters)}). They go together; that does not prove a "
        "cause."
    )


def fix_sentence(finding: Finding) -> str:
    """Which driver to look at first and why, or that none is clearly that."""
    names = [each.name for each in finding.fix_first]
    if not names:
        return "No driver is marked “fix first”: none is both clearly important and clearly low."
    many = len(names) > 1
    sure = (
        "So it is among those who chose to answer; nobody knows how the others feel."
        if finding.self_selected
        else "Chance explains neither."
    )
    return (
        f"Fix first: {in_sentence(names)}. {'They go' if many else 'It goes'} with "
        f"{finding.outcome} more than an even part, and fewer people agree with "
        f"{'them' if many else 'it'} than with half of the drivers. {sure}"
    )


def period_words(quarters: Sequence[str]) -> str:
    """`FY2022 Q1 to FY2022 Q4`, or the one quarter."""
    if not quarters:
        return "no quarter"
    return quarters[0] if len(quarters) == 1 else f"{quarters[0]} to {quarters[-1]}"


def left_out_words(left: LeftOut, smallest: int) -> str:
    """Whose answers are not in the figures, how many, and why."""
    n = "few" if is_too_few(left.answers, smallest) else number(left.answers)
    when = f", {period_words(left.quarters)}" if left.quarters else ""
    return f"{left.source}{when}: {n} answers. {left.reason}"


def rank_words(driver: Driver) -> str:
    """`1`, or `2 to 4` where the evidence leaves several ranks."""
    low, high = driver.found.rank_low, driver.found.rank_high
    return str(low) if low == high else f"{low} to {high}"


def in_sentence(names: Sequence[str]) -> str:
    """`ease`, `ease and efficiency`, `ease, efficiency and equity`."""
    small = [name[:1].lower() + name[1:] for name in names]
    if len(small) == 1:
        return small[0]
    return f"{', '.join(small[:-1])} and {small[-1]}"


def type_headline(finding: TypeFinding, type_name: str) -> str:
    """`Trust in benefits services goes most with ease`; several where they are not separated."""
    subject = f"{IN[finding.outcome].capitalize()} {type_name.lower()} services"
    if finding.refusal:
        return f"It cannot be told yet what goes with {IN[finding.outcome]} these services"
    if len(finding.leading) <= min(_MOST_NAMED, len(finding.drivers) - 1):
        said = f"{subject} goes most with {in_sentence(finding.leading)}"
        apart = "; the evidence does not separate them" if len(finding.leading) > 1 else ""
        return f"{said}{apart}"
    return f"{subject} goes with no driver clearly more than with the others"


def type_lead(finding: TypeFinding, type_name: str) -> str:
    """The finding with the services and people it rests on, and that it proves no cause."""
    if finding.refusal or finding.analysis is None:
        return f"{type_headline(finding, type_name)}."
    said = f"{type_headline(finding, type_name)}:"
    top = [each.found for each in finding.drivers if each.name in finding.leading]
    named = len(finding.leading) <= min(_MOST_NAMED, len(finding.drivers) - 1)
    if named and not finding.self_selected:
        bounds = (min(each.share_low for each in top), max(each.share_high for each in top))
        said += f" {'' if len(top) == 1 else 'each '}{between(bounds)} of the explained difference,"
    return (
        f"{said} from {number(finding.analysis.n)} answers about {len(finding.services)} services "
        "that asked the same way. They go together; that does not prove a cause."
    )
