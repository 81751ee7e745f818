"""What a job of the worker is, and how it ended."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Job:
    """One job: its name, the place of its task (`module:function`), and the seconds between runs.

    takes: `now` for a moment, `today` for a day: the clock is handed in, tasks never read it.
    apart: in a process of its own, as it loads much (see `cx280.site.apart`), and there for at most
    `patience` seconds. beside: in a thread of its own, as it waits for servers of others (see
    `cx280.site.beside`). when: the place of a function `(now, last) -> bool` that says, without
    loading much, whether there is anything to do; `last` is when it was last done well, if it was.
    """

    name: str
    place: str
    every: int
    takes: str
    apart: bool = False
    beside: bool = False
    when: str = ""
    patience: int = 600

    @property
    def task(self) -> Callable[..., object]:
        """The function itself, imported when first needed."""
        return _found(self.place)

    def has_work(self, now: datetime, last: datetime | None) -> bool:
        """Whether there is anything to do, as far as can be told beforehand."""
        return not self.when or bool(_found(self.when)(now, last))

    def run(self, now: datetime | None = None) -> None:
        """Runs the task with the clock it takes."""
        now = now or timezone.now()
        self.task(now if self.takes == "now" else timezone.localdate(now))

    def as_data(self) -> dict[str, object]:
        """Its fields by name, to be handed to another process."""
        return asdict(self)


def _found(place: str) -> Callable[..., object]:
    module, function = place.split(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), function)
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job went: when it was finished, the milliseconds taken, what failed if anything did."""

    name: str
    finished: datetime
    milliseconds: int
    failure: str = ""
