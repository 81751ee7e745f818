"""Signed posts to real receivers that take, refuse, hang, redirect, pour and break off."""

from __future__ import annotations

import functools
import json
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from cx280.alarms.channels import CHANNELS, ChannelKind, Failed, Receipt
from cx280.alarms.channels.at_once import sent_at_once
from cx280.alarms.channels.webhook.body import schema
from cx280.alarms.channels.webhook.signature import new_secret
from cx280.alarms.rules.message import Told
from tests.a_server import PROJECT, free_port
from tests.alarms.channels.alarmed import a_message
from tests.alarms.channels.receivers import WebReceiver, a_web_receiver
from tests.delivery.channels.certificates import a_certificate

SECRET = new_secret()
# Receivers hang for a minute; a busy machine may take seconds for what takes none.
SOON = 15
WEBHOOK = CHANNELS[ChannelKind.WEBHOOK]
PUBLISHED = PROJECT / "docs/guides/alarm-webhook.schema.json"


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebReceiver]:
    """A receiver of this module."""
    with a_web_receiver(tmp_path_factory.mktemp("posts")) as started:
        yield started


@pytest.fixture(autouse=True)
def loopback_is_open(settings: Settings) -> Settings:
    """The settings with which this machine may be reached, for two seconds."""
    settings.CX280_WEBHOOK_PRIVATE = ["127.0.0.0/8"]
    settings.CX280_WEBHOOK_SECONDS = 2.0
    return settings


def post(address: str, delivery: str = "1", **changes: Any) -> Receipt:
    """Sends an alarm now, so that signatures are fresh."""
    message = a_message(changes.pop("kind", Told.OPENED))
    given = {"now": timezone.now(), "secrets": [SECRET], **changes}
    return WEBHOOK.send(address, message, delivery=delivery, **given)


@pytest.mark.proves("280.7-h3")
def test_a_standard_library_verifies_what_was_sent(receiver: WebReceiver) -> None:
    receipt = post(receiver.at("/take/signed"), "71")

    (request,) = receiver.requests("/take/signed")
    verified = Webhook(SECRET).verify(request["body"], request["headers"])
    assert receipt.said == "127.0.0.1 answered 200."
    assert verified["type"] == "alarm.opened"
    assert verified["data"]["what"] == "Boat permit: far fewer people finish"
    assert verified["data"]["since"] == "2022-01-28T14:15:00-05:00"
    assert request["headers"]["webhook-id"] == "msg_71"


def test_a_changed_body_and_another_secret_do_not_verify(receiver: WebReceiver) -> None:
    post(receiver.at("/take/forged"))

    (request,) = receiver.requests("/take/forged")
    for secret, body in ((SECRET, request["body"] + " "), (new_secret(), request["body"])):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(body, request["headers"])


def test_while_a_secret_is_changed_the_old_and_the_new_one_verify(receiver: WebReceiver) -> None:
    old, new = new_secret(), new_secret()

    post(receiver.at("/take/changed"), secrets=[new, old, new_secret()])

    (request,) = receiver.requests("/take/changed")
    assert len(request["headers"]["webhook-signature"].split(" ")) == 2
    for secret in (old, new):
        assert Webhook(secret).verify(request["body"], request["headers"])


def test_a_repetition_has_the_same_id(receiver: WebReceiver) -> None:
    for _ in range(2):
        post(receiver.at("/take/again"), "72")

    first, second = receiver.requests("/take/again")
    assert first["headers"]["webhook-id"] == second["headers"]["webhook-id"]


@pytest.mark.parametrize("kind", list(Told))
def test_every_body_fits_the_published_schema(kind: Told, receiver: WebReceiver) -> None:
    post(receiver.at(f"/take/{kind.value}"), kind=kind)

    body = json.loads(receiver.requests(f"/take/{kind.value}")[0]["body"])
    jsonschema_rs.validate(json.loads(PUBLISHED.read_bytes()), body)


def test_the_published_schema_is_the_one_in_the_source() -> None:
    """`python -m tests.alarms.channels.test_webhook` writes it."""
    assert PUBLISHED.read_bytes() == schema()


def test_the_ten_lines_of_the_guide_verify_what_was_sent(receiver: WebReceiver) -> None:
    guide = (PROJECT / "docs/guides/alarm-channels.md").read_text(encoding="utf-8")
    lines = guide.split("```python\n")[1].split("```")[0]
    known: dict[str, Any] = {}
    exec(lines, known)  # noqa: S102

    post(receiver.at("/take/guide"), secrets=[new_secret(), SECRET])

    (request,) = receiver.requests("/take/guide")
    body = request["body"].encode()
    assert known["is_genuine"](SECRET, request["headers"], body)
    assert not known["is_genuine"](new_secret(), request["headers"], body)
    assert not known["is_genuine"](SECRET, request["headers"], body + b" ")
    stale = {**request["headers"], "webhook-timestamp": "1643397600"}
    assert not known["is_genuine"](SECRET, stale, body)
    assert len(lines.strip().splitlines()) <= 12


@pytest.mark.parametrize(
    ("path", "permanent", "tries", "said"),
    [
        ("/status/410", True, None, "gone"),
        ("/status/500", False, None, "problem of its own"),
        ("/status/503", False, None, "problem of its own"),
        ("/status/408", False, None, "problem of its own"),
        ("/status/429", False, None, "asked too often"),
        ("/status/400", False, 3, "does not take the message"),
        ("/status/404", False, 3, "does not take the message"),
        ("/redirect", False, 3, "do not follow"),
        ("/hang", False, None, "did not answer within 0.6 seconds"),
        ("/drip", False, None, "did not answer within 0.6 seconds"),
        ("/flood", False, None, "broke off"),
        ("/cut", False, None, "broke off"),
        ("/noise", False, None, "broke off"),
    ],
)
def test_each_answer_says_whether_to_try_again(
    path: str, permanent: bool, tries: int | None, said: str, receiver: WebReceiver,
    loopback_is_open: Settings,
) -> None:  # fmt: skip
    loopback_is_open.CX280_WEBHOOK_SECONDS = 0.6
    began = time.monotonic()

    with pytest.raises(Failed, match=said) as failed:
        post(receiver.at(path))

    assert (failed.value.permanent, failed.value.tries) == (permanent, tries)
    assert time.monotonic() - began < SOON
    assert receiver.requests(path), "the receiver was asked"


def test_a_redirect_is_not_followed(receiver: WebReceiver) -> None:
    before = len(receiver.requests("/take"))

    with pytest.raises(Failed):
        post(receiver.at("/redirect"))

    assert len(receiver.requests("/take")) == before


@pytest.mark.parametrize("path", ["/endless", "/late"])
def test_a_message_is_taken_though_the_body_of_the_answer_has_no_end(
    path: str, receiver: WebReceiver
) -> None:
    began = time.monotonic()

    assert post(receiver.at(path)).said == "127.0.0.1 answered 200."

    assert time.monotonic() - began < SOON


def test_a_receiver_that_is_away_or_unknown_is_tried_again() -> None:
    for address in (f"http://127.0.0.1:{free_port()}/", "https://no-such-host.invalid/"):
        with pytest.raises(Failed) as failed:
            post(address)
        assert not failed.value.permanent


def test_the_wait_that_a_receiver_asks_for_is_handed_on(receiver: WebReceiver) -> None:
    with pytest.raises(Failed) as failed:
        post(receiver.at("/wait/30"))

    assert failed.value.wait == timedelta(seconds=30)


def test_one_that_hangs_keeps_nobody_waiting(receiver: WebReceiver) -> None:
    paths = ["/hang", "/drip", "/status/500", *[f"/take/quick{each}" for each in range(8)]]
    began = time.monotonic()

    jobs = [(path, functools.partial(post, receiver.at(path), path)) for path in paths]
    outcomes = list(sent_at_once(jobs))

    assert [path for path, _ in outcomes[-2:]] in (["/hang", "/drip"], ["/drip", "/hang"])
    assert [type(each) for path, each in outcomes if "quick" in path] == [Receipt] * 8
    assert time.monotonic() - began < SOON


def test_a_fault_of_ours_stops_no_other_message(receiver: WebReceiver) -> None:
    def broken() -> Receipt:
        raise KeyError("secret")

    outcomes = dict(
        sent_at_once([("broken", broken), ("well", lambda: post(receiver.at("/take/well")))])
    )

    assert isinstance(outcomes["well"], Receipt)
    assert isinstance(outcomes["broken"], Failed)
    assert "secret" not in outcomes["broken"].sentence


def test_a_private_address_is_never_asked_unless_its_network_is_named(
    receiver: WebReceiver, loopback_is_open: Settings
) -> None:
    """Whatever the name is that stands for it."""
    loopback_is_open.CX280_WEBHOOK_PRIVATE = ["10.0.0.0/8"]
    hosts = ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]"]

    for host in hosts:
        for scheme in ("http", "https"):
            address = f"{scheme}://{host}:{receiver.port}/take/closed"
            with pytest.raises(Failed, match="CX280_WEBHOOK_PRIVATE") as failed:
                post(address)
            assert failed.value.permanent

    assert receiver.requests("/take/closed") == []


def test_a_name_is_asked_once_and_the_line_goes_to_the_address_that_was_checked(
    receiver: WebReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name service that says something else the second time changes nothing."""
    known = socket.getaddrinfo
    asked: list[str] = []

    def turning(host: str, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        if host != "turning.example.gov":
            return known(host, *rest, **more)
        asked.append(host)
        return known("127.0.0.1" if len(asked) == 1 else "127.0.0.66", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", turning)

    post(f"http://turning.example.gov:{receiver.port}/take/turning")

    assert asked == ["turning.example.gov"]
    (request,) = receiver.requests("/take/turning")
    assert request["headers"]["host"] == f"turning.example.gov:{receiver.port}"


def test_a_name_service_that_hangs_is_left_in_time(
    loopback_is_open: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    loopback_is_open.CX280_WEBHOOK_SECONDS = 0.3
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(60))
    began = time.monotonic()

    with pytest.raises(Failed, match="did not answer") as failed:
        post("https://slow.example.gov/")

    assert not failed.value.permanent
    assert time.monotonic() - began < SOON


def test_unencrypted_goes_only_where_the_settings_name_the_network(
    receiver: WebReceiver, loopback_is_open: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    loopback_is_open.CX280_WEBHOOK_PRIVATE = ["10.0.0.0/8"]
    place = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [place])

    with pytest.raises(Failed, match="https only") as failed:
        post("http://public.example.gov/")

    assert failed.value.permanent


def test_over_tls_the_certificate_must_be_valid_and_for_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = a_certificate(tmp_path)
    with a_web_receiver(tmp_path, certificate) as secure:
        with pytest.raises(Failed, match="certificate of localhost is not valid"):
            post(secure.at("/take/tls", "localhost"))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(Failed, match=r"certificate of 127\.0\.0\.1 is not valid"):
            post(secure.at("/take/tls"))
        assert secure.requests("/take/tls") == []

        post(secure.at("/take/tls", "localhost"))

        assert len(secure.requests("/take/tls")) == 1


def test_without_a_secret_nothing_is_sent(receiver: WebReceiver) -> None:
    for secrets in ([], ["whsec_short"], ["whsec_!!!"]):
        with pytest.raises(Failed) as failed:
            post(receiver.at("/take/unsigned"), secrets=secrets)
        assert failed.value.permanent

    assert receiver.requests("/take/unsigned") == []


def test_what_is_written_of_a_failure_holds_no_more_of_the_address_than_its_host(
    receiver: WebReceiver, loopback_is_open: Settings
) -> None:
    loopback_is_open.CX280_WEBHOOK_SECONDS = 0.3
    for path in ("/status/500", "/status/404", "/redirect", "/hang", "/cut"):
        with pytest.raises(Failed) as failed:
            post(receiver.at(f"{path}?key=hidden"))
        assert "hidden" not in failed.value.sentence


if __name__ == "__main__":
    PUBLISHED.write_bytes(schema())
