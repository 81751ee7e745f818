"""Hands messages to the mail server, and says what it made of each."""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta
from email.utils import formataddr, parseaddr
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from cx280.agencies.queries import agency_of
from cx280.delivery.models import Invitation
from cx280.delivery.queries.plans import group_in_link
from cx280.delivery.queries.terms import Terms
from cx280.delivery.rules.carried import Outcome
from cx280.delivery.rules.letters import About, hour_of, letter
from cx280.delivery.rules.vocabulary import MessageChannel
from cx280.delivery.rules.words import language_of
from cx280.delivery.stopping import stop_address
from cx280.surveys.models import Survey
from cx280.surveys.rules.languages import matching
from cx280.surveys.rules.links import address
from cx280.surveys.rules.minutes import minutes

log = logging.getLogger(__name__)
_MINUTE = 60


class Post:
    """One connection to the mail server for a round of messages.

    is_away: the server did not answer, so there is no use in trying the next message now. wait: how
    long it asks us to leave it alone; mail servers do not say.
    """

    channel = MessageChannel.EMAIL

    def __init__(self) -> None:
        self._connection: Any = get_connection(timeout=_MINUTE) if _is_smtp() else get_connection()
        self.is_away = False
        self.wait: timedelta | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._connection.close()
        except (OSError, smtplib.SMTPException) as problem:
            log.info("The mail server was gone at the end: %s", type(problem).__name__)

    def is_ready(self) -> bool:
        """Whether the mail server answers; a connection that it closed meanwhile is opened anew."""
        known = getattr(self._connection, "connection", None)
        try:
            if known is not None and _answers(known):
                return True
            self._connection.connection = None
            self._connection.open()
        except (OSError, smtplib.SMTPException) as problem:
            log.warning("The mail server does not answer: %s", type(problem).__name__)
            self.is_away = True
        return not self.is_away

    def send(self, message: EmailMultiAlternatives) -> Outcome:
        """What became of the message. No address is written to the log."""
        try:
            self._connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            return Outcome.REFUSED if all(each >= 500 for each in codes) else Outcome.LATER
        except smtplib.SMTPResponseException as refused:
            return Outcome.REFUSED if refused.smtp_code >= 500 else Outcome.LATER
        except (OSError, smtplib.SMTPException) as problem:
            log.warning("The mail server broke off: %s", type(problem).__name__)
            self._connection.connection = None
            return Outcome.UNKNOWN
        return Outcome.TAKEN

    def invitation(
        self,
        survey: Survey,
        terms: Terms,
        invitation: Invitation,
        to: str,
        *,
        is_reminder: bool = False,
    ) -> EmailMultiAlternatives:
        """The message about an interaction, with both parts and the ways to stop."""
        agency, language = invitation.interaction.agency_id, _language(invitation, terms)
        stop = stop_address(agency, invitation.person, language)
        written = letter(
            terms.document, about_of(survey, terms, invitation, stop, to, is_reminder=is_reminder)
        )
        sender = terms.mailing.sender if terms.mailing else ""
        message = EmailMultiAlternatives(
            subject=written.subject,
            body=written.text,
            from_email=formataddr((sender, _own_address())),
            to=[to],
            headers={
                "Message-ID": f"<{invitation.key}{'.r' if is_reminder else ''}@{_domain()}>",
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
            },
            connection=self._connection,
        )
        message.attach_alternative(written.html, "text/html")
        return message


def _answers(connection: smtplib.SMTP) -> bool:
    try:
        return connection.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def about_of(
    survey: Survey, terms: Terms, invitation: Invitation, stop: str, to: str, *, is_reminder: bool
) -> About:
    """What a message is about: the same for everybody of a unit, a language and a group,
    but for the token of a journey that is followed.
    """
    interaction = invitation.interaction
    unit = interaction.unit
    zone = ZoneInfo((unit or survey.service.owner).time_zone)
    collection = survey.collection
    clearance = collection.clearance if collection else None
    return About(
        agency=agency_of(survey.service.owner).name,
        service=terms.document.service or survey.service.name,
        page=address(settings.PUBLIC_ADDRESS, survey.code),
        unit=unit.code if unit else "",
        group=group_in_link(interaction),
        language=_language(invitation, terms),
        minutes=float(collection.minutes) if collection else minutes(terms.document),
        ended_on=(interaction.ended_at or interaction.received_at).astimezone(zone).date(),
        control_number=clearance.control_number if clearance else "",
        expires_on=clearance.expires_on if clearance else None,
        stop=stop,
        is_reminder=is_reminder,
        ended=hour_of(interaction.ended_at),
        along=terms.followed.token(to) if terms.followed else "",
    )


def _language(invitation: Invitation, terms: Terms) -> str:
    """The customer's language as the survey has it; else as messages have it, else English."""
    wanted = invitation.interaction.language
    return matching(wanted, terms.document.locales) or language_of(wanted)


def _own_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or settings.DEFAULT_FROM_EMAIL


def _domain() -> str:
    return urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"


def _is_smtp() -> bool:
    return settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend")
