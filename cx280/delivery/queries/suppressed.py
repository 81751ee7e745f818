"""Reads whom an agency's contact rules left alone, by survey and reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from cx280.agencies.models import Organization
from cx280.delivery.models import Interaction
from cx280.delivery.queries.reach import ASKED
from cx280.delivery.rules.vocabulary import Reason, State

DAYS = 90


@dataclass(frozen=True, slots=True)
class Left:
    """One survey: drawn, asked, and left alone by reason."""

    code: str
    title: str
    drawn: int
    asked: int
    reasons: list[tuple[str, int]]


def suppressed_in(agency: Organization) -> list[Left]:
    """The agency's surveys that drew anybody in the last 90 days, by title."""
    rows = (
        Interaction.objects.filter(
            agency=agency, is_drawn=True, received_at__gte=timezone.now() - timedelta(days=DAYS)
        )
        .values_list("survey__code", "survey__title", "state", "reason")
        .annotate(count=Count("pk"))
        .order_by("survey__title", "survey__code")
    )
    surveys = dict.fromkeys((code, title) for code, title, *_ in rows)
    return [_left(code, title, [e[2:] for e in rows if e[0] == code]) for code, title in surveys]


def _left(code: str, title: str, rows: list[tuple[str, str, int]]) -> Left:
    reasons = {
        each.label: sum(count for _, reason, count in rows if reason == each) for each in Reason
    }
    return Left(
        code,
        title,
        drawn=sum(count for *_, count in rows),
        asked=sum(count for state, _, count in rows if State.of(state) in ASKED),
        reasons=[(words, count) for words, count in reasons.items() if count],
    )
