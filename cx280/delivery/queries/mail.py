"""Reads what became of a survey's messages: by state, how soon, how many began and answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q, Sum
from django.utils import timezone

from cx280.circular.implements import implements
from cx280.delivery.models import HandOver, Invitation, SentDay, TextReply
from cx280.delivery.queries.days import counts_since
from cx280.delivery.queries.terms import Terms
from cx280.delivery.rules.files import Row, read_rows
from cx280.delivery.rules.reach import ReachCounts
from cx280.delivery.rules.timing import Lags, lags_of
from cx280.delivery.rules.vocabulary import MessageChannel, Reason, State
from cx280.delivery.rules.wording import lag_in_words
from cx280.services.models import Service
from cx280.surveys.models import Survey, SurveyVersion


@dataclass(frozen=True, slots=True)
class Progress:
    """Messages of a time. states: of those drawn. lags: from end to message, None before any.

    offered: messages that reached somebody. started and answered: of the same days, whoever they
    were: nobody knows which message an answer came from.
    """

    states: dict[State, int]
    lags: Lags | None
    reminded: int
    offered: int
    started: int
    answered: int
    hours: int
    reasons: dict[Reason, int]
    channels: list[ByChannel]

    @property
    def drawn(self) -> int:
        """How many were drawn for a message."""
        return sum(self.states.values())

    @property
    def response_rate(self) -> float | None:
        """Answers of those offered; None where it cannot be computed or would be above 1."""
        return self.answered / self.offered if 0 < self.answered <= self.offered else None


@implements("280.10-b2", "280.10-k1", "280.10-k4")
def progress_of(survey: Survey, terms: Terms | None, since: datetime) -> Progress:
    """What became of the messages about interactions handed over from `since` on."""
    found = _since(survey, since)
    hours = terms.hours if terms else 48
    offered = SentDay.objects.filter(version__survey=survey, day__gte=since.date())
    began, answered = _answers(survey, since)
    return Progress(
        states=_of_drawn(found.states),
        lags=lags_of(list(found.lags.items()), hours),
        reminded=sum(each["reminded"] for each in found.sent.values()),
        offered=offered.aggregate(all=Sum("offered"))["all"] or 0,
        started=began,
        answered=answered,
        hours=hours,
        reasons={each: found.reasons[each] for each in Reason if found.reasons.get(each)},
        channels=_by_channel(found, survey, since),
    )


def _since(survey: Survey, since: datetime) -> ReachCounts:
    zone = ZoneInfo(survey.service.owner.time_zone)
    return counts_since(survey, since.astimezone(zone).date(), timezone.localdate(None, zone), zone)


def _of_drawn(states: Mapping[str, int]) -> dict[State, int]:
    """Of those drawn for a message: not those left out, nor those a program asks."""
    apart = {State.ASKED, State.NOT_DRAWN}
    return {each: states[each] for each in State if states.get(each) and each not in apart}


@dataclass(frozen=True, slots=True)
class ByChannel:
    """The messages of one channel. delivered: as the provider of texts says later. parts: texts
    that were paid for.
    """

    channel: MessageChannel
    states: dict[State, int]
    offered: int
    delivered: int
    parts: int
    lags: Lags | None

    @property
    def drawn(self) -> int:
        """How many were drawn for a message."""
        return sum(self.states.values())

    def count(self, *states: State) -> int:
        """How many stand in one of the states."""
        return sum(self.states.get(each, 0) for each in states)

    @property
    def middle(self) -> str:
        """Within how long half of them left, in words; "" before any."""
        return lag_in_words(self.lags.median) if self.lags else ""

    @property
    def waiting(self) -> int:
        """How many wait to be sent."""
        return self.count(State.WAITING)

    @property
    def returned(self) -> int:
        """How many came back or were called unwanted."""
        return self.count(State.BOUNCED, State.COMPLAINED)

    @property
    def in_doubt(self) -> int:
        """Of how many nobody knows."""
        return self.count(State.IN_DOUBT)

    @property
    def left_alone(self) -> int:
        """How many were not sent: too late, or for a reason."""
        return self.count(State.SUPPRESSED, State.EXPIRED)


def _by_channel(found: ReachCounts, survey: Survey, since: datetime) -> list[ByChannel]:
    """What became of the messages by email and by text; only channels that were used."""
    used = found.by["message"]
    return [_by(each, found, survey, since) for each in MessageChannel if each in used]


def _by(channel: MessageChannel, found: ReachCounts, survey: Survey, since: datetime) -> ByChannel:
    states, sent = found.by["message"][channel], found.sent.get(channel, Counter())
    offered = SentDay.objects.filter(version__survey=survey, day__gte=since.date(), channel=channel)
    return ByChannel(
        channel,
        {each: states[each] for each in State if states.get(each)},
        offered=offered.aggregate(all=Sum("offered"))["all"] or 0,
        delivered=sent["delivered"],
        parts=sent["parts"],
        lags=lags_of(list(found.lags_by.get(channel, {}).items()), 48),
    )


def _answers(survey: Survey, since: datetime) -> tuple[int, int]:
    """How many began and how many answered since that day. Answers stand above; by name only."""
    versions: Any = SurveyVersion.objects.filter(survey=survey)
    began = versions.aggregate(all=Sum("offers__started", filter=Q(offers__day__gte=since.date())))[
        "all"
    ]
    # Counted in an index by version and day; those set apart as a robot's are few.
    responses: Any = SurveyVersion._meta.get_field("responses").related_model
    given = responses.objects.filter(version__in=list(versions), day__gte=since.date())
    answered = given.count() - given.filter(~Q(suspected="")).count()
    return began or 0, answered


def hand_overs_of(survey: Survey) -> list[HandOver]:
    """The newest twenty hand-overs."""
    return list(HandOver.objects.filter(survey=survey).select_related("by")[:20])


def names_of_service(service: Service) -> frozenset[str]:
    """How files may write the service: its code or its name, whatever the case."""
    return frozenset({service.code.casefold(), service.name.casefold()})


def rows_of(
    survey: Survey, cells: Iterable[Mapping[str, str | None]], now: datetime
) -> Iterator[Row]:
    """Rows handed over about the survey, read as its service and this installation write them."""
    return read_rows(
        cells,
        services=names_of_service(survey.service),
        now=now,
        region=settings.CX280_PHONE_REGION,
    )


def mail_to_send(now: datetime, last: datetime | None) -> bool:
    """Whether a message, a reminder or a reply waits, or one has become too late."""
    if TextReply.objects.exists():
        return True
    waiting = Q(interaction__state=State.WAITING) & (
        Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    )
    waiting &= Q(not_before__isnull=True) | Q(not_before__lte=now) | Q(leave_by__lt=now)
    due = Q(remind_at__lte=now, reminded_at__isnull=True, interaction__state=State.SENT)
    return Invitation.objects.filter(~Q(address="") & (waiting | due)).exists()


def untold_days() -> list[SentDay]:
    """Days whose messages the counts of offers have not been told of."""
    found = SentDay.objects.filter(~Q(offered=F("told")))
    return list(found.select_related("version__survey", "unit"))
