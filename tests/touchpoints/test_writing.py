"""Answers are written with their dates, and Touchpoints' files go out and come back unchanged."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from cx280.accounts.actions import make_key
from cx280.accounts.models import Person
from cx280.kernel.problem import Unusable
from cx280.kernel.quarter import Quarter
from cx280.reporting.actions import build_draft
from cx280.responses import actions, queries
from cx280.responses.exporting import table_of
from cx280.responses.models import Response
from cx280.responses.reading import csv_rows
from cx280.responses.rules.export import TOUCHPOINTS_DRIVERS
from cx280.responses.rules.importing import Reconciliation
from cx280.surveys.models import Survey, SurveyVersion
from cx280.touchpoints.rules.words import detail_key
from tests.builders import a_response, a_survey, a_version, some_words
from tests.reporting.quarters import Scene, a_scene

pytestmark = pytest.mark.django_db
DRIVERS = [
    ("effectiveness", "My need was met"), ("ease", "Easy"), ("efficiency", "Quick"),
    ("equity_transparency", "Fair"), ("employee", "Helpful people"),
]  # fmt: skip
TAPPING: dict[str, Any] = {
    "title": "Thumb and taps",
    "questions": [
        {"id": "trust", "construct": "trust", "text": "Trust?", "response": "thumbs"},
        {"id": "why", "construct": "drivers", "mode": "tapping", "parent": "trust", "text": "Why?",
         "options": [{"driver": driver, "text": text} for driver, text in DRIVERS]},
        {"id": "comment", "construct": "comment", "text": "Else?", "response": "text"},
    ],
}  # fmt: skip


def a_tapping_survey() -> SurveyVersion:
    return a_version(a_survey(draft=TAPPING))


def file_of(survey: Survey) -> bytes:
    """Its 17 columns as a file."""
    header, rows = table_of(survey, queries.responses_of(survey), "touchpoints17")
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()


def brought_in(survey: Survey, file: bytes, day: str = "2024-09-30") -> Reconciliation:
    with csv_rows(io.BytesIO(file), "file.csv") as (header, rows):
        return actions.import_touchpoints(
            survey, rows=rows, header=header, day=day, by="test", source="file.csv"
        )


def test_the_17_columns_go_out_and_come_back_unchanged() -> None:
    there, here = a_tapping_survey(), a_tapping_survey()
    a_response(there, external_id="1", answers={"trust": 1, "why": ["ease", "employee"]})
    angry = a_response(there, external_id="2", answers={"trust": 0, "why": ["efficiency"]})
    some_words(angry, "Slow, and “dear”,\nsaid I")
    a_response(there, external_id="3", answers={"trust": 1, "why": []})

    report = brought_in(here.survey, file_of(there.survey))

    assert (report.accepted, report.rejected) == (3, 0)
    by_id = {line.split(b",")[0]: line for line in file_of(there.survey).splitlines()}
    assert by_id == {line.split(b",")[0]: line for line in file_of(here.survey).splitlines()}


def test_a_file_brought_in_twice_is_there_once_with_the_day_that_was_said() -> None:
    version = a_tapping_survey()
    there = a_tapping_survey()
    a_response(there, external_id="1", answers={"trust": 1, "why": ["ease"]})
    file = file_of(there.survey)

    brought_in(version.survey, file)
    again = brought_in(version.survey, file)

    assert (again.accepted, again.duplicate) == (0, 1)
    assert Response.objects.get(version=version).day == date(2024, 9, 30)


def test_a_file_without_dates_and_without_a_day_is_refused_line_by_line() -> None:
    there = a_tapping_survey()
    a_response(there, external_id="1", answers={"trust": 1, "why": []})

    report = brought_in(a_tapping_survey().survey, file_of(there.survey), day="")

    assert report.reasons == {"a day that is not written as %Y-%m-%d": 1}


def test_a_file_that_lacks_a_column_is_refused_with_its_name() -> None:
    with pytest.raises(Unusable, match=r"no column positive_effectiveness, .*, question_4"):
        brought_in(a_tapping_survey().survey, b"external_id,question_1\n1,1\n")


class Program:
    """A program of the agency with the key of its CX lead."""

    def __init__(self, client: Client, person: Person) -> None:
        self.client, self.key = client, make_key(person, name="test", by=person)

    def post(self, body: object) -> HttpResponse:
        answer = self.client.post(
            "/touchpoints/v1/cx_responses", json.dumps(body), content_type="application/json",
            headers={"x-api-key": self.key},
        )  # fmt: skip
        assert isinstance(answer, HttpResponse)
        return answer


def told(answer: HttpResponse) -> Any:  # noqa: ANN401  JSON is anything
    return json.loads(answer.content)


def an_answer(detail: int, external_id: str, **attributes: Any) -> dict[str, Any]:
    blocks = {f"{way}_{each}": "0" for way in ("positive", "negative")
              for each in TOUCHPOINTS_DRIVERS}  # fmt: skip
    return {"type": "cx_responses", "attributes": {
        "cx_collection_detail_id": detail, "external_id": external_id, "question_1": "4",
        "responded_at": "2022-02-03T23:30:00.000-0500", **blocks, "question_4": None, **attributes,
    }}  # fmt: skip


@pytest.fixture
def scene() -> Scene:
    return a_scene()


def detail_of(scene: Scene) -> int:
    package = build_draft(scene.service, Quarter.parse("FY2022 Q2"))
    return detail_key(package.pk, scene.survey.pk)


def test_answers_are_written_with_the_moment_people_gave_them(scene: Scene, client: Client) -> None:
    program, detail = Program(client, scene.lead), detail_of(scene)
    answer = program.post({"data": [an_answer(detail, "a"), an_answer(detail, "b")]})
    again = program.post({"data": an_answer(detail, "a")})

    assert (answer.status_code, told(answer)["meta"]["accepted"]) == (201, 2)
    assert told(again)["meta"] == {"rows": 1, "accepted": 0, "duplicate": 1, "rejected": 0}
    assert set(scene.version.responses.values_list("day", flat=True)) == {date(2022, 2, 3)}


def test_what_cannot_be_stored_is_pointed_at_and_the_rest_is_kept(
    scene: Scene, client: Client
) -> None:
    detail = detail_of(scene)
    bad = an_answer(detail, "b", question_1="9")
    answer = Program(client, scene.lead).post({"data": [an_answer(detail, "a"), bad]})

    assert answer.status_code == 422
    assert told(answer)["meta"]["accepted"] == 1
    assert told(answer)["errors"] == [{
        "status": "422", "title": "trust: not one of its answers",
        "source": {"pointer": "/data/1"},
    }]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"data": []}, "Send 1 to 1,000"),
        ({"data": [{"type": "songs", "attributes": {}}]}, "of the type cx_responses"),
        ({"data": [{"type": "cx_responses", "attributes": {}}]}, "must be the number of a detail"),
        ({"dat": 1}, "cannot be read"),
        ([1], "cannot be read"),
    ],
)
def test_a_body_that_is_no_answers_is_refused_in_words(
    body: object, words: str, scene: Scene, client: Client
) -> None:
    answer = Program(client, scene.lead).post(body)

    assert answer.status_code == 422
    assert words in told(answer)["error"]["message"]


def test_nobody_writes_into_another_agency_s_survey(scene: Scene, client: Client) -> None:
    other = a_scene("Other")
    answer = Program(client, other.lead).post({"data": an_answer(detail_of(scene), "a")})
    unknown = Program(client, other.lead).post({"data": an_answer(987_654_321, "a")})

    assert (answer.status_code, unknown.status_code) == (404, 404)
    assert not scene.version.responses.exists()
