"""A release that stands up to an attacker who reads it beside every release before it.

`public_version` hides what its own figures would give away, quickly. `safe_version` has every
question attacked (linear programs over whole numbers of people) together with what was printed
before, and hides more where a count would follow closer than the rule allows: first single
counts, then everything but how many answered, then that too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.attacked import (
    ANSWERED,
    HIGH,
    Earlier,
    Known,
    cell,
    known_scale,
    known_taps,
)
from cx280.reporting.rules.content import Content, Question, SurveyReport
from cx280.reporting.rules.publishing import nothing_of, public_version
from cx280.stats.disclosure import Rule, protect


@dataclass(frozen=True, slots=True)
class Release:
    """What an earlier release of the same service and quarter printed, and its number."""

    number: int
    content: Content


@dataclass(frozen=True, slots=True)
class Safe:
    """What may be released, and what had to be hidden beyond its own figures' sake.

    attacked: how many small counts the attacker tried. further: INFO for each question of which
    more is hidden than its own figures ask for.
    """

    content: Content
    attacked: int
    further: tuple[Finding, ...]

    def verdict(self, smallest: int, earlier: Sequence[Release]) -> dict[str, Any]:
        """What is kept with the release: the rule, what was read together, places, no figures."""
        return {
            "smallest": smallest,
            "width": Rule(smallest).least_width(1),
            "earlier": [each.number for each in earlier],
            "attacked": self.attacked,
            "further": [each.where for each in self.further],
        }


@implements("280.16-a6")
def safe_version(content: Content, smallest: int = 10, earlier: Sequence[Release] = ()) -> Safe:
    """The public version that no attacker can use to tell of fewer than `smallest` people.

    earlier: the releases of the same service and quarter, in any order; a correction is read
    beside what it replaces.
    """
    base = public_version(content, smallest)
    surveys: list[SurveyReport] = []
    further: list[Finding] = []
    attacked = 0
    for truth, printed in zip(content.surveys, base.surveys, strict=True):
        found = _Survey(truth, printed, smallest, earlier)
        surveys.append(found.safe())
        attacked += found.attacked
        further += found.further
    shown = replace(base, surveys=surveys)
    if further:
        words = "Some figures are not shown because, beside an earlier release, they would tell of"
        shown = replace(shown, caveats=[*shown.caveats, f"{words} fewer than {smallest} people."])
    return Safe(shown, attacked, tuple(further))


class _Survey:
    """One survey on its way into a release: truth, what is printed, what was printed before."""

    def __init__(
        self,
        truth: SurveyReport,
        printed: SurveyReport,
        smallest: int,
        earlier: Sequence[Release],
    ) -> None:
        self.truth, self.printed, self.smallest = truth, printed, smallest
        self.before = [
            (each.number, survey)
            for each in earlier
            if (survey := each.content.survey(truth.code)) is not None
        ]
        self.attacked = 0
        self.further: list[Finding] = []
        self.now = {_asked(each): each for each in printed.questions}

    def safe(self) -> SurveyReport:
        """The survey with everything hidden that has to be; ratings first, then what lies under."""
        for each in sorted(self.truth.questions, key=lambda one: bool(one.taps)):
            if each.counts is not None:
                self._settle(each, self._scale, self._next_scale)
            elif each.taps:
                self._settle(each, self._taps, self._next_taps)
        same = [self.now[_asked(each)] for each in self.printed.questions]
        return replace(self.printed, questions=same)

    def _settle(
        self,
        truth: Question,
        know: Callable[[Question], Known],
        steps: Callable[[Question], list[Callable[[], Question]]],
    ) -> None:
        """Goes down the steps until nothing is broken."""
        known = know(truth)
        self.attacked += len(known.hidden & set(known.system.primary(Rule(self.smallest))))
        wrong = known.broken(self.smallest)
        if not wrong:
            return
        for step in steps(truth):
            self.now[_asked(truth)] = step()
            wrong = know(truth).broken(self.smallest)
            if not wrong:
                self.further.append(_hidden_more(self.truth, truth, self._beside(), self.smallest))
                return
        # Nothing of it is printed now, so what still follows, earlier releases tell alone.
        self.further.append(_told_before(self.truth, truth, self._beside(), self.smallest))

    def _beside(self) -> list[int]:
        return sorted(number for number, _ in self.before)

    def _earlier(self, truth: Question) -> list[Earlier]:
        """The question in each earlier release: the very same one, else the only one so called.

        Other words in a correction are the same people's answers all the same.
        """
        found = []
        for number, survey in self.before:
            called = [each for each in survey.questions
                      if each.id == truth.id and each.scale == truth.scale]  # fmt: skip
            same = [each for each in called if _asked(each) == _asked(truth)]
            for each in same or (called if len(called) == 1 else []):
                under = [one for one in survey.questions if one.parent == truth.id]
                found.append(Earlier(number, each, tuple(tap for one in under for tap in one.taps)))
        return found

    def _under(self, truth: Question) -> list[Question]:
        return [each for each in self.now.values() if each.parent == truth.id and each.taps]

    def _scale(self, truth: Question) -> Known:
        taps = [tap for each in self._under(truth) for tap in each.taps]
        return known_scale(truth, self.now[_asked(truth)], taps, self._earlier(truth))

    def _taps(self, truth: Question) -> Known:
        return known_taps(truth, self.now[_asked(truth)], self._earlier(truth))

    def _next_scale(self, truth: Question) -> list[Callable[[], Question]]:
        return [
            lambda: self._without_some(truth),
            lambda: self._without_taps(self._only_answered(truth)),
            lambda: nothing_of(self.now[_asked(truth)], self.smallest),
        ]

    def _next_taps(self, truth: Question) -> list[Callable[[], Question]]:
        return [lambda: nothing_of(self.now[_asked(truth)], self.smallest)]

    def _without_some(self, truth: Question) -> Question:
        """Single counts hidden, as few as the search finds; the mean goes with the first."""
        printed = replace(self.now[_asked(truth)], mean=None)
        self.now[_asked(truth)] = printed
        known = self._scale(truth)
        found = protect(known.system, Rule(self.smallest), hidden=known.hidden, whole=True)
        if found.broken or printed.counts is None:
            return self._only_answered(truth)
        hidden = found.hidden
        if ANSWERED in hidden:
            return nothing_of(printed, self.smallest)
        shown = [None if cell(at) in hidden else n for at, n in enumerate(printed.counts or [])]
        question = replace(printed, counts=shown, withheld=self._why())
        if HIGH in hidden:
            question = replace(question, agreeing=None, low=None, high=None)
        return question

    def _only_answered(self, truth: Question) -> Question:
        return replace(
            self.now[_asked(truth)],
            counts=None,
            agreeing=None,
            low=None,
            high=None,
            mean=None,
            withheld=self._why(),
        )

    def _without_taps(self, question: Question) -> Question:
        for each in self._under(question):
            self.now[_asked(each)] = nothing_of(each, self.smallest)
        return question

    def _why(self) -> str:
        if not self.before:
            return f"Figures that would tell of fewer than {self.smallest} people are not shown."
        return (
            f"Beside release {_listed(self._beside())}, more would tell how fewer than "
            f"{self.smallest} people answered."
        )


def attack_release(
    content: Content, printed: Content, smallest: int, earlier: Sequence[Release] = ()
) -> list[Finding]:
    """ERROR for each question of which `printed` tells too much, beside what was printed before.

    content: the truth. What earlier releases tell by themselves is not the new one's fault.
    """
    found = []
    for truth, shown in zip(content.surveys, printed.surveys, strict=True):
        survey = _Survey(truth, shown, smallest, earlier)
        for each in truth.questions:
            know = survey._scale if each.counts is not None else survey._taps
            wrong = know(each).broken(smallest)
            printed_now = [survey.now[_asked(each)], *survey._under(each)]
            if wrong and any(_tells(one) for one in printed_now):
                found.append(_follows(truth, each, survey._beside(), smallest))
    return found


def _asked(question: Question) -> tuple[str, str, str]:
    """What tells the questions of a survey apart: two versions may use one id for two wordings."""
    return question.id, question.text, question.comparable


def _tells(question: Question) -> bool:
    return question.answered is not None or any(tap.shown is not None for tap in question.taps)


def _place(survey: SurveyReport, question: Question) -> str:
    return f"surveys[{survey.code}].questions[{question.id}]"


def _listed(numbers: Sequence[int]) -> str:
    return " and ".join(str(each) for each in numbers)


def _about(survey: SurveyReport, question: Question) -> str:
    return f"{survey.title}, “{question.text}”"


def _hidden_more(
    survey: SurveyReport, question: Question, beside: Sequence[int], smallest: int
) -> Finding:
    reason = f"Beside release {_listed(beside)}, all" if beside else "All"
    return Finding(
        rule="280.16-a6",
        severity=Severity.INFO,
        message=(
            f"{_about(survey, question)}: {reason.lower() if not beside else reason} its figures"
            f" would tell how fewer than {smallest} people answered, so some are not shown."
        ),
        where=_place(survey, question),
        fix="To show them, correct when more answers have changed." if beside else "Nothing to do.",
    )


def _told_before(
    survey: SurveyReport, question: Question, beside: Sequence[int], smallest: int
) -> Finding:
    return Finding(
        rule="280.16-a6",
        severity=Severity.INFO,
        message=(
            f"{_about(survey, question)}: what was released before (release {_listed(beside)})"
            f" tells of fewer than {smallest} people by itself. The new release adds nothing."
        ),
        where=_place(survey, question),
        fix="What is public stays public; the new release shows nothing of this question.",
    )


def _follows(
    survey: SurveyReport, question: Question, beside: Sequence[int], smallest: int
) -> Finding:
    together = f" beside release {_listed(beside)}" if beside else ""
    return Finding(
        rule="280.16-a6",
        severity=Severity.ERROR,
        message=(
            f"{_about(survey, question)}: from what would be printed{together}, anybody can work"
            f" out how fewer than {smallest} people answered."
        ),
        where=_place(survey, question),
        fix="Correct the quarter when more answers have changed, or leave the earlier release.",
    )
