"""The pages and the API of texts: switched on with words per language, handed over, told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.delivery.models import HandOver, Interaction, Invitation, Mailing
from cx280.surveys.models import Survey
from tests.browser import faults_on
from tests.builders import a_person
from tests.delivery.builders import a_mailing, handed_over, text_rows
from tests.delivery.test_message_pages import text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def survey(settings: Any) -> Survey:  # noqa: ANN401
    """A survey in English and Spanish that may text."""
    settings.CX280_SMS_URL = "https://texts.example.org/send"
    survey = a_mailing(by_text=True)
    for question in survey.draft["questions"]:
        question["texts"] = {"es": question["text"]}
    survey.save()
    return survey


@pytest.fixture
def manager(survey: Survey, sign_in: SignIn) -> Client:
    """Who keeps it, signed in."""
    return sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))


def settings_of(survey: Survey) -> str:
    return f"/surveys/{survey.code}/messages/settings/"


def given(**fields: str) -> dict[str, str]:
    return {"is_on": "on", "sender": "Boats", "reminder_hours": "0", "by_text": "on", **fields}


def test_words_are_kept_by_language_and_reminders_are_off_unless_wanted(
    survey: Survey, manager: Client
) -> None:
    manager.post(settings_of(survey), given(words_es="¿Le gustó {service}?", words_en=""))

    kept = Mailing.objects.get()
    assert kept.by_text
    assert (kept.text_words, kept.text_reminder_hours) == ({"es": "¿Le gustó {service}?"}, 0)
    assert "¿Le gustó {service}?" in text_of(manager.get(settings_of(survey)))


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"words_en": "See https://x.example.org"}, "There is a link in these words."),
     ({"words_es": "ú" * 180}, "The text in Spanish would take 5 texts."),
     ({"text_reminder_hours": "48"}, "less than or equal to 47")],
)  # fmt: skip
def test_what_a_text_cannot_be_is_told_beside_the_field(
    survey: Survey, manager: Client, fields: dict[str, str], words: str
) -> None:
    answer = manager.post(settings_of(survey), given(**fields))

    assert (answer.status_code, words in text_of(answer)) == (422, True)


def test_without_a_provider_the_page_says_who_can_help(
    survey: Survey,
    manager: Client,
    settings: Any,  # noqa: ANN401
) -> None:
    settings.CX280_SMS_URL = ""

    assert "Nobody carries texts" in text_of(manager.get(settings_of(survey)))
    answer = manager.post(settings_of(survey), given())
    assert (answer.status_code, "name a provider" in text_of(answer)) == (422, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "one text."), ("á" * 90, "“á” is not in the alphabet of all phones"),
     ("我们很想知道您的看法", "These letters are not in the alphabet"),
     ("a" * 150, "2 texts</strong> that phones join to one. You pay for 2.")],
)  # fmt: skip
def test_the_count_of_what_is_being_written(
    survey: Survey, manager: Client, words: str, said: str
) -> None:
    answer = manager.post(f"{settings_of(survey)}size/en/", given(words_en=words))

    assert said in text_of(answer)
    assert Mailing.objects.get().text_words == {}, "nothing is saved by looking"


def test_there_is_no_count_for_a_language_the_survey_does_not_speak(
    survey: Survey, manager: Client
) -> None:
    assert manager.post(f"{settings_of(survey)}size/ko/", given()).status_code == 404


@pytest.mark.proves("280.10-k4")
def test_a_file_with_numbers_is_handed_over_and_every_row_told(
    survey: Survey, manager: Client
) -> None:
    end = (timezone.now() - timedelta(hours=1)).isoformat()
    lines = ["interaction,address,phone,channel,consent,ended_at",
             f"1,ana@example.org,,,,{end}", f"2,,(202) 345-0101,,yes,{end}",
             f"3,,(202) 345-0102,,,{end}", f"4,di@example.org,202 345 0103,sms,yes,{end}",
             f"5,,911,,yes,{end}"]  # fmt: skip
    file = SimpleUploadedFile("ended.csv", "\n".join(lines).encode(), content_type="text/csv")

    answer = manager.post(
        f"/surveys/{survey.code}/messages/hand-over/", {"file": file}, follow=True
    )

    page = text_of(answer)
    kept = HandOver.objects.get()
    assert (kept.rows, kept.accepted, kept.refused) == (5, 4, 1)
    assert [line for line, _ in kept.findings] == [4, 6]
    assert "agreed to be texted" in kept.findings[0][1]
    channels = Interaction.objects.order_by("pk").values_list("channel", flat=True)
    assert list(channels) == ["email", "sms", "sms", "sms"]
    for words in ("By email and by text", "Text message", "No number that texts can go to"):
        assert words in page


def test_the_api_takes_numbers_with_consent_alone(survey: Survey, manager: Client) -> None:
    end = (timezone.now() - timedelta(hours=1)).isoformat()
    body = {"interactions": [
        {"interaction": "1", "phone": "+12023450101", "consent": True, "ended_at": end,
         "recipient_time_zone": "America/Chicago"},
        {"interaction": "2", "phone": "+12023450102", "ended_at": end},
    ]}  # fmt: skip

    told = manager.post(
        f"/api/v1/surveys/{survey.code}/interactions", json.dumps(body),
        content_type="application/json",
    ).json()  # fmt: skip

    assert (told["accepted"], told["refused"]) == (1, 1)
    assert told["findings"][0]["interaction"] == 1
    assert "agreed to be texted" in told["findings"][0]["finding"]
    waiting = Invitation.objects.filter(time_zone="America/Chicago").count()
    assert waiting + Interaction.objects.filter(reason="night").count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_count_follows_what_is_typed_and_the_pages_are_clean(
    survey: Survey, signed_in_page: Callable[[Person], Page]
) -> None:
    now = timezone.now()
    handed_over(survey, text_rows("+12023450101", "+12023450102", ended_at=now), now)
    page = signed_in_page(a_person(Role.PROGRAM_MANAGER, survey.service.owner))

    page.goto(settings_of(survey))
    page.get_by_label("Words in Spanish").fill("¿Cómo estuvo {service}?")
    page.get_by_text("“ó” is not in the alphabet of all phones").wait_for()
    page.get_by_label("Who do they come from?").fill("Lakes")
    page.get_by_text("Lakes: ¿Cómo estuvo Boat permits?").wait_for()

    assert faults_on(page, [f"/surveys/{survey.code}/messages/", settings_of(survey)]) == {}
