"""Sending answers: stored once, with the version that asked; nothing typed is ever lost."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cx280.responses import actions, guard
from cx280.responses.embedded import address_of
from cx280.responses.models import Comment, Response, UnitAlias
from cx280.responses.rules.pace import FLOOD, USUAL
from cx280.responses.tokens import read_token
from tests.builders import a_unit, a_version
from tests.responses.visits import a_token, address, an_open_survey, clearance_of, send, token_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test is held against the next one from the same address."""
    monkeypatch.setattr("cx280.responses.survey_views.addresses", guard.Addresses())


def test_answers_are_stored_as_codes_and_words_apart(client: Client) -> None:
    version = an_open_survey()

    sent = send(client, version, trust="5", satisfaction="3", comment="Call me: 202-555-0143")

    assert sent.status_code == 303
    assert sent["Location"] == f"{address(version)}thanks/?lang=en"
    response = Response.objects.get()
    assert response.version == version
    assert response.answers["trust"] == 5
    assert response.answers["ease"] is None
    assert "comment" not in response.answers
    assert response.seconds is not None
    assert 29 <= response.seconds <= 60  # read for half a minute; a slow machine adds some
    assert response.suspected == ""
    comment = Comment.objects.get()
    assert (comment.text, comment.redactions, comment.question) == (
        "Call me: [phone]",
        1,
        "comment",
    )


def test_the_thanks_say_what_happens_next(client: Client) -> None:
    version = an_open_survey()
    sent = send(client, version, trust="5")

    english = client.get(sent["Location"]).content.decode()
    spanish = client.get(f"{address(version)}thanks/?lang=es").content.decode()

    assert "decide what to fix first" in english
    assert "nobody will contact you" in english
    assert "decidir qué corregir primero" in spanish


def test_no_cookie_is_set_anywhere(client: Client) -> None:
    version = an_open_survey()

    sent = send(client, version, trust="5")
    client.get(sent["Location"])

    assert client.cookies == {}


def test_the_same_page_sent_twice_is_one_response(client: Client) -> None:
    version = an_open_survey()
    token = a_token(version)

    send(client, version, token, trust="5", comment="First")
    second = send(client, version, token, trust="1", comment="Second")

    assert Response.objects.count() == 1
    assert Response.objects.get().answers["trust"] == 5
    assert Comment.objects.get().text == "First"
    assert "We already have your answers" in client.get(second["Location"]).content.decode()


def test_nothing_answered_is_shown_again_kindly(client: Client) -> None:
    version = an_open_survey()
    token = a_token(version)

    sent = send(client, version, token, comment="   ")

    assert sent.status_code == 422
    assert "Or just leave: taking part is up to you." in sent.content.decode()
    assert token_on(sent) == token
    assert Response.objects.count() == 0


def test_a_bad_option_is_shown_again_with_all_that_was_typed(client: Client) -> None:
    version = an_open_survey()

    sent = send(client, version, trust="9", ease="2", comment="Long <story>")

    page = sent.content.decode()
    assert sent.status_code == 422
    assert "Choose one of the answers shown." in page
    assert 'href="#q-trust"' in page
    assert 'value="2" id="q-ease-2" checked' in page
    assert "Long &lt;story&gt;" in page
    assert Response.objects.count() == 0


def test_a_comment_too_long_is_kept_and_says_by_how_much(client: Client) -> None:
    sent = send(client, an_open_survey(), comment="x" * 5001)

    page = sent.content.decode()
    assert "Keep this to 5000 characters. It has 5001 now." in page
    assert "x" * 5001 in page


def test_a_field_nobody_asked_is_named_and_the_rest_kept(client: Client) -> None:
    version = an_open_survey()

    sent = send(client, version, trust="4", salary="1")

    page = sent.content.decode()
    assert sent.status_code == 422
    assert "Something arrived that this survey does not ask." in page
    assert 'id="q-trust-4" checked' in page


def test_the_page_shown_again_speaks_the_persons_language(client: Client) -> None:
    version = an_open_survey()

    sent = client.post(address(version), {"_page": a_token(version), "_lang": "es", "trust": "9"})

    assert "Elija una de las respuestas que se muestran." in sent.content.decode()


@pytest.mark.parametrize("token", ["", "forged", "a.b:c" * 400])
def test_a_page_that_cannot_be_verified_loses_nothing(client: Client, token: str) -> None:
    version = an_open_survey()

    sent = client.post(address(version), {"_page": token, "trust": "4", "comment": "Mine"})
    again = client.post(
        address(version), {"_page": token_on(sent), "trust": "4", "comment": "Mine"}
    )

    assert sent.status_code == 422
    assert "Press Send once more" in sent.content.decode()
    assert 'id="q-trust-4" checked' in sent.content.decode()
    assert again.status_code == 303
    response = Response.objects.get()
    assert (response.suspected, response.seconds) == ("", None)


def test_a_page_of_another_survey_is_not_stored_here(client: Client) -> None:
    here, there = an_open_survey(), an_open_survey()

    sent = client.post(address(here), {"_page": a_token(there), "trust": "4"})

    assert sent.status_code == 422
    assert Response.objects.count() == 0


def test_answers_are_stored_with_the_version_that_asked(client: Client) -> None:
    first = an_open_survey()
    token = a_token(first)
    first.closed_at = timezone.now()
    first.save()
    a_version(first.survey)

    sent = send(client, first, token, trust="2")

    assert sent.status_code == 303
    assert Response.objects.get().version == first


def test_an_old_page_of_a_changed_survey_is_shown_again_with_its_answers(client: Client) -> None:
    first = an_open_survey()
    token = a_token(first, seconds=5 * 3600)
    first.closed_at = timezone.now() - timedelta(hours=3)
    first.save()
    second = a_version(first.survey)

    sent = send(client, first, token, trust="2")

    assert sent.status_code == 422
    assert "This survey has changed since you opened it" in sent.content.decode()
    assert 'id="q-trust-2" checked' in sent.content.decode()
    assert read_token(token_on(sent)).version_id == second.pk  # type: ignore[union-attr]


def test_a_page_opened_in_time_is_taken_just_after_closing(client: Client) -> None:
    version = an_open_survey()
    token = a_token(version, seconds=600)
    version.closed_at = timezone.now() - timedelta(minutes=5)
    version.save()

    assert send(client, version, token, trust="2").status_code == 303
    assert Response.objects.count() == 1


def test_a_page_opened_after_closing_is_not_taken(client: Client) -> None:
    version = an_open_survey()
    version.closed_at = timezone.now() - timedelta(minutes=5)
    version.save()

    sent = send(client, version, a_token(version, seconds=60), trust="2")

    assert sent.status_code == 410
    assert Response.objects.count() == 0


def test_an_expired_clearance_takes_no_answers_days_later(client: Client) -> None:
    version = an_open_survey()
    token = a_token(version, seconds=3 * 24 * 3600)
    clearance = clearance_of(version)
    clearance.expires_on = timezone.localdate() - timedelta(days=2)
    clearance.save()

    sent = send(client, version, token, trust="2")

    assert sent.status_code == 410
    assert Response.objects.count() == 0


@pytest.mark.proves("280.10-q1")
def test_the_unit_of_the_link_is_stored_with_the_answers(client: Client) -> None:
    version = an_open_survey()
    office = a_unit(version.survey.service.owner, code="office-7")
    token = token_on(client.get(f"{address(version)}?unit=office-7"))

    send(client, version, token, trust="5")

    assert Response.objects.get().unit == office


@pytest.mark.proves("280.10-q1")
def test_an_unknown_unit_goes_to_quarantine_and_the_answers_are_kept(client: Client) -> None:
    version = an_open_survey()

    send(client, version, a_token(version, unit="nowhere"), trust="5")

    response = Response.objects.get()
    assert (response.unit, response.unknown_unit) == (None, "nowhere")
    assert response.answers["trust"] == 5


def test_a_unit_of_another_agency_is_unknown_here(client: Client) -> None:
    version, other = an_open_survey(), an_open_survey()
    a_unit(other.survey.service.owner, code="theirs")

    send(client, version, a_token(version, unit="theirs"), trust="5")

    assert Response.objects.get().unknown_unit == "theirs"


def test_an_alias_means_its_unit(client: Client) -> None:
    version = an_open_survey()
    owner = version.survey.service.owner
    office = a_unit(owner)
    UnitAlias.objects.create(agency=owner, code="OLD-7", unit=office)

    send(client, version, a_token(version, unit="OLD-7"), trust="5")

    assert Response.objects.get().unit == office


def test_the_day_is_that_of_the_unit() -> None:
    version = an_open_survey()
    a_unit(version.survey.service.owner, code="guam", time_zone="Pacific/Guam")

    for number, unit in enumerate(("", "guam")):
        actions.store(
            version,
            token_id=read_token(a_token(version)).response_id,  # type: ignore[union-attr]
            answers={"trust": number + 1},
            unit_code=unit,
            received_at=datetime(2022, 1, 28, 20, 0, tzinfo=UTC),
        )

    days = dict(Response.objects.values_list("unit__code", "day"))
    assert days == {None: date(2022, 1, 28), "guam": date(2022, 1, 29)}


def test_a_robot_that_fills_every_field_is_stored_apart(client: Client) -> None:
    send(client, an_open_survey(), trust="5", _website="https://buy.example")

    assert Response.objects.get().suspected == "filled in a field nobody sees"


def test_a_page_sent_at_once_is_stored_apart(client: Client) -> None:
    version = an_open_survey()

    send(client, version, a_token(version, seconds=0.1), trust="5")

    assert Response.objects.get().suspected == "sent faster than anybody reads"


def test_a_room_of_sixty_people_behind_one_address_is_not_marked(client: Client) -> None:
    version = an_open_survey()

    for _ in range(60):
        send(client, version, trust="5")

    assert Response.objects.filter(suspected="").count() == 60


def test_a_burst_from_one_address_is_stored_but_set_apart(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cx280.responses.guard.time.monotonic", lambda: 1000.0)
    version = an_open_survey()

    for _ in range(int(USUAL.burst) + 3):
        assert send(client, version, trust="5").status_code == 303

    assert Response.objects.exclude(suspected="").count() == 3


def test_a_flood_is_asked_to_wait_and_keeps_what_was_typed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cx280.responses.guard.time.monotonic", lambda: 1000.0)
    version = an_open_survey()
    for _ in range(int(FLOOD.burst)):
        guard_now = __import__("cx280.responses.survey_views", fromlist=["addresses"]).addresses
        guard_now.one_more("127.0.0.1", version.survey.code)

    sent = send(client, version, trust="5", comment="Still here")

    assert sent.status_code == 429
    assert sent["Retry-After"] == "60"
    assert "Still here" in sent.content.decode()


def test_a_forwarded_address_counts_only_behind_a_proxy(client: Client, settings: object) -> None:
    request = client.get("/health").wsgi_request
    request.META |= {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.9"}

    settings.BEHIND_PROXY = False  # type: ignore[attr-defined]
    assert address_of(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True  # type: ignore[attr-defined]
    assert address_of(request) == "203.0.113.9"


def test_a_comment_is_never_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send(client, an_open_survey(), trust="9", comment="My secret garden")
        send(client, an_open_survey(), trust="5", comment="My secret garden")

    ours = [each for each in caplog.records if not each.name.startswith("django.db")]
    assert "secret garden" not in "".join(each.getMessage() for each in ours)


def test_storing_takes_one_transaction_and_few_statements(
    client: Client, django_assert_num_queries: object
) -> None:
    version = an_open_survey()
    send(client, version, trust="5")

    # The version; then inside one transaction the answers and the words.
    with django_assert_num_queries(5) as asked:  # type: ignore[operator]
        send(client, version, trust="5", comment="Kind")

    kinds = [each["sql"].split()[0] for each in asked.captured_queries]
    assert kinds == ["SELECT", "SAVEPOINT", "INSERT", "INSERT", "RELEASE"]
