"""Hands texts to their provider, and says what it made of each."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from types import TracebackType
from typing import Self

from django.conf import settings
from django.utils import timezone

from cx280.delivery.actions.posting import about_of
from cx280.delivery.channels.answers import wait_of
from cx280.delivery.channels.receipts import Failed
from cx280.delivery.channels.sms.provider import Provider, provider
from cx280.delivery.models import Invitation
from cx280.delivery.queries.terms import Terms
from cx280.delivery.rules.carried import Outcome, meaning_of
from cx280.delivery.rules.gsm import size_of
from cx280.delivery.rules.texts import text_of
from cx280.delivery.rules.vocabulary import MessageChannel
from cx280.kernel.problem import Unusable
from cx280.surveys.models import Survey

log = logging.getLogger(__name__)
# A provider that is put right is not left alone for longer.
_LONGEST_WAIT = timedelta(minutes=15)
REMINDER = "r"


@dataclass(frozen=True, slots=True)
class Written:
    """A text ready to be handed over; name: what it is called to the provider."""

    number: str
    words: str
    name: str

    @property
    def parts(self) -> int:
        """How many the agency pays for."""
        return size_of(self.words).parts


class Texts:
    """The provider of texts for a round of messages; the same shape as `Post`."""

    channel = MessageChannel.SMS

    def __init__(self) -> None:
        self.is_away = False
        self.wait: timedelta | None = None
        self._provider: Provider | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """There is no line to close: each text goes over one of its own."""

    def is_ready(self) -> bool:
        """Whether there is a provider to hand texts to."""
        try:
            self._provider = self._provider or provider()
        except Unusable as problem:
            self._leave(f"{problem.message} {problem.fix}")
        return not self.is_away

    def invitation(
        self,
        survey: Survey,
        terms: Terms,
        invitation: Invitation,
        to: str,
        *,
        is_reminder: bool = False,
    ) -> Written:
        """The text about an interaction."""
        about = about_of(survey, terms, invitation, "", to, is_reminder=is_reminder)
        about = replace(about, language=invitation.interaction.language or about.language)
        sender = terms.mailing.sender if terms.mailing else about.agency
        text = text_of(about, sender, terms.mailing.text_words if terms.mailing else {})
        return Written(to, text.words, f"{invitation.key}{REMINDER if is_reminder else ''}")

    def send(self, message: Written) -> Outcome:
        """What became of the text. No number is written to the log."""
        if not self.is_ready() or self._provider is None:
            return Outcome.LATER
        receipts = receipts_address(message.name)
        try:
            answer = self._provider.asked(
                message.number, message.words, delivery=message.name, receipts=receipts
            )
        except Failed as failed:
            if failed.in_doubt:
                log.warning("The provider of texts broke off: %s", failed.sentence)
                return Outcome.UNKNOWN
            self._leave(failed.sentence, failed.wait)
            return Outcome.LATER
        found = meaning_of(answer.status, answer.body)
        if found.is_away:
            self._leave(found.why, wait_of(answer.retry_after, timezone.now()))
        elif found.why:
            log.warning("The provider of texts: %s", found.why)
        return found.outcome

    def _leave(self, why: str, wait: timedelta | None = None) -> None:
        self.is_away = True
        self.wait = min(wait, _LONGEST_WAIT) if wait else None
        log.warning("No text is sent for now. %s", why)


def receipts_address(name: str) -> str:
    """Where a provider says later what became of the text of that name."""
    return f"{settings.PUBLIC_ADDRESS}/hooks/texts/twilio/?message={name}"
