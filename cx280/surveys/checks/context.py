"""Context: what a check may know besides the document. Everything but the edition has a default."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from cx280.circular.edition import Edition, edition
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, DiscussionKind
from cx280.surveys.rules.wording import Wording, classify


@dataclass(frozen=True, slots=True)
class Discussion:
    """A talk with OMB that ended in agreement: about what, on which day, with whom."""

    kind: DiscussionKind
    held_on: date
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What people are told before the first question (280.8-b9); an empty one is missing."""

    purpose: str = ""
    voluntary: str = ""
    minutes: float | None = None
    control_number: str = ""
    expires_on: date | None = None
    privacy_link: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """The edition, and what is known of the service, the talks with OMB and the day.

    on: the day the survey would open; None counts every talk. channel: where the service is
    given (a value of services' Channel), "" when unknown. has_human_role: whether a person does a
    task in it; None when unknown. disclosure: None while nobody is about to open the survey.
    measured_minutes: the median of real answers, None before there are any. read_locales: those
    whose words a native speaker read over; None when unknown.
    """

    edition: Edition = field(default_factory=lambda: edition("FY2022"))
    on: date | None = None
    discussions: tuple[Discussion, ...] = ()
    names: tuple[str, ...] = ()
    channel: str = ""
    has_human_role: bool | None = None
    disclosure: Disclosure | None = None
    measured_minutes: float | None = None
    read_locales: frozenset[str] | None = None

    def agreed(self, *kinds: DiscussionKind) -> Discussion | None:
        """The latest talk of these kinds held on or before the day, or None."""
        held = [
            each
            for each in self.discussions
            if each.kind in kinds and (self.on is None or each.held_on <= self.on)
        ]
        return max(held, key=lambda each: each.held_on, default=None)

    def wording(self, document: SurveyDocument, question: Question, construct: str) -> Wording:
        """How the question's English stands to the statements for a construct."""
        names = tuple(dict.fromkeys(each for each in (*self.names, document.service) if each))
        return classify(question.words(), construct, self.edition, names)


def asked(document: SurveyDocument, *constructs: Construct) -> list[tuple[int, Question]]:
    """The questions filed under one of the constructs, with their places."""
    return [(i, each) for i, each in enumerate(document.questions) if each.measures(*constructs)]


def place(index: int) -> str:
    """A question's place as findings write it: `questions[15]`."""
    return f"questions[{index}]"


def quoted(question: Question) -> str:
    """The question in quotes, shortened so that a message stays one line."""
    words = " ".join(question.words().split())
    return f"“{words if len(words) <= 80 else words[:79].rstrip() + '…'}”"
