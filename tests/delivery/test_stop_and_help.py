"""What people answer by text: STOP, HELP and START are heard once, and answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cx280.agencies.queries import agency_of
from cx280.delivery.actions.replying import send_replies
from cx280.delivery.actions.sending import send_waiting
from cx280.delivery.models import Interaction, OptOut, TextReply
from cx280.delivery.queries.mail import mail_to_send
from cx280.delivery.rules.files import Row
from cx280.delivery.rules.handed import Handed
from cx280.delivery.rules.vocabulary import MessageChannel
from tests.delivery.builders import handed_over, states
from tests.delivery.hooks import from_twilio, hooked, sent, told
from tests.delivery.test_texting import ANA, DAY, provider, texts
from tests.delivery.text_provider import TextProvider

__all__ = ["hooked", "provider", "texts"]  # fixtures

pytestmark = pytest.mark.django_db


@pytest.mark.proves("280.10-o3")
def test_stop_holds_for_the_agency_and_is_confirmed_once(
    texts: TextProvider, client: Client
) -> None:
    survey = sent(ANA)
    texts.forget()

    for place in range(2):  # somebody says it twice
        answer = from_twilio(client, MessageSid=f"SM{place}", From=ANA, To="+1202", Body="Stop!")
        assert answer.status_code == 204
    assert mail_to_send(timezone.now(), None)
    assert send_replies(timezone.now) == 1
    assert send_replies(timezone.now) == 0

    (reply,) = texts.texts()
    agency = agency_of(survey.service.owner)
    assert reply["To"] == ANA
    assert reply["Body"].startswith(f"{agency.name}: You will get no more surveys")
    assert OptOut.objects.get().agency == agency
    later = Handed("case later", known_as=ANA, ended_at=DAY, channel=MessageChannel.SMS)
    handed_over(survey, [Row(2, later)], DAY)
    send_waiting(lambda: DAY + timedelta(hours=1))
    assert states(survey) == {"sent": 1, "opted_out": 1}


@pytest.mark.parametrize(
    ("words", "language", "begins"),
    [("HELP", "", "asks by text how its services went"), ("AYUDA", "", "pregunta por texto"),
     ("help", "es", "pregunta por texto")],
)  # fmt: skip
def test_help_is_answered_in_the_language_of_whoever_asks_and_not_again_at_once(
    texts: TextProvider, client: Client, words: str, language: str, begins: str
) -> None:
    sent(ANA)
    Interaction.objects.update(language=language)
    texts.forget()

    for place in range(3):
        from_twilio(client, MessageSid=f"SM{place}", From=ANA, Body=words)
    send_replies(timezone.now)

    (reply,) = texts.texts()
    assert begins in reply["Body"]
    assert OptOut.objects.count() == 0


def test_start_takes_stop_back_and_anything_else_is_not_kept(
    texts: TextProvider, client: Client
) -> None:
    sent(ANA)
    for place, words in enumerate(("STOP", "START", "I liked it, my number is 123-45-6789")):
        told(client, "texts", "text.received", identity=f"m{place}", **{"from": ANA, "text": words})  # type: ignore[arg-type]

    assert OptOut.objects.count() == 0
    assert list(TextReply.objects.values_list("said", flat=True)) == ["stop", "start"]
    assert ANA not in str(list(TextReply.objects.values()))


def test_a_replayed_start_does_not_undo_a_later_stop(texts: TextProvider, client: Client) -> None:
    """Somebody sends a request of Twilio's again that they overheard."""
    sent(ANA)
    for place, words in enumerate(("STOP", "START", "STOP")):
        from_twilio(client, MessageSid=f"SM{place}", From=ANA, Body=words)

    assert from_twilio(client, MessageSid="SM1", From=ANA, Body="START").status_code == 401
    assert OptOut.objects.count() == 1


def test_a_provider_that_answers_by_itself_is_left_to_it(
    texts: TextProvider,
    client: Client,
    settings: Any,  # noqa: ANN401
) -> None:
    settings.CX280_SMS_REPLIES = "provider"
    sent(ANA)

    from_twilio(client, MessageSid="SM1", From=ANA, Body="STOP")

    assert (OptOut.objects.count(), TextReply.objects.count()) == (1, 0)


def test_a_reply_waits_for_the_provider_and_not_for_longer_than_minutes(
    texts: TextProvider, client: Client
) -> None:
    sent(ANA)
    texts.forget()
    from_twilio(client, MessageSid="SM1", From=ANA, Body="STOP")
    (texts.folder / "closed").touch()

    assert send_replies(timezone.now) == 0
    assert TextReply.objects.count() == 1
    (texts.folder / "closed").unlink()
    assert send_replies(lambda: timezone.now() + timedelta(minutes=6)) == 0

    assert (texts.texts(), TextReply.objects.count()) == ([], 0)
