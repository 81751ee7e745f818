"""/api/v1/surveys/{code}/responses: answers in, each once; answers out as a stream."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.responses.models import Comment, Response
from cx280.surveys.models import SurveyVersion
from tests.builders import a_person, a_response, a_survey, a_unit, a_version, some_words
from tests.site.calls import PROBLEM, Program

pytestmark = pytest.mark.django_db


def a_writer(version: SurveyVersion) -> Program:
    return Program(a_person(Role.PROGRAM_MANAGER, version.survey.service.owner))


def collected(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "external_id": f"r{number}",
        "received_at": "2022-02-01T12:00:00-05:00",
        "answers": {"trust": 5, "ease": 3},
        **fields,
    }


def bring_in(version: SurveyVersion, *responses: dict[str, Any], **fields: Any) -> dict[str, Any]:
    answer = a_writer(version).send(
        f"/surveys/{version.survey.code}/responses", {"responses": responses, **fields}
    )
    told: dict[str, Any] = json.loads(answer.content)
    assert answer.status_code == 200, told
    return told


@pytest.mark.proves("280.9-e5")
def test_every_response_is_accounted_for() -> None:
    version = a_version()
    a_unit(version.survey.service.owner, code="office-7")

    told = bring_in(
        version,
        collected(1, unit="office-7", comments={"comment": "Call 202-555-0143"}),
        collected(2, unit="nowhere"),
        collected(2),
        collected(3, answers={"trust": 9}),
        collected(4, answers={}),
        collected(5, received_at="2099-01-01T00:00:00Z"),
    )

    assert (told["rows"], told["accepted"], told["duplicate"], told["rejected"]) == (6, 2, 1, 3)
    assert (told["quarantined"], told["redacted"]) == (1, 1)
    assert told["examples"][0] == {"response": 3, "reason": "trust: not one of its answers"}
    first = Response.objects.get(external_id="r1")
    assert (first.unit.code if first.unit else "", first.day) == ("office-7", date(2022, 2, 1))
    assert (first.answers, first.source) == ({"trust": 5, "ease": 3}, Response.Source.IMPORT)
    assert Comment.objects.get().text == "Call [phone]"


def test_the_same_responses_sent_again_change_nothing() -> None:
    version = a_version()
    bring_in(version, collected(1), collected(2))
    before = list(Response.objects.order_by("pk").values())

    told = bring_in(version, collected(1), collected(2, answers={"trust": 1}))

    assert (told["accepted"], told["duplicate"]) == (0, 2)
    assert list(Response.objects.order_by("pk").values()) == before


def test_the_day_is_that_of_the_service_and_not_of_the_program() -> None:
    version = a_version()

    bring_in(version, collected(1, received_at="2022-02-02T03:00:00Z"))

    assert Response.objects.get().day == date(2022, 2, 1)


def test_the_moment_somebody_answered_is_kept() -> None:
    version = a_version()

    bring_in(version, collected(1, received_at="2022-02-01T12:34:56-05:00"))

    assert Response.objects.get().received_at == datetime(2022, 2, 1, 17, 34, 56, tzinfo=UTC)


def test_a_response_may_have_come_over_any_channel_of_the_service() -> None:
    version = a_version()
    version.survey.service.channels.create(channel="phone")

    told = bring_in(
        version,
        collected(1, channel="phone"),
        collected(2),
        collected(3, channel="email"),
        collected(4, channel="pigeon"),
    )

    found = dict(Response.objects.values_list("external_id", "channel"))
    assert found == {"r1": "phone", "r2": version.survey.channel}
    assert told["reasons"] == {"a channel that is not one of the service": 2}
    assert [each["response"] for each in told["examples"]] == [2, 3]


def test_several_options_arrive_as_codes_and_a_skipped_question_as_null() -> None:
    draft = {
        "title": "Taps",
        "questions": [
            {"id": "trust", "construct": "trust", "text": "Trust?", "response": "thumbs"},
            {"id": "why", "construct": "drivers", "mode": "tapping", "parent": "trust",
             "text": "Why?", "options": [{"driver": "ease", "text": "Easy"},
                                         {"driver": "efficiency", "text": "Fast"}]},
            {"id": "age", "construct": "additional", "text": "How many visits?",
             "response": "number", "purpose": "To know."},
        ],
    }  # fmt: skip
    version = a_version(a_survey(draft=draft))

    bring_in(
        version,
        collected(1, answers={"trust": 1, "why": ["ease", "efficiency"], "age": 3}),
        collected(2, answers={"trust": 0, "why": None, "age": "12"}),
    )

    one, two = Response.objects.order_by("external_id")
    assert one.answers == {"trust": 1, "why": ["ease", "efficiency"], "age": "3"}
    assert two.answers == {"trust": 0, "why": None, "age": "12"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"external_id": ""}, "external_id"),
        ({"external_id": "x" * 101}, "external_id"),
        ({"received_at": "2022-02-01T12:00:00"}, "received_at"),
        ({"received_at": "0001-01-01T00:00:00Z"}, "received_at"),
        ({"received_at": "9999-12-31T23:59:59Z"}, "received_at"),
        ({"answers": {"trust": True}}, "answers"),
        ({"answers": {"trust": 4.5}}, "answers"),
        ({"channel": "x" * 31}, "channel"),
        ({"rating": 5}, "rating"),
    ],
)
def test_a_response_of_the_wrong_shape_is_refused_by_its_field(
    fields: dict[str, Any], field: str
) -> None:
    version = a_version()

    answer = a_writer(version).send(
        f"/surveys/{version.survey.code}/responses",
        {"responses": [collected(1), collected(2, **fields)]},
    )

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, PROBLEM)
    assert json.loads(answer.content)["field"].startswith(f"body.batch.responses.1.{field}")
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"responses": []},
        {"responses": [collected(n) for n in range(1001)]},
        {"responses": [collected(1, answers={"colour": 1})]},
        {"responses": [collected(1, answers={"comment": "words"})]},
        {"responses": [collected(1, comments={"trust": "words"})]},
        {"responses": [collected(1)], "version": 7},
        {"responses": [collected(1, external_id="a\x00b")]},
    ],
)
def test_a_batch_that_does_not_fit_the_survey_is_refused_whole(body: dict[str, Any]) -> None:
    version = a_version()

    answer = a_writer(version).send(f"/surveys/{version.survey.code}/responses", body)

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, PROBLEM)
    assert not Response.objects.exists()


def test_an_import_is_in_the_trail() -> None:
    version = a_version()

    bring_in(version, collected(1))

    entry = AuditEntry.objects.get(action="import_responses")
    assert (entry.detail["file"], entry.detail["accepted"]) == ("API", 1)


def test_a_survey_that_was_never_open_takes_no_responses() -> None:
    survey = a_survey()
    writer = Program(a_person(Role.CX_LEAD, survey.service.owner))

    answer = writer.send(f"/surveys/{survey.code}/responses", {"responses": [collected(1)]})

    assert answer.status_code == 422
    assert "Open the survey first" in json.loads(answer.content)["fix"]


def test_who_may_not_import_is_refused_and_another_agency_finds_nothing() -> None:
    version = a_version()
    address = f"/surveys/{version.survey.code}/responses"
    body = {"responses": [collected(1)]}

    analyst = Program(a_person(Role.ANALYST, version.survey.service.owner)).send(address, body)
    stranger = Program(a_person(Role.CX_LEAD)).send(address, body)

    assert (analyst.status_code, stranger.status_code) == (403, 404)
    assert not Response.objects.exists()


def rows_of(program: Program, address: str) -> list[dict[str, str]]:
    answer = program.client.get(f"/api/v1{address}")
    assert answer.status_code == 200
    assert answer.streaming
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_responses_leave_as_a_stream_of_csv() -> None:
    version = a_version()
    response = a_response(version)
    some_words(response, "=Kind")

    (row,) = rows_of(a_writer(version), f"/surveys/{version.survey.code}/responses.csv")

    assert (row["response"], row["trust"], row["comment"]) == (str(response.pk), "5", "'=Kind")


def test_the_manager_of_an_office_gets_the_responses_of_that_office() -> None:
    version = a_version()
    office = a_unit(version.survey.service.owner)
    mine = a_response(version, unit=office)
    a_response(version)
    manager = Program(a_person(Role.PROGRAM_MANAGER, office))

    (row,) = rows_of(manager, f"/surveys/{version.survey.code}/responses.csv")

    assert row["response"] == str(mine.pk)


def test_the_file_is_not_for_analysts_nor_for_other_agencies() -> None:
    version = a_version()
    address = f"/surveys/{version.survey.code}/responses.csv"
    owner = version.survey.service.owner

    assert Program(a_person(Role.ANALYST, owner)).refused(address) == (403, PROBLEM)
    assert Program(a_person(Role.OMB_REVIEWER)).refused(address) == (403, PROBLEM)
    assert Program(a_person(Role.CX_LEAD)).refused(address) == (404, PROBLEM)
    assert a_writer(version).refused(f"{address}?format=xls") == (422, PROBLEM)
