"""Alarms as cards of Slack and Teams, posted to real receivers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from cx280.alarms.channels import CHANNELS, ChannelKind, Failed
from cx280.alarms.rules.message import Told
from cx280.kernel.problem import Unusable
from tests.alarms.channels.alarmed import NOW, a_message
from tests.alarms.channels.receivers import WebReceiver, a_web_receiver

SLACK, TEAMS = CHANNELS[ChannelKind.SLACK], CHANNELS[ChannelKind.TEAMS]
CHATS = [ChannelKind.SLACK, ChannelKind.TEAMS]


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebReceiver]:
    """A receiver of this module."""
    with a_web_receiver(tmp_path_factory.mktemp("rooms")) as started:
        yield started


@pytest.fixture(autouse=True)
def loopback_is_open(settings: Settings) -> Settings:
    """The settings with which this machine may be reached, for two seconds."""
    settings.CX280_WEBHOOK_PRIVATE = ["127.0.0.0/8"]
    settings.CX280_WEBHOOK_SECONDS = 2.0
    return settings


def posted(kind: ChannelKind, receiver: WebReceiver, path: str, **changes: Any) -> Any:  # noqa: ANN401
    """The card that came."""
    message = a_message(changes.pop("told", Told.OPENED), **changes)
    CHANNELS[kind].send(receiver.at(path), message, delivery="1", now=NOW)
    return json.loads(receiver.requests(path)[-1]["body"])


def texts(part: object) -> Iterator[str]:
    """Every text of a card."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("text", "title", "url") and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each)


@pytest.mark.proves("280.7-h3")
@pytest.mark.parametrize("kind", CHATS)
def test_a_card_says_what_where_how_bad_since_when_and_what_to_do(
    kind: ChannelKind, receiver: WebReceiver
) -> None:
    said = "\n".join(texts(posted(kind, receiver, f"/take/{kind.value}")))

    for each in (
        "Boat permit: far fewer people finish",
        "Online, step “Pay” of the form",
        "12 % of 412 people who began, where 31 % to 39 % was expected.",
        "Friday, January 28, 2022, 2:15 p.m. Eastern time",
        "Chance alone does this about once in 3 years.",
        "1. Say that you are on it, so that others know.",
        "https://cx.example.gov/alarms/42/take/",
        "https://cx.example.gov/alarms/42/",
    ):
        assert each in said


@pytest.mark.parametrize("kind", CHATS)
def test_what_is_over_needs_nobody_and_what_is_simulated_says_so(
    kind: ChannelKind, receiver: WebReceiver
) -> None:
    card = posted(kind, receiver, f"/take/over-{kind.value}", told=Told.RESOLVED, simulated=True)

    said = "\n".join(texts(card))
    assert "I am on it" not in said
    assert "Nothing happened." in said


def test_a_name_cannot_call_everybody_or_hide_a_link_in_slack(receiver: WebReceiver) -> None:
    card = posted(
        ChannelKind.SLACK,
        receiver,
        "/take/escape",
        service="<!channel>",
        where="<http://x|you> & me",
    )

    said = [each for each in texts(card["blocks"]) if "&" in each or "<" in each]
    assert "<!channel>" not in card["text"]
    assert not any("<http://x" in each for each in said)
    assert any("&lt;http://x|you&gt; &amp; me" in each for each in said)


def test_a_name_is_no_markdown_in_teams(receiver: WebReceiver) -> None:
    """Only a TextBlock reads Markdown, and ours holds our own words alone."""
    name = "[you](http://x) *now*"

    card = posted(ChannelKind.TEAMS, receiver, "/take/markdown", service=name)

    (attachment,) = card["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    blocks = [each for each in attachment["content"]["body"] if each["type"] == "TextBlock"]
    assert [each["text"] for each in blocks] == ["New"]


def test_a_slack_message_keeps_to_the_lengths_that_slack_takes(receiver: WebReceiver) -> None:
    card = posted(ChannelKind.SLACK, receiver, "/take/long", service="B" * 500, where="W" * 500)

    header, *sections = card["blocks"]
    assert len(header["text"]["text"]) <= 150
    assert all(len(each["text"]["text"]) <= 3000 for each in sections if "text" in each)
    assert all(len(f["text"]) <= 2000 for each in sections for f in each.get("fields", []))


@pytest.mark.parametrize("kind", CHATS)
@pytest.mark.parametrize(("status", "permanent"), [(404, False), (410, True), (500, False)])
def test_a_room_that_is_gone_is_given_up_and_any_other_is_tried_again(
    kind: ChannelKind, status: int, permanent: bool, receiver: WebReceiver
) -> None:
    with pytest.raises(Failed) as failed:
        CHANNELS[kind].send(receiver.at(f"/status/{status}"), a_message(), delivery="1", now=NOW)

    assert failed.value.permanent is permanent


@pytest.mark.parametrize("kind", CHATS)
def test_rooms_are_behind_the_same_wall_as_webhooks(
    kind: ChannelKind, receiver: WebReceiver, loopback_is_open: Settings
) -> None:
    loopback_is_open.CX280_WEBHOOK_PRIVATE = []

    with pytest.raises(Failed) as failed:
        CHANNELS[kind].send(f"https://localhost:{receiver.port}/", a_message(),
                            delivery="1", now=NOW)  # fmt: skip

    assert failed.value.permanent


@pytest.mark.parametrize(
    ("kind", "page", "webhook"),
    [
        (ChannelKind.SLACK, "https://agency.slack.com/archives/C01",
         "https://hooks.slack.com/services/T/B/x"),
        (ChannelKind.SLACK, "https://app.slack-gov.com/client/T/C",
         "https://hooks.slack-gov.com/services/T/B/x"),
        (ChannelKind.TEAMS, "https://teams.microsoft.com/l/channel/19%3a",
         "https://prod-12.westus.logic.azure.com/workflows/a/triggers/x?sig=b"),
    ],
)  # fmt: skip
def test_the_address_of_a_page_is_told_from_that_of_a_webhook(
    kind: ChannelKind, page: str, webhook: str
) -> None:
    with pytest.raises(Unusable, match="not of a webhook") as refused:
        CHANNELS[kind].check(page)

    assert refused.value.fix
    assert CHANNELS[kind].check(webhook) == webhook
