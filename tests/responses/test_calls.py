"""Calls over real HTTP: a scripted caller hears everything, answers, hangs up, loses nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.utils.crypto import salted_hmac

from tests.responses.a_server import CODE, Server
from tests.responses.callers import TwilioCaller, VoiceCaller, over

TOKEN = "a-token-of-twilio"
_SWITCH_ON = """
import django; django.setup()
from cx280.responses.models import PhoneLine
from cx280.surveys.models import Survey
PhoneLine.objects.update_or_create(survey=Survey.objects.get(), defaults={"is_on": True})
"""
KILLED_BEFORE = (0, 2, 5, 8)  # the language, the first question, one between, the last
ALL = ["trust", "satisfaction", "effectiveness", "ease", "efficiency", "equity", "employee"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose survey may be called, in English and Spanish."""
    made = Server(tmp_path_factory.mktemp("phone") / "data")
    made.environment["CX280_ADDRESS"] = f"http://127.0.0.1:{made.port}"
    made.environment["CX280_TWILIO_TOKEN"] = TOKEN
    made.environment["CX280_SECRET_KEY"] = "a key of this test"
    made._run(_SWITCH_ON, made.folder)
    made.start()
    yield made
    made.kill()


@pytest.fixture(autouse=True)
def nothing_yet(server: Server) -> None:
    """Every test begins without answers and calls."""
    with closing(sqlite3.connect(server.folder / "cx280.sqlite3", timeout=20)) as record:
        for table in ("call", "callday", "offercount", "response"):
            record.execute(f"DELETE FROM responses_{table}")
        record.commit()


def start() -> str:
    """The address that staff give to the phone system."""
    key = salted_hmac(
        "cx280.phone-line", CODE, secret="a key of this test", algorithm="sha256"
    ).hexdigest()[:24]
    return f"/s/{CODE}/voice.vxml?line={key}&unit=north"


def called(server: Server, **fields: Any) -> VoiceCaller:
    """A caller who has dialed."""
    caller = VoiceCaller(over("127.0.0.1", server.port), **fields)
    caller.dial(start())
    return caller


def twilio(server: Server, **fields: Any) -> TwilioCaller:
    """A caller whose call Twilio carries."""
    address = f"http://127.0.0.1:{server.port}"
    caller = TwilioCaller(over("127.0.0.1", server.port), TOKEN, address, **fields)
    assert caller.dial(f"/s/{CODE}/twiml/?unit=north") == 200
    return caller


def stored(server: Server) -> list[dict[str, Any]]:
    """The responses there are."""
    names = ("answers", "language", "channel", "source", "unknown_unit", "seconds")
    rows = server.rows(f"SELECT {', '.join(names)} FROM responses_response")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [{**each, "answers": json.loads(str(each["answers"]))} for each in found]


def counts(server: Server) -> tuple[object, ...]:
    """calls, whole, partial, declined."""
    rows = server.rows("SELECT calls, whole, partial, declined FROM responses_callday")
    return rows[0] if rows else (0, 0, 0, 0)


@pytest.mark.proves("280.6-b2", "280.8-b9")
def test_a_caller_answers_everything_in_spanish(server: Server) -> None:
    caller = called(server)
    assert caller.heard == ["For English, press 1.", "Para español, oprima 2."]

    for key in ("2", "1", *"5432154"):
        caller.press(key)

    assert caller.over
    (response,) = stored(server)
    assert response["answers"] == dict(zip(ALL, [5, 4, 3, 2, 1, 5, 4], strict=True))
    assert (response["language"], response["source"]) == ("es", "ivr")
    assert (response["channel"], response["unknown_unit"]) == ("automated_phone", "north")
    assert counts(server) == (1, 1, 0, 0)
    said = " ".join(caller.heard)
    for must in ("decisión suya", "número de control", "asterisco", "Fue fácil completar"):
        assert must in said
    assert "Para totalmente de acuerdo, oprima 5." in caller.heard
    assert "comment" not in response["answers"]


def test_a_caller_who_answers_nothing_is_counted_and_no_response(server: Server) -> None:
    caller = called(server)

    for key in ("1", "1", *"#" * 7):
        caller.press(key)

    assert caller.over
    assert stored(server) == []
    assert counts(server) == (1, 0, 0, 1)


def test_who_says_no_is_let_go_at_once(server: Server) -> None:
    caller = called(server)

    caller.press("1")
    caller.press("#")

    assert caller.over
    assert caller.heard[-1] == "That is fine. Thank you for calling. Goodbye."
    assert counts(server) == (1, 0, 0, 1)


@pytest.mark.parametrize("answers", range(8))
def test_hanging_up_anywhere_keeps_what_was_given(server: Server, answers: int) -> None:
    caller = called(server)
    for key in ("1", "1", *"4" * answers):
        caller.press(key)
    if not caller.over:
        caller.hang_up()

    assert [each["answers"] for each in stored(server)] == (
        [dict.fromkeys(ALL[:answers], 4)] if answers else []
    )
    whole = answers == len(ALL)
    assert counts(server) == (1, int(whole), int(0 < answers < 7), int(not answers))


def test_star_says_it_again_and_a_wrong_key_twice_at_most(server: Server) -> None:
    caller = called(server)
    for key in ("1", "1"):
        caller.press(key)
    question = "This interaction increased my trust in Boat permits."

    for key in ("*", "9", "", "8"):
        caller.press(key)

    assert caller.heard.count(question) == 4  # at first, after the star, after each wrong key
    assert caller.heard.count("That key is no answer here.") == 1
    assert caller.heard.count("We did not get a key.") == 1
    assert "I am satisfied with the service I received from Boat permits." in caller.heard
    caller.press("3")
    caller.hang_up()
    assert stored(server)[0]["answers"] == {"trust": None, "satisfaction": 3}


def test_a_server_killed_again_and_again_loses_nothing(server: Server) -> None:
    """Killed before each post, so that it fails; started again while the phone system waits."""
    caller = called(server, meanwhile=server.start)
    for place, key in enumerate(("1", "1", *"5123451")):
        if place in KILLED_BEFORE:
            server.kill()
        caller.press(key)

    assert caller.over
    (response,) = stored(server)
    assert response["answers"] == dict(zip(ALL, [5, 1, 2, 3, 4, 5, 1], strict=True))
    assert counts(server) == (1, 1, 0, 0)
    assert caller.heard.count("One moment, please.") == len(KILLED_BEFORE)


def test_what_was_stored_before_the_answer_got_lost_is_not_asked_or_stored_again(
    server: Server,
) -> None:
    """The server took the key and was killed before the phone system heard: it posts once more."""
    plain = over("127.0.0.1", server.port)
    lost: list[int] = []

    def losing(method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, bytes]:
        answer = plain(method, path, body, headers)
        lost.append(1)
        if method == "POST" and len(lost) % 2 == 0:
            raise ConnectionResetError
        return answer

    caller = VoiceCaller(losing)
    caller.dial(start())
    for key in ("1", "1", *"5123451"):
        caller.press(key)

    assert caller.over
    assert [each["answers"] for each in stored(server)] == [
        dict(zip(ALL, [5, 1, 2, 3, 4, 5, 1], strict=True))
    ]
    assert counts(server) == (1, 1, 0, 0)


def test_nobody_begins_a_call_without_the_key_of_the_line(server: Server) -> None:
    for path in (f"/s/{CODE}/voice.vxml", f"/s/{CODE}/voice.vxml?line=0123456789abcdef01234567"):
        assert server.get(path)[0] == 404
    status, said = server.ask("POST", f"/s/{CODE}/voice.vxml", "call=forged&key=5",
                              "application/x-www-form-urlencoded")  # fmt: skip

    assert status == 200
    assert "<exit" in said
    assert counts(server) == (0, 0, 0, 0)


def test_twilio_carries_a_whole_call(server: Server) -> None:
    caller = twilio(server)

    for key in ("1", "1", *"5432154"):
        caller.press(key)

    assert caller.over
    (response,) = stored(server)
    assert response["answers"] == dict(zip(ALL, [5, 4, 3, 2, 1, 5, 4], strict=True))
    assert (response["language"], response["unknown_unit"]) == ("en", "north")
    assert "For strongly agree, press 5." in caller.heard


def test_twilio_carries_a_call_without_an_answer(server: Server) -> None:
    caller = twilio(server)

    for key in ("1", "1", *"#" * 7):
        caller.press(key)

    assert caller.over
    assert stored(server) == []
    assert counts(server) == (1, 0, 0, 1)


def test_twilio_tells_that_somebody_hung_up(server: Server) -> None:
    caller = twilio(server)
    for key in ("1", "1", "4", "3"):
        caller.press(key)

    assert caller.post(f"/s/{CODE}/twiml/ended/", CallStatus="completed") == 204
    assert caller.post(f"/s/{CODE}/twiml/ended/", CallStatus="completed") == 204

    assert [each["answers"] for each in stored(server)] == [{"trust": 4, "satisfaction": 3}]
    assert counts(server) == (1, 0, 1, 0)


def test_a_call_that_comes_back_after_a_crash_goes_on_where_it_was(server: Server) -> None:
    """Twilio's fallback address is the first one: the call is known by its name."""
    caller = twilio(server)
    for key in ("2", "1", "4"):
        caller.press(key)
    server.kill()
    with pytest.raises(OSError, match="refused"):
        caller.press("3")
    server.start()

    assert caller.dial(f"/s/{CODE}/twiml/?unit=north") == 200
    assert caller.heard[-6] == "Estoy satisfecho con el servicio que recibí de Boat permits."
    for key in "3#5123":
        caller.press(key)

    assert [each["answers"] for each in stored(server)] == [
        dict(zip(ALL, [4, 3, None, 5, 1, 2, 3], strict=True))
    ]
    assert counts(server) == (1, 1, 0, 0)


def test_only_twilio_is_heard(server: Server) -> None:
    forged = TwilioCaller(
        over("127.0.0.1", server.port), "another-token", f"http://127.0.0.1:{server.port}"
    )
    elsewhere = TwilioCaller(over("127.0.0.1", server.port), TOKEN, "https://elsewhere.example")

    for caller in (forged, elsewhere):
        assert caller.dial(f"/s/{CODE}/twiml/") == 403
        assert caller.post(f"/s/{CODE}/twiml/ended/") == 403
    assert server.post(f"/s/{CODE}/twiml/") == 403
    assert counts(server) == (0, 0, 0, 0)


def test_no_number_of_a_caller_is_kept_anywhere(server: Server) -> None:
    caller = twilio(server, number="+12025550187", sid="CA1234567890abcdef1234567890abcdef")
    for key in ("1", "1", "4"):
        caller.press(key)
    caller.post(f"/s/{CODE}/twiml/ended/", CallStatus="completed")

    kept = b"".join(each.read_bytes() for each in Path(server.folder).rglob("*") if each.is_file())
    assert len(stored(server)) == 1
    for never in (b"2025550187", b"1234567890abcdef1234567890abcdef"):
        assert never not in kept
