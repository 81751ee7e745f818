"""Who carries messages: the mail server, and the provider of texts; both of one shape."""

from __future__ import annotations

from datetime import timedelta
from types import TracebackType
from typing import Any, Protocol, Self

from cx280.delivery.actions.posting import Post
from cx280.delivery.actions.texting import Texts
from cx280.delivery.models import Invitation
from cx280.delivery.queries.terms import Terms
from cx280.delivery.rules.carried import Outcome
from cx280.delivery.rules.vocabulary import MessageChannel
from cx280.surveys.models import Survey


class Carrier(Protocol):
    """A round of messages of one channel.

    is_away: there is no use in trying the next message now; wait: nor sooner than that.
    """

    channel: MessageChannel
    is_away: bool
    wait: timedelta | None

    def __enter__(self) -> Self:
        """Itself; a line is opened when it is needed."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes what is open."""
        ...

    def is_ready(self) -> bool:
        """Whether a message can be handed over now."""
        ...

    def invitation(
        self,
        survey: Survey,
        terms: Terms,
        invitation: Invitation,
        to: str,
        *,
        is_reminder: bool = False,
    ) -> Any:  # noqa: ANN401
        """The message about an interaction, for `send` alone."""
        ...

    def send(self, message: Any) -> Outcome:  # noqa: ANN401
        """What became of the message."""
        ...


def carriers() -> tuple[Carrier, ...]:
    """One of each, for a round."""
    return (Post(), Texts())


def parts_of(message: object) -> int:
    """How many texts the agency pays for; 0 for mail."""
    return int(getattr(message, "parts", 0))
