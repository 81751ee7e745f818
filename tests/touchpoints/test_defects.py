"""The ten defects found in Touchpoints (D1 to D10): each shown not to be here."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext

from cx280.accounts.actions import make_key
from cx280.kernel.problem import Unusable
from cx280.measures.actions import recount
from cx280.measures.models import Fact
from cx280.reporting.actions import build_draft
from cx280.reporting.queries.content import content_of
from cx280.responses.actions import count_offered, import_touchpoints
from cx280.responses.models import Response
from cx280.responses.reading import csv_rows
from cx280.responses.rules.export import TOUCHPOINTS_HEADER
from cx280.services.models import ServiceChannel
from cx280.surveys.rules.document import read_document
from cx280.touchpoints.queries.services import services
from tests.browser import PHONE
from tests.builders import a_document, a_response, a_service, a_survey, a_version
from tests.reporting.quarters import QUARTER, Scene, a_scene, answer, answered
from tests.responses.visits import an_open_survey
from tests.touchpoints.test_writing import a_tapping_survey, brought_in, file_of

Contexts = Callable[..., BrowserContext]


@pytest.fixture
def scene(db: None) -> Scene:
    return a_scene()


def answers_of(client: Client, scene: Scene, **query: str) -> list[dict[str, Any]]:
    key = make_key(scene.lead, name="test", by=scene.lead)
    told = client.get("/touchpoints/v1/cx_responses", query, headers={"x-api-key": key})
    found: list[dict[str, Any]] = told.json()["data"]
    return found


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_d1_coming_back_to_a_page_never_changes_what_an_answer_means(
    new_context: Contexts,
) -> None:
    version = an_open_survey()
    page = new_context(viewport=PHONE).new_page()
    page.goto(f"/s/{version.survey.code}/")
    values = "[...document.querySelectorAll('input[name=trust]')].map(each => each.value)"
    before = page.evaluate(values)
    page.locator("input[name=trust][value='5']").check()

    page.reload()

    assert page.evaluate(values) == before
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.locator("input[name=trust][value='1']").check()
    assert page.evaluate("new FormData(document.forms[0]).get('trust')") == "1"


def test_d2_the_last_day_of_a_range_and_of_a_quarter_is_in_it(scene: Scene, client: Client) -> None:
    answer(scene, 1, on=QUARTER.last_day)
    recount(scene.version, QUARTER)

    found = answers_of(
        client, scene, start_date=str(QUARTER.first_day), end_date=str(QUARTER.last_day)
    )
    content = content_of(build_draft(scene.service, QUARTER))

    assert len(found) == 1
    assert content.surveys[0].volumes.respondents == 1
    assert content.surveys[0].collected_to == QUARTER.last_day


@pytest.mark.django_db
def test_d2_a_late_evening_counts_on_its_day_where_the_service_is() -> None:
    version = a_version()
    row = {"external_id": "1", "question_1": "5"}
    late = "2022-03-31T23:30:00.000-0400"  # April 1 by the clock of Greenwich

    import_touchpoints(
        version.survey, rows=[row | {"responded_at": late}], header=[*TOUCHPOINTS_HEADER],
        day_format="%Y-%m-%dT%H:%M:%S.%f%z", by="test", source="test",
    )  # fmt: skip

    assert Response.objects.get(version=version).day == QUARTER.last_day


def test_d3_what_was_set_apart_is_not_reported_and_nothing_is_a_list_of_nothing(
    scene: Scene, client: Client
) -> None:
    assert answers_of(client, scene) == []
    a_response(scene.version, suspected="many at once from one address")

    assert answers_of(client, scene) == []


def test_d4_who_was_offered_the_survey_is_counted_by_the_quarter(scene: Scene) -> None:
    before = QUARTER.previous
    count_offered(scene.version, channel="website", day=before.last_day, people=1000)
    count_offered(scene.version, channel="website", day=QUARTER.first_day, people=70)
    for each in (before, QUARTER):
        answer(scene, 12, on=each.last_day)
        recount(scene.version, each)

    offered = {
        str(each): content_of(build_draft(scene.service, each)).surveys[0].volumes.offered
        for each in (before, QUARTER)
    }

    assert offered == {str(before): 1000, str(QUARTER): 70}


def test_d5_nothing_is_left_out_where_no_range_is_asked_for(scene: Scene, client: Client) -> None:
    answer(scene, 1, on=date(2021, 10, 1))
    answer(scene, 1, on=date(2026, 7, 24))

    assert len(answers_of(client, scene)) == 2


@pytest.mark.django_db
def test_d6_a_mark_before_the_first_name_loses_no_id_and_garbage_is_refused() -> None:
    there, here = a_tapping_survey(), a_tapping_survey()
    a_response(there, external_id="100001", answers={"trust": 1, "why": []})
    file = file_of(there.survey)

    assert brought_in(here.survey, b"\xef\xbb\xbf" + file).accepted == 1
    assert Response.objects.get(version=here).external_id == "100001"
    with (
        pytest.raises(Unusable, match="not UTF-8"),
        csv_rows(io.BytesIO(b"\xff\xfe" + file), "file.csv") as (_, rows),
    ):
        list(rows)


@pytest.mark.django_db
def test_d7_taps_stand_under_the_rating_that_was_sent_and_under_no_other() -> None:
    """Boxes of a rating somebody took back cannot stay ticked: there is one list for both."""
    version = a_tapping_survey()
    a_response(version, external_id="up", answers={"trust": 1, "why": ["ease"]})
    a_response(version, external_id="down", answers={"trust": 0, "why": ["ease"]})
    a_response(version, external_id="none", answers={"trust": None, "why": ["ease"]})

    rows = csv.DictReader(io.StringIO(file_of(version.survey).decode()))

    assert {row["external_id"]: (row["positive_ease"], row["negative_ease"]) for row in rows} == {
        "up": ("1", "0"),
        "down": ("0", "1"),
        "none": ("0", "0"),
    }


def test_d8_scores_leave_out_what_was_set_apart(scene: Scene) -> None:
    answered(scene)
    for _ in range(50):
        a_response(scene.version, day=QUARTER.first_day, answers={"trust": 1}, suspected="a robot")
    recount(scene.version, QUARTER)

    fact = Fact.objects.get(
        version=scene.version, question="trust", polarity="", unit=None, channel="",
        starts_on=QUARTER.first_day,
    )  # fmt: skip
    assert sum(fact.counts.values()) == fact.answered == 127


@pytest.mark.django_db
@pytest.mark.parametrize("channel", ["website", "mobile_app"])
def test_d9_a_website_or_an_app_is_digital(channel: str) -> None:
    service = a_service()
    service.channels.all().delete()
    ServiceChannel.objects.create(service=service, channel=channel)

    (told,) = services(type(service).objects.filter(pk=service.pk))

    assert told["attributes"]["available_digitally"] is True
    assert told["attributes"]["available_in_person"] is False


@pytest.mark.django_db
def test_d10_a_question_put_otherwise_is_another_version_with_its_own_answers() -> None:
    document = a_document("Boat permits")
    first = a_version(a_survey(draft=document))
    a_response(first, answers={"trust": 5})
    frozen = json.loads(json.dumps(first.document))
    survey = first.survey
    survey.draft = json.loads(json.dumps(document).replace("increased my trust", "cost my trust"))
    survey.save()
    first.closed_at, first.closed_because = timezone.now(), "replaced"
    first.save()
    second = a_version(survey, number=2)

    first.refresh_from_db()
    assert first.document == frozen
    texts = {
        each.number: question.text
        for each in (first, second)
        if (question := read_document(each.document).question("trust"))
    }
    assert texts[1] != texts[2]
    assert list(first.responses.values_list("answers__trust", flat=True)) == [5]
    assert not second.responses.exists()
