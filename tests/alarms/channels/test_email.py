"""An alarm by e-mail, through a real mail server that takes, refuses, hangs and breaks off."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.fixtures import Settings

from cx280.alarms.channels import CHANNELS, ChannelKind, Failed
from cx280.alarms.rules.message import Told
from cx280.kernel.problem import Unusable
from tests.a_server import free_port
from tests.alarms.channels.alarmed import NOW, a_message
from tests.alarms.channels.receivers import MailServer, a_mail_server
from tests.browser import axe

EMAIL = CHANNELS[ChannelKind.EMAIL]


@pytest.fixture(scope="module")
def mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    """A server of this module."""
    with a_mail_server(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture(autouse=True)
def mailing(settings: Settings, mail_server: MailServer) -> Settings:
    """The settings with which letters go to that server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    settings.EMAIL_TIMEOUT = 2
    settings.DEFAULT_FROM_EMAIL = "cx280@example.gov"
    settings.PUBLIC_ADDRESS = "https://cx.example.gov"
    return settings


def part(letter: EmailMessage, kind: str) -> str:
    """The letter's text or HTML."""
    found = letter.get_body((kind,))
    assert found is not None
    return str(found.get_content())


@pytest.mark.proves("280.7-h3")
def test_a_letter_says_what_where_how_bad_since_when_and_what_to_do(
    mail_server: MailServer,
) -> None:
    receipt = EMAIL.send("ana@example.gov", a_message(), delivery="7", now=NOW)

    (letter,) = mail_server.letters("ana@example.gov")
    assert receipt.at == NOW
    assert letter["Subject"].strip() == (
        "Boat permit: far fewer people finish (Online, step “Pay” of the form)"
    )
    for kind in ("plain", "html"):
        text = part(letter, kind)
        for said in (
            "Boat permit: far fewer people finish",
            "step “Pay” of the form",
            "12 % of 412 people who began, where 31 % to 39 % was expected.",
            "Friday, January 28, 2022, 2:15 p.m. Eastern time",
            "Chance alone does this about once in 3 years.",
            "Say that you are on it, so that others know.",
            "https://cx.example.gov/alarms/42/take/",
        ):
            assert said in text


def test_the_headline_is_cut_in_the_subject_and_whole_in_the_letter(
    mail_server: MailServer,
) -> None:
    said = "fewer get from “Your address” to “Payment” of “Get a permit, shorter form”"
    EMAIL.send("whole@example.gov", a_message(said=said), delivery="77", now=NOW)

    (letter,) = mail_server.letters("whole@example.gov")
    assert "… (Online" in letter["Subject"]
    for kind in ("plain", "html"):
        assert f"Boat permit: {said}" in part(letter, kind)


def test_robots_do_not_answer_and_mail_programs_thread(mail_server: MailServer) -> None:
    EMAIL.send("thread@example.gov", a_message(), delivery="8", now=NOW)
    over = a_message(Told.RESOLVED, follows="8")
    EMAIL.send("thread@example.gov", over, delivery="9", now=NOW)

    first, last = mail_server.letters("thread@example.gov")
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["List-Id"] == "cx280 alarms <alarms.cx.example.gov>"
    assert first["References"] == "<incident-42@cx.example.gov>"
    assert first["In-Reply-To"] is None
    assert first["Message-ID"] == last["In-Reply-To"] == "<alarm-8@cx.example.gov>"
    assert last["References"] == "<incident-42@cx.example.gov> <alarm-8@cx.example.gov>"
    assert last["Message-ID"] == "<alarm-9@cx.example.gov>"


def test_what_is_over_says_how_it_ended_and_how_long_it_lasted(mail_server: MailServer) -> None:
    EMAIL.send("over@example.gov", a_message(Told.RESOLVED), delivery="11", now=NOW)

    (letter,) = mail_server.letters("over@example.gov")
    assert "Over: Boat permit: far fewer people finish" in letter["Subject"]
    for kind in ("plain", "html"):
        text = part(letter, kind)
        for said in ("It is back to what was expected.", "Lasted", "3 hours", "5:15 p.m. Eastern"):
            assert said in text
        assert "12 %" not in text


def test_names_that_people_chose_are_text_in_the_letter_and_cannot_add_a_header(
    mail_server: MailServer,
) -> None:
    message = a_message(service="<b>Boats</b>\nBcc: all@example.gov", where="a < b")

    EMAIL.send("escape@example.gov", message, delivery="10", now=NOW)

    (letter,) = mail_server.letters("escape@example.gov")
    assert letter["Bcc"] is None
    assert "<b>Boats" not in part(letter, "html")
    assert "a < b" in part(letter, "plain")


def test_a_letter_cut_off_after_it_was_taken_is_sent_again_under_the_same_name(
    mail_server: MailServer,
) -> None:
    for _ in range(2):
        with pytest.raises(Failed) as failed:
            EMAIL.send("cut@example.gov", a_message(), delivery="11", now=NOW)
        assert not failed.value.permanent

    first, second = mail_server.letters("cut@example.gov")
    assert first["Message-ID"] == second["Message-ID"] == "<alarm-11@cx.example.gov>"


@pytest.mark.parametrize(
    ("address", "permanent", "said"),
    [
        ("later@example.gov", False, "451 4.3.0 the mailbox is busy"),
        ("never@example.gov", True, "550 5.1.1 no such person"),
        ("full@example.gov", True, "552 5.2.2 the mailbox is full"),
        ("not an address", True, "Write one address"),
    ],
)
def test_what_is_refused_for_now_is_tried_again_and_what_is_refused_for_good_is_not(
    address: str, permanent: bool, said: str
) -> None:
    with pytest.raises(Failed, match=said) as failed:
        EMAIL.send(address, a_message(), delivery="12", now=NOW)

    assert failed.value.permanent is permanent


@pytest.mark.parametrize("to", ["hang@example.gov", "drip@example.gov"])
def test_a_server_that_hangs_or_drips_is_left(to: str, mailing: Settings) -> None:
    mailing.EMAIL_TIMEOUT = 0.3
    began = time.monotonic()

    with pytest.raises(Failed, match="broke off") as failed:
        EMAIL.send(to, a_message(), delivery="13", now=NOW)

    assert not failed.value.permanent
    assert time.monotonic() - began < 15, "it would hang for a minute"


def test_no_server_and_a_server_that_does_not_know_us_are_no_fault_of_the_address(
    mailing: Settings,
) -> None:
    mailing.DEFAULT_FROM_EMAIL = "stranger@example.gov"
    with pytest.raises(Failed, match="CX280_EMAIL_FROM") as unknown:
        EMAIL.send("ana@example.gov", a_message(), delivery="14", now=NOW)
    mailing.EMAIL_PORT = free_port()
    with pytest.raises(Failed, match="CX280_SMTP_HOST") as away:
        EMAIL.send("ana@example.gov", a_message(), delivery="15", now=NOW)

    assert not unknown.value.permanent
    assert not away.value.permanent


def test_an_address_is_kept_as_it_is_written_but_for_its_domain() -> None:
    assert EMAIL.check(" Ana.Diaz@Agency.GOV ") == "Ana.Diaz@agency.gov"
    for wrong in (
        "",
        "ana",
        "ana@",
        "a@b.gov, c@d.gov",
        "Ana <ana@b.gov>",
        "a@b.gov\nBcc: c@d.gov",
    ):
        with pytest.raises(Unusable) as refused:
            EMAIL.check(wrong)
        assert refused.value.field == "address"
        assert refused.value.fix


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 600])
@pytest.mark.parametrize("kind", list(Told))
def test_a_letter_is_understood_without_scrolling(
    kind: Told, width: int, mail_server: MailServer, browser: Browser, tmp_path: Path
) -> None:
    to = f"{kind.value}{width}@example.gov"
    message = a_message(kind, simulated=kind is Told.WORSE, since=a_message().since + timedelta(1))
    EMAIL.send(to, message, delivery=f"{kind.value}-{width}", now=NOW)
    page = browser.new_page(viewport={"width": width, "height": 740}, java_script_enabled=True)

    page.set_content(part(mail_server.letters(to)[0], "html"))

    page.screenshot(path=tmp_path / f"{kind.value}-{width}.png", full_page=True)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    of_all = ("Boat permit: far", "Where", "What to do")
    going_on = ("12 % of 412", "Since", "How rare")
    for said in (*of_all, *(("Began", "Lasted") if kind is Told.RESOLVED else going_on)):
        assert _bottom(page, said) <= 740, f"“{said}” stands below the first screen"
    page.close()


def _bottom(page: Page, said: str) -> float:
    box = page.get_by_text(said).last.bounding_box()
    assert box is not None
    return box["y"] + box["height"]
