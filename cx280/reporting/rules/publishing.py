"""What the public may see of a quarter: no small groups, nothing internal, every caveat."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET
from msgspec.structs import replace

from cx280.circular.implements import implements
from cx280.measures.rules.scores import polarity_of, scale_of
from cx280.measures.rules.suppression import is_too_few, suppress_line
from cx280.reporting.rules.caveats import caveats_of
from cx280.reporting.rules.content import Content, Question, SurveyReport, Tap, Volumes

Seen = list[int | None]


@implements("280.16-a6")
def public_version(content: Content, smallest: int = 10) -> Content:
    """The content as a release shows it. smallest: the least number of people in any group.

    Internal fields are absent; suppressed figures are null and `withheld` says why.
    """
    surveys = [_public_survey(each, smallest) for each in content.surveys]
    caveats = caveats_of(surveys)
    if any(question.withheld for survey in surveys for question in survey.questions):
        caveats.append(
            f"Groups of fewer than {smallest} people are not shown, nor figures that reveal them."
        )
    return replace(
        content,
        surveys=surveys,
        not_applicable=[replace(each, approver=UNSET) for each in content.not_applicable],
        caveats=caveats,
    )


def hidden_fields(content: Content) -> list[str]:
    """The internal fields that still stand in the content; [] for anything public."""
    found = []
    if any(each.approver is not UNSET for each in content.not_applicable):
        found.append("not_applicable.approver")
    if any(each.permits_release is not UNSET for each in content.surveys):
        found.append("surveys.permits_release")
    return found


def _public_survey(survey: SurveyReport, smallest: int) -> SurveyReport:
    if is_too_few(survey.volumes.respondents or 0, smallest):
        return replace(
            survey,
            permits_release=UNSET,
            volumes=Volumes(
                customers=survey.volumes.customers,
                offered=survey.volumes.offered,
                respondents=None,
            ),
            response_rate=None,
            response_rate_reason=_too_few(smallest),
            questions=[nothing_of(each, smallest) for each in survey.questions],
        )
    questions = {each.id: each for each in survey.questions}
    return replace(
        survey,
        permits_release=UNSET,
        questions=[_public_question(each, questions, smallest) for each in survey.questions],
    )


def _public_question(question: Question, others: dict[str, Question], smallest: int) -> Question:
    if is_too_few(question.answered or 0, smallest):
        return nothing_of(question, smallest)
    if question.is_scale:
        return _public_scale(question, _has_taps(question, others), smallest)
    return _public_taps(question, others.get(question.parent), smallest)


def _has_taps(rating: Question, others: dict[str, Question]) -> bool:
    return any(each.parent == rating.id and each.taps for each in others.values())


def _public_scale(question: Question, has_taps: bool, smallest: int) -> Question:
    """The finest form that singles nobody out: all counts; some, with the share; some; none.

    The share who agree is a sum of counts, so what it adds up is protected as a group of its
    own. The mean tells the sum of all codes to within n / 100, and where the truth lies at the
    edge of that it would give a hidden count away: so it is shown only with every count.
    """
    counts = [count or 0 for count in question.counts or []]
    if not any(is_too_few(count, smallest) for count in counts):
        return question
    why = f"Answers that fewer than {smallest} people gave are not shown."
    shown = _within_groups(counts, question.scale, smallest, by_polarity=has_taps)
    if shown is None and has_taps:
        shown = _within_groups(counts, question.scale, smallest, by_polarity=False)
    if shown is not None:
        return replace(question, counts=shown, mean=None, withheld=why)
    line = suppress_line(counts, smallest)
    if line.total_hidden:
        return nothing_of(question, smallest)
    return replace(
        question,
        counts=[None if hidden else n for n, hidden in zip(counts, line.hidden, strict=True)],
        agreeing=None,
        low=None,
        high=None,
        mean=None,
        withheld=f"{why} The share who agree would reveal them.",
    )


def _within_groups(
    counts: Sequence[int], scale: str, smallest: int, *, by_polarity: bool
) -> Seen | None:
    """The counts that may stand beside the total of each group; None when a total may not."""
    codes = scale_of(scale).codes
    groups: dict[str, list[int]] = {}
    for place, code in enumerate(codes):
        way = polarity_of(code, scale)
        groups.setdefault(way if by_polarity or way == "high" else "rest", []).append(place)
    shown: Seen = [None] * len(codes)
    for places in groups.values():
        line = suppress_line([counts[each] for each in places], smallest)
        if line.total_hidden:
            return None
        for place, hidden in zip(places, line.hidden, strict=True):
            shown[place] = None if hidden else counts[place]
    return shown


def _public_taps(question: Question, rating: Question | None, smallest: int) -> Question:
    """Taps of every group of raters or of none, because the groups add up to the rating."""
    if rating is not None and rating.counts is not None:
        counts = [count or 0 for count in rating.counts]
        small = any(is_too_few(count, smallest) for count in counts)
        if small and _within_groups(counts, rating.scale, smallest, by_polarity=True) is None:
            return nothing_of(question, smallest)
    if any(is_too_few(tap.shown or 0, smallest) for tap in question.taps):
        return nothing_of(question, smallest)
    taps = [_public_tap(tap, smallest) for tap in question.taps]
    hidden = any(tap.tapped is None for tap in taps)
    why = f"Choices of fewer than {smallest} people are not shown." if hidden else ""
    return replace(question, taps=taps, withheld=why)


def _public_tap(tap: Tap, smallest: int) -> Tap:
    """The tap; without its number when few tapped it, or few of those shown it did not."""
    if tap.tapped is None or tap.shown is None:
        return tap
    few = (tap.tapped, tap.shown - tap.tapped)
    return replace(tap, tapped=None) if any(is_too_few(n, smallest) for n in few) else tap


def nothing_of(question: Question, smallest: int) -> Question:
    """The question without any figure, and why."""
    return replace(
        question,
        answered=None,
        counts=None,
        agreeing=None,
        low=None,
        high=None,
        mean=None,
        taps=[replace(tap, tapped=None, shown=None) for tap in question.taps],
        withheld=_too_few(smallest),
    )


def _too_few(smallest: int) -> str:
    return f"Fewer than {smallest} people: too few to show."
