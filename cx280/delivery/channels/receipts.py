"""How a sending ends: with a receipt, or with a failure that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receiver said when it took the message. It never holds the message or a secret."""

    said: str
    at: datetime


class Failed(Exception):
    """A message was not taken; `sentence` says why and what to do, fit for the log and the page.

    permanent: trying again is of no use. tries: after so many in all it is of no use either (None:
    go on). wait: not to be tried again sooner, since the receiver said so (None: as you like).
    """

    def __init__(
        self,
        sentence: str,
        *,
        permanent: bool,
        tries: int | None = None,
        wait: timedelta | None = None,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.permanent = permanent
        self.tries = tries
        self.wait = wait
