"""What people who came online said in some days: their scores, and their newest comments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cx280.dashboards.queries.asked import OUTCOMES, Asked, asked_now, share_in
from cx280.dashboards.queries.comments import CommentShown, comments_between, comments_shown
from cx280.measures.access import Sight
from cx280.measures.queries import versions_of
from cx280.measures.rules.scores import Share
from cx280.pages.written import number
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import SurveyVersion

DIGITAL = tuple(each.value for each in Channel if each.is_digital)
_LATEST = 4  # comments


@dataclass(frozen=True, slots=True)
class Scored:
    """A construct as it is asked now, and its share; None where too few answered to show it."""

    asked: Asked
    share: Share | None

    @property
    def label(self) -> str:
        """Trust, or Satisfaction."""
        return self.asked.construct.capitalize()

    @property
    def n(self) -> str:
        """From how many answers; said already where these are views of those who chose."""
        if self.share is None or self.share.bounds is None:
            return ""
        return f"n {number(self.share.n)}"


@dataclass(frozen=True, slots=True)
class Said:
    """Scores and comments of digital channels; no comments for whoever may not read them."""

    scores: tuple[Scored, ...]
    comments: tuple[CommentShown, ...]
    comment_count: int


def said_online(sight: Sight, first: date, last: date, smallest: int) -> Said:
    """What was said of the service through digital channels in those days, both included."""
    versions = versions_of(sight.service)
    asked = [found for each in OUTCOMES if (found := asked_now(versions, each)) is not None]
    scores = tuple(Scored(each, _share(each, first, last, smallest)) for each in asked)
    comments, count = _comments(sight, versions, first, last)
    return Said(scores, comments, count)


def _share(asked: Asked, first: date, last: date, smallest: int) -> Share | None:
    share = share_in(asked, first, last, DIGITAL)
    return share if share.n >= smallest else None


def _comments(
    sight: Sight, versions: list[SurveyVersion], first: date, last: date
) -> tuple[tuple[CommentShown, ...], int]:
    if not sight.sees_comments:
        return (), 0
    found = comments_between(sight.service, first, last).filter(channel__in=DIGITAL)
    return tuple(comments_shown(found[:_LATEST], versions)), found.count()
