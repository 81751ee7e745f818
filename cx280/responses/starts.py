"""How many people opened a survey: counted in memory, added to the record every few seconds.

Looking at a survey writes nothing to the database; a counter in this process goes up. So it is
with what websites tell of the surveys they show. At most a few seconds of counts are lost when a
process is killed; answers never are.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from datetime import date
from typing import NamedTuple

from django.db import DatabaseError, connection

from cx280.responses import actions, queries
from cx280.surveys.models import SurveyVersion

_log = logging.getLogger(__name__)
EVERY_SECONDS = 5.0


class Start(NamedTuple):
    """What one opened page adds to.

    embed: how a website shows it, "" for the page by itself. what: the count that goes up.
    """

    version: int
    unit_code: str
    channel: str
    day: date
    language: str = ""
    stratum: str = ""
    embed: str = ""
    what: str = "started"


class Answered(NamedTuple):
    """An answer that came some hours after the interaction ended; nothing else of it is kept."""

    version: int
    quarter: date
    hours: int


class Starts:
    """The counts of one process since the last flush."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[Start | Answered] = Counter()
        self._flusher: threading.Thread | None = None
        self._stop = threading.Event()

    def add(self, start: Start | Answered) -> None:
        """One more person opened the page, or answered."""
        with self._lock:
            self._counts[start] += 1

    def flush(self) -> int:
        """Adds what was counted to the record and gives back how many that were.

        What cannot be written now is kept for the next time.
        """
        with self._lock:
            counts, self._counts = self._counts, Counter()
        written = 0
        for start in list(counts):
            try:
                _write(start, counts[start])
            except DatabaseError as error:
                _log.warning("Counts of opened surveys wait for the database: %s", error)
                with self._lock:
                    self._counts += counts
                return written
            written += counts.pop(start)
        return written

    def begin(self) -> None:
        """Starts the one thread that flushes in this process; `end` belongs to its shutdown."""
        with self._lock:
            if self._flusher is not None:
                return
            self._flusher = threading.Thread(target=self._run, name="cx280-starts", daemon=True)
        self._flusher.start()

    def end(self) -> None:
        """Stops the thread and writes what is left."""
        self._stop.set()
        if self._flusher is not None:
            self._flusher.join()
        self.flush()
        connection.close()

    def _run(self) -> None:
        while not self._stop.wait(EVERY_SECONDS):
            try:
                self.flush()
            except Exception:  # the next round may go well; the thread must not end
                _log.exception("Counts of opened surveys could not be written.")
            connection.close()  # of this thread; none is held while nothing happens


def _write(start: Start | Answered, people: int) -> None:
    if isinstance(start, Answered):
        actions.count_reach(
            start.version, kind="answered", day=start.quarter, value=str(start.hours), people=people
        )
        return
    version = SurveyVersion.objects.select_related("survey__service__owner").filter(
        pk=start.version
    )
    found = version.defer("document", "findings", "survey__draft").first()
    if found is None:
        return
    unit = queries.unit_for(queries.owner_of(found), start.unit_code)
    actions.count_people(
        start.version,
        unit=unit,
        channel=start.channel,
        day=start.day,
        embed=start.embed,
        **{start.what: people},
    )
    for kind, value in (("language", start.language), ("stratum", start.stratum)):
        if value:
            actions.count_reach(start.version, kind=kind, day=start.day, value=value, people=people)


starts = Starts()
