"""The pages of messages, the public page for stopping, files in the folder, and the API."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.audit.models import AuditEntry
from cx280.delivery.actions.folder import take_files
from cx280.delivery.actions.sending import send_waiting
from cx280.delivery.models import HandOver, Interaction, Invitation, Mailing, OptOut
from cx280.delivery.rules.vocabulary import State
from cx280.delivery.stopping import stop_address
from cx280.responses.models import OfferCount, Response
from cx280.responses.starts import starts
from cx280.responses.tasks import count_offers_by_message
from cx280.surveys.models import Survey
from tests.builders import a_person
from tests.delivery.builders import a_mailing, an_open_survey, handed_over, rows

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def survey() -> Survey:
    """A survey whose messages are switched on."""
    return a_mailing()


@pytest.fixture
def manager(survey: Survey, sign_in: SignIn) -> Client:
    """Who keeps it, signed in."""
    return sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))


def text_of(answer: Any) -> str:  # noqa: ANN401
    said: str = answer.content.decode()
    return said.replace("\N{NO-BREAK SPACE}", " ")


def file(*lines: str, name: str = "ended.csv") -> SimpleUploadedFile:
    text = "\n".join(["interaction,address,ended_at,unit", *lines])
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def ended(hours: float = 1) -> str:
    return (timezone.now() - timedelta(hours=hours)).isoformat()


def test_what_is_still_to_do_stands_on_the_page(sign_in: SignIn) -> None:
    survey = an_open_survey()
    client = sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))

    page = text_of(client.get(f"/surveys/{survey.code}/messages/"))

    assert "Do our messages reach people in time?" in page
    for each in ("change it around the questions", "choose a plan", "say who they come from"):
        assert each in page


def test_messages_are_switched_on_in_one_form(survey: Survey, manager: Client) -> None:
    given = {"is_on": "on", "sender": "Boats\r\nBcc: x@y.org", "reminder_hours": "24"}

    manager.post(f"/surveys/{survey.code}/messages/settings/", given)

    kept = Mailing.objects.get()
    assert (kept.sender, kept.reminder_hours) == ("Boats Bcc: x@y.org", 24)
    assert AuditEntry.objects.filter(action="change_mailing").count() == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [({"sender": "", "reminder_hours": "0"}, "This field is required"),
     ({"sender": "x", "reminder_hours": "48"}, "less than or equal to 47")],
)  # fmt: skip
def test_messages_that_cannot_be_sent_so_are_told(
    survey: Survey, manager: Client, given: dict[str, str], words: str
) -> None:
    answer = manager.post(f"/surveys/{survey.code}/messages/settings/", given)

    assert (answer.status_code, words in text_of(answer)) == (422, True)


@pytest.mark.proves("280.10-k4")
def test_a_file_is_handed_over_and_every_row_told(survey: Survey, manager: Client) -> None:
    lines = (f"1,ana@example.org,{ended()},", f"2,bo@example.org,{ended()},nowhere",
             f"3,cy@example.org,{ended(60)},", ",di@example.org,2022-01-01T00:00Z,")  # fmt: skip

    answer = manager.post(
        f"/surveys/{survey.code}/messages/hand-over/", {"file": file(*lines)}, follow=True
    )

    page = text_of(answer)
    assert "4 rows: 3 taken, 0 known before, 1 refused." in page
    kept = HandOver.objects.get()
    findings = manager.get(f"/surveys/{survey.code}/messages/hand-over/{kept.pk}.csv")
    said = b"".join(findings.streaming_content).decode()  # type: ignore[attr-defined]
    assert "3,The service has no such unit" in said
    assert "4,It ended too long ago" in said
    assert "5,It has no interaction id." in said
    assert "example.org" not in said
    assert AuditEntry.objects.get(action="hand_over_interactions").detail["refused"] == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"a,b\n", "lacks the columns"), (b"\xff\xfe", "not UTF-8"), (None, "This field is required")],
)
def test_a_file_that_cannot_be_read_is_told(
    survey: Survey, manager: Client, content: bytes | None, words: str
) -> None:
    given = {} if content is None else {"file": SimpleUploadedFile("x.csv", content)}

    answer = manager.post(f"/surveys/{survey.code}/messages/hand-over/", given)

    assert (answer.status_code, words in text_of(answer)) == (422, True)
    assert not HandOver.objects.exists()


@pytest.mark.proves("280.10-k1", "280.10-b2")
def test_states_lags_and_answers_stand_with_their_n(survey: Survey, manager: Client) -> None:
    now = timezone.now()
    handed_over(survey, rows("ana@example.org", "bo@example.org", ended_at=now), now)
    send_waiting(lambda: now + timedelta(minutes=20))

    page = text_of(manager.get(f"/surveys/{survey.code}/messages/"))

    assert "Half of all messages leave within 20 minutes" in page
    assert "2 of 2" in page
    assert "n 2 drawn" in page


def test_an_analyst_sees_figures_and_hands_nothing_over(survey: Survey, sign_in: SignIn) -> None:
    client = sign_in(a_person(Role.ANALYST, survey.service.owner))

    assert "Hand over ended" not in text_of(client.get(f"/surveys/{survey.code}/messages/"))
    assert client.get(f"/surveys/{survey.code}/messages/settings/").status_code == 403
    assert client.post(f"/surveys/{survey.code}/messages/hand-over/").status_code == 403


def test_another_agency_finds_nothing(survey: Survey, sign_in: SignIn) -> None:
    kept = handed_over(survey, rows("ana@example.org"))
    client = sign_in(a_person(Role.CX_LEAD))

    for where in ("", "settings/", f"hand-over/{kept.pk}.csv"):
        assert client.get(f"/surveys/{survey.code}/messages/{where}").status_code == 404


# The message's links


@pytest.mark.proves("280.10-k4")
def test_a_link_of_a_message_chooses_and_only_sending_stores(
    survey: Survey, client: Client
) -> None:
    """Mail scanners open every link, some of them several times."""
    now = timezone.now()
    handed_over(survey, rows("ana@example.org", ended_at=now), now)
    send_waiting(lambda: now)
    text = str(mail.outbox[0].body)
    links = [each for each in text.split() if f"/s/{survey.code}/?" in each]

    for link in links:
        path = "/s/" + link.split("/s/")[1]
        assert client.get(path).status_code == client.head(path).status_code == 200
    assert Response.objects.count() == 0

    page = text_of(client.get("/s/" + links[0].split("/s/")[1]))
    assert 'value="5" id="q-trust-5" checked' in page
    assert page.count(" checked") == 1
    token = page.split('name="_page" value="')[1].split('"')[0]
    client.post(f"/s/{survey.code}/", {"_page": token, "_lang": "en", "trust": "5"})
    assert Response.objects.get().answers["trust"] == 5
    starts.flush()


@pytest.mark.parametrize(
    "query", ["a.trust=6", "a.trust=5&a.trust=1", "a.nothing=5", "a.comment=hello", "trust=5"]
)
def test_what_a_link_cannot_choose_is_left_out(survey: Survey, client: Client, query: str) -> None:
    page = text_of(client.get(f"/s/{survey.code}/?{query}"))

    assert " checked" not in page
    assert "hello" not in page
    starts.flush()


# Stopping


@pytest.mark.proves("280.10-o3")
def test_opening_the_link_asks_and_pressing_stops(survey: Survey, client: Client) -> None:
    now = timezone.now()
    handed_over(survey, rows("ana@example.org", ended_at=now), now)
    path = stop_path(Invitation.objects.get(), survey)

    page = client.get(path)
    assert "Should we stop asking you?" in text_of(page)
    assert not OptOut.objects.exists()
    assert not page.cookies

    assert "We will not ask you again" in text_of(client.post(path))
    client.post(path, {"List-Unsubscribe": "One-Click"})  # as mail programs do
    assert OptOut.objects.get().person == Invitation.objects.get().person
    assert send_waiting(lambda: now).suppressed == 1


def test_in_spanish_it_asks_in_spanish(survey: Survey, client: Client) -> None:
    address = stop_address(agency_of(survey.service.owner).pk, "p", "es")

    page = text_of(client.get("/m/" + address.split("/m/")[1]))

    assert '<html lang="es"' in page
    assert "¿Quiere que dejemos de preguntarle?" in page


def test_a_link_that_is_cut_says_so(client: Client) -> None:
    answer = client.post("/m/abc:def/")

    assert answer.status_code == 404
    assert "This link does not work" in text_of(answer)


def stop_path(invitation: Invitation, survey: Survey) -> str:
    address = stop_address(agency_of(survey.service.owner).pk, invitation.person, "en")
    return "/m/" + address.split("/m/")[1]


# The folder


def put(folder: Path, survey: str, *lines: str, rests: bool = True) -> Path:
    path = folder / "hand-over" / survey / "ended.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["interaction,address,ended_at", *lines]), encoding="utf-8")
    if rests:
        os.utime(path, (1, 1))
    return path


@pytest.mark.proves("280.10-k4")
def test_a_file_in_the_folder_is_taken_in_and_gone(
    survey: Survey, tmp_path: Path, settings: Any  # noqa: ANN401
) -> None:  # fmt: skip
    settings.DATA = tmp_path
    path = put(tmp_path, survey.code, f"1,ana@example.org,{ended()}", "2,bo@example.org,never")

    assert take_files(timezone.now()) == 1
    assert take_files(timezone.now()) == 0

    assert not path.exists()
    told = json.loads(path.with_name("ended.csv.report.json").read_text(encoding="utf-8"))
    assert (told["rows"], told["accepted"], told["refused_rows"]) == (2, 1, 1)
    assert "example.org" not in str(told)
    assert Interaction.objects.get().state == State.WAITING


def test_a_file_still_being_written_waits(
    survey: Survey, tmp_path: Path, settings: Any  # noqa: ANN401
) -> None:  # fmt: skip
    settings.DATA = tmp_path
    path = put(tmp_path, survey.code, f"1,ana@example.org,{ended()}", rests=False)

    assert take_files(timezone.now()) == 0
    assert path.exists()


def test_a_file_for_no_survey_is_told_and_gone(tmp_path: Path, settings: Any) -> None:  # noqa: ANN401
    settings.DATA = tmp_path
    path = put(tmp_path, "no-survey", f"1,ana@example.org,{ended()}")

    assert take_files(timezone.now()) == 1
    assert "no survey with the code" in path.with_name("ended.csv.report.json").read_text()
    assert not path.exists()


# The API


def send(client: Client, method: str, path: str, body: object = None) -> tuple[int, Any]:
    answer = client.generic(
        method, f"/api/v1/{path}", json.dumps(body), content_type="application/json"
    )
    return answer.status_code, json.loads(answer.content)


@pytest.mark.proves("280.10-k4")
def test_a_program_hands_over_and_reports_what_came_back(survey: Survey, manager: Client) -> None:
    given = {"interactions": [
        {"interaction": "1", "address": "ana@example.org", "ended_at": ended(), "service": "x"},
        {"interaction": "2", "address": "bo@example.org", "ended_at": ended()},
    ]}  # fmt: skip
    where = f"surveys/{survey.code}"

    status, told = send(manager, "POST", f"{where}/interactions", given)
    assert (status, told["accepted"], told["refused"]) == (200, 1, 1)
    assert told["findings"] == [{"interaction": 0, "finding": "It is about another service."}]
    assert send(manager, "POST", f"{where}/interactions", given)[1]["known"] == 1

    send_waiting(timezone.now)
    message = str(mail.outbox[0].extra_headers["Message-ID"])
    report = {"message": message, "kind": "bounced"}
    assert send(manager, "POST", "delivery-reports", report) == (200, {"is_new": True})
    assert send(manager, "POST", "delivery-reports", report) == (200, {"is_new": False})
    _, found = send(manager, "GET", f"{where}/invitations")
    assert (found["states"], found["offered"]) == ({"bounced": 1}, 0)
    assert found["lag"]["n"] == 1


def test_a_report_about_another_agency_s_message_finds_nothing(
    survey: Survey, sign_in: SignIn
) -> None:
    handed_over(survey, rows("ana@example.org"))
    client = sign_in(a_person(Role.CX_LEAD))
    report = {"message": Invitation.objects.get().key, "kind": "complained"}

    assert send(client, "POST", "delivery-reports", report)[0] == 404


def test_offers_count_messages_and_not_reminders(survey: Survey) -> None:
    now = timezone.now()
    handed_over(survey, rows("ana@example.org", "bo@example.org", ended_at=now), now)
    send_waiting(lambda: now)

    assert count_offers_by_message(now) == 1
    assert OfferCount.objects.get().offered == 2
