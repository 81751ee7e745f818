"""Senders of events who count as acknowledged only what was answered with 202."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

SITE = "permits"


@dataclass(slots=True)
class Ledger:
    """What one sender knows of its events, by id."""

    acknowledged: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)


class Sender(threading.Thread):
    """Sends new events to one of several collectors, and again until they are acknowledged.

    As people's browsers do, it sends some again that were acknowledged, gives up on some that were
    not, tells of things that happened days ago, and has now and then a clock that is ahead.
    """

    def __init__(self, label: str, ports: Sequence[int], seed: int, pause: float) -> None:
        super().__init__(daemon=True)
        self.label, self.pause = label, pause
        self.ledger = Ledger()
        self.stopping = threading.Event()
        self._chance = random.Random(seed)
        self._lines = [http.client.HTTPConnection("127.0.0.1", each, timeout=5) for each in ports]
        self._sent: deque[list[dict[str, object]]] = deque(maxlen=200)
        self._number = 0

    def run(self) -> None:
        """Until told to stop; what is under way then is still brought to its end."""
        while not self.stopping.is_set():
            again = self._sent and self._chance.random() < 0.1
            batch = self._chance.choice(self._sent) if again else self._events()
            self.ledger.counts["sent again after 202"] += len(batch) if again else 0
            self._bring(batch)
            self.stopping.wait(self._chance.uniform(0, 2 * self.pause))
        for each in self._lines:
            each.close()

    def _bring(self, batch: list[dict[str, object]]) -> None:
        ids = {str(each["id"]) for each in batch}
        tries = 0
        while (status := self._post(batch)) != 202:
            tries += 1
            self.ledger.counts[f"answered {status}" if status else "no answer"] += 1
            if status not in (0, 503) or (status == 0 and self._chance.random() < 0.05):
                self.ledger.given_up |= ids
                return
            time.sleep(self._chance.uniform(0.01, 0.1))
        self.ledger.acknowledged |= ids
        self.ledger.counts["acknowledged on a later try"] += len(ids) if tries else 0
        self._sent.append(batch)

    def _post(self, batch: list[dict[str, object]]) -> int:
        """The status; 0 where none came back."""
        line = self._chance.choice(self._lines)
        try:
            line.request("POST", "/t/v1/events", json.dumps(batch), {"Content-Type": "text/plain"})
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            line.close()
            return 0
        return answer.status

    def _events(self) -> list[dict[str, object]]:
        made = []
        for _ in range(self._chance.randint(1, 12)):
            self._number += 1
            ago, odd = timedelta(seconds=self._chance.expovariate(1)), self._chance.random()
            if odd < 0.05:
                ago = timedelta(hours=self._chance.uniform(0, 72))
            elif odd < 0.08:
                ago = -timedelta(hours=self._chance.uniform(0.1, 30))
            at = (datetime.now(UTC) - ago).isoformat().replace("+00:00", "Z")
            made.append(
                {"id": f"{self.label}-{self._number}", "site": SITE, "at": at, "kind": "click",
                 "name": "start", "page": "/permits/boats", "value": 1.5}
            )  # fmt: skip
        return made
