"""A digest of alarms by e-mail, through a real mail server, looked at in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings

from cx280.alarms.channels import Failed
from cx280.alarms.channels.email.digest import send_digest
from tests.alarms.channels.receivers import MailServer, a_mail_server
from tests.alarms.test_alarm_digests import NOW, a_story, told
from tests.browser import axe

DIGEST = told(
    a_story(1, 2.5, over=5, taken=1),
    a_story(2, 4),
    a_story(3, 12, taken=2, service="<b>Visa</b> & more"),
    services=("Boat permit", "Passport", "Park pass"),
)
ALL = "https://cx.example.gov/alarms/"


@pytest.fixture
def mail_server(tmp_path: Path, settings: Settings) -> Iterator[MailServer]:
    """A server, and the settings with which letters go there."""
    with a_mail_server(tmp_path) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.PUBLIC_ADDRESS = "https://cx.example.gov"
        yield server


def test_a_digest_comes_as_text_and_as_html(mail_server: MailServer) -> None:
    send_digest("ana@example.gov", DIGEST, delivery="5", now=NOW, all_alarms=ALL)

    (letter,) = mail_server.letters("ana@example.gov")
    assert letter["Subject"] == "1 alarm needs you"
    assert letter["Message-ID"] == "<digest-5@cx.example.gov>"
    for kind in ("plain", "html"):
        body = letter.get_body((kind,))
        assert body is not None
        for said in ("2 new alarms", "Boat permit: fewer people finish", "Somebody is on it",
                     "Quiet: Park pass and Passport.", ALL):  # fmt: skip
            assert said.lower() in body.get_content().lower()
        assert ("<b>Visa" in body.get_content()) is (kind == "plain")


def test_a_digest_that_cannot_be_sent_says_why(mail_server: MailServer) -> None:
    with pytest.raises(Failed, match="no such person") as failed:
        send_digest("never@example.gov", DIGEST, delivery="6", now=NOW, all_alarms=ALL)

    assert failed.value.permanent


@pytest.mark.browser
def test_a_digest_reads_well_at_both_widths(
    mail_server: MailServer, browser: Browser, tmp_path: Path
) -> None:
    digest = replace(DIGEST, simulated=True)
    send_digest("ana@example.gov", digest, delivery="7", now=NOW, all_alarms=ALL)
    (letter,) = mail_server.letters("ana@example.gov")
    body = letter.get_body(("html",))
    assert letter["Subject"] == "Simulated: 1 alarm needs you"
    assert body is not None

    for width in (360, 600):
        page = browser.new_page(viewport={"width": width, "height": 740})
        page.set_content(body.get_content())
        page.screenshot(path=tmp_path / f"digest-{width}.png", full_page=True)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
