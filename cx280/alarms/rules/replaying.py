"""What each choice of sensitivity would have told over a history. Loads numpy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cx280.alarms.rules.joint import Fall, incidents_of
from cx280.alarms.rules.looking import told_since
from cx280.alarms.rules.series import Series
from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import Sensitivity, share_of

Given = tuple[Kind, str, Series | None]


def replayed(service: int, given: Sequence[Given], first: datetime) -> list[tuple[str, int]]:
    """Each choice with the incidents that would have been opened from `first` on.

    given: the kind and key of each watch of a service with its series. Every period is judged by
    what came before it, as it would have been on its day.
    """
    return [
        (choice.value, incidents_of(_falls(service, given, choice.a_month, first)))
        for choice in Sensitivity
    ]


def _falls(service: int, given: Sequence[Given], a_month: float, first: datetime) -> list[Fall]:
    able = [kind for kind, _, series in given if series is not None]
    return [
        Fall(0, service, kind, series.starts[at], series.end(at), series.starts[since])
        for kind, key, series in given
        if series is not None
        for at, since in told_since(kind, key, series, a_month=share_of(a_month, kind, able))
        if series.starts[at] >= first
    ]
