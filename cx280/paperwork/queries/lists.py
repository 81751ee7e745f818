"""Requests as lists show them, and what may be done with one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from cx280.clearance.models import Clearance
from cx280.paperwork.models import Request, Study
from cx280.paperwork.rules.answers import Answers, read_answers
from cx280.paperwork.rules.burden import hours_of, respondents_of
from cx280.paperwork.rules.states import ENDED, State
from cx280.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in a list: where it stands and what it asks for."""

    request: Request
    state: State
    answers: Answers

    @property
    def respondents(self) -> int:
        """Members of the public it asks for."""
        return respondents_of(self.answers.burden)

    @property
    def hours(self) -> str:
        """Its burden in hours, to one decimal."""
        return f"{hours_of(self.answers.burden):,.1f}"


def lines_of(requests: Iterable[Request]) -> list[RequestLine]:
    """The requests with what they ask for; those under way first, in the order of their way."""
    lines = [RequestLine(each, State.of(each.state), read_answers(each.answers))
             for each in requests]  # fmt: skip
    order = list(State)
    return sorted(lines, key=lambda line: order.index(line.state))


def requests_about(about: Survey | Study) -> QuerySet[Request]:
    """The requests about a survey or study, newest first."""
    named = {"survey": about} if isinstance(about, Survey) else {"study": about}
    return Request.objects.filter(**named).order_by("-pk")


def may_be_copied(request: Request) -> bool:
    """Whether it was refused or withdrawn, and no other about the same is under way."""
    about = request.survey or request.study
    is_over = request.state in {State.REFUSED, State.WITHDRAWN}
    return is_over and about is not None and under_way(about) is None


def under_way(about: Survey | Study) -> Request | None:
    """The request about it that is not decided yet."""
    return requests_about(about).exclude(state__in=ENDED).first()


def requests_under(clearance: Clearance) -> QuerySet[Request]:
    """The requests under a clearance."""
    return Request.objects.filter(clearance=clearance).order_by("-pk")
