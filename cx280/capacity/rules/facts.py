"""An assessment as its checks, its levels and its signed version read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cx280.capacity.rules.templates import Function, Template
from cx280.capacity.rules.vocabulary import Said


@dataclass(frozen=True, slots=True)
class Known:
    """Something cx280 knows: in words, where it stands, as of which day. Never anybody's word."""

    words: str
    address: str
    as_of: date
    count: int | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence somebody gave for an answer."""

    kind: str
    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said under one code: a level, that it is not evidenced, or words.

    confirmed: whether somebody confirmed what cx280 knows as the agency's own word.
    """

    code: str
    said: str
    level: int | None = None
    words: str = ""
    evidence: Sequence[Shown] = ()
    confirmed: bool = False
    by: str = ""
    on: date | None = None

    @property
    def rates(self) -> bool:
        """Whether it counts as a level: above zero only with evidence."""
        if self.said != Said.LEVEL or self.level is None:
            return False
        return self.level == 0 or bool(self.evidence)


@dataclass(frozen=True, slots=True)
class Improvement:
    """An initiative: from the Action Plan or from the register of steps to maturity.

    matures: whether it is a step to greater maturity. is_action: whether it stands in a plan.
    """

    words: str
    status: str
    source: str
    address: str = ""
    human_centered: str = ""
    evidence: Sequence[str] = ()
    idea: str = ""
    serves: str = ""
    is_action: bool = True
    matures: bool = False


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """A whole assessment.

    answers: by code of the template. known: by the name a template knows it under. vacant: the
    mandatory roles nobody holds. unreviewed: ended quarters of the year without a review.
    mindset: what is said of each of the three practices. idea_report: the items of the IDEA report.
    """

    subject: str
    fiscal_year: int
    template: Template
    answers: Mapping[str, Answered]
    known: Mapping[str, Sequence[Known]] = field(default_factory=dict)
    improvements: Sequence[Improvement] = ()
    no_initiative: str = ""
    vacant: Sequence[str] = ()
    unreviewed: Sequence[str] = ()
    mindset: Mapping[str, str] = field(default_factory=dict)
    idea_report: Sequence[str] = ()

    def rated(self, function: Function) -> list[Answered]:
        """The answers to the function's practices that count as a level."""
        found = [self.answers.get(each.code) for each in function.practices]
        return [each for each in found if each is not None and each.rates]

    def told(self, code: str) -> str:
        """The words under a code, without white space around them."""
        found = self.answers.get(code)
        return found.words.strip() if found else ""

    def confirmed(self, code: str) -> bool:
        """Whether what cx280 knows there was confirmed."""
        found = self.answers.get(code)
        return bool(found and found.confirmed)
