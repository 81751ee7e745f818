"""Reads what became of a survey's messages: by state, how soon, how many began and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, Sum

from cx280.circular.implements import implements
from cx280.delivery.models import HandOver, Interaction, Invitation, SentDay
from cx280.delivery.queries.terms import Terms
from cx280.delivery.rules.timing import Lags, lags_of
from cx280.delivery.rules.vocabulary import State
from cx280.services.models import Service
from cx280.surveys.models import Survey, SurveyVersion

# Those of which a message left, whatever came of it.
_LEFT = (State.SENT, State.BOUNCED, State.COMPLAINED)


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
    drawn = Interaction.objects.filter(
        survey=survey, received_at__gte=since, is_drawn=True
    ).exclude(state=State.ASKED)
    counts = dict(drawn.values_list("state").annotate(count=Count("pk")).order_by())
    left = Invitation.objects.filter(
        interaction__survey=survey, interaction__received_at__gte=since,
        interaction__state__in=_LEFT,
    )  # fmt: skip
    hours = terms.hours if terms else 48
    lags = left.filter(lag_minutes__isnull=False).values_list("lag_minutes")
    offered = SentDay.objects.filter(version__survey=survey, day__gte=since.date())
    began, answered = _answers(survey, since)
    return Progress(
        states={each: counts[each] for each in State if counts.get(each)},
        lags=lags_of(list(lags.annotate(count=Count("pk")).order_by()), hours),
        reminded=left.filter(reminded_at__isnull=False).count(),
        offered=offered.aggregate(all=Sum("offered"))["all"] or 0,
        started=began,
        answered=answered,
        hours=hours,
    )


def _answers(survey: Survey, since: datetime) -> tuple[int, int]:
    """How many began and how many answered since that day. Answers stand above; by name only."""
    versions: Any = SurveyVersion.objects.filter(survey=survey)
    began = versions.aggregate(all=Sum("offers__started", filter=Q(offers__day__gte=since.date())))[
        "all"
    ]
    answered = versions.aggregate(
        all=Count(
            "responses",
            filter=Q(responses__received_at__gte=since, responses__suspected=""),
        )
    )["all"]
    return began or 0, answered or 0


def hand_overs_of(survey: Survey) -> list[HandOver]:
    """The newest twenty hand-overs."""
    return list(HandOver.objects.filter(survey=survey).select_related("by")[:20])


def names_of_service(service: Service) -> frozenset[str]:
    """How files may write the service: its code or its name, whatever the case."""
    return frozenset({service.code.casefold(), service.name.casefold()})


def mail_to_send(now: datetime, last: datetime | None) -> bool:
    """Whether a message or a reminder waits, or one has become too late."""
    waiting = Q(interaction__state=State.WAITING) & (
        Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    )
    due = Q(remind_at__lte=now, reminded_at__isnull=True, interaction__state=State.SENT)
    return Invitation.objects.filter(~Q(address="") & (waiting | due)).exists()


def untold_days() -> list[SentDay]:
    """Days whose messages the counts of offers have not been told of."""
    found = SentDay.objects.filter(~Q(offered=F("told")))
    return list(found.select_related("version__survey", "unit"))
