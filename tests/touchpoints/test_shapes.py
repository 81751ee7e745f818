"""Field by field the shapes of Touchpoints' JSON:API, to whoever may see what stands in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.actions import make_key
from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.touchpoints.rules.shapes import MOST, USUAL_SIZE, Paging, moment, paged, paging_of
from cx280.touchpoints.rules.words import collection_and_survey, detail_key
from tests.builders import a_person, an_agency, some_words
from tests.reporting.quarters import Scene, a_scene, answer, answered, released, sent, written

ROOT = "/touchpoints/v1/"
SERVICE = [
    "name",
    "description",
    "organization_id",
    "organization_abbreviation",
    "organization_name",
    "service_provider_id",
    "service_provider_name",
    "service_provider_slug",
    "short_description",
    "year_designated",
    "previously_reported",
    "contact_center",
    "kind",
    "transactional",
    "notes",
    "hisp",
    "service_slug",
    "service_owner_email",
    "service_managers",
    "url",
    "homepage_url",
    "channels",
    "tags",
    "available_in_person",
    "available_digitally",
    "available_via_phone",
    "aasm_state",
]
PROVIDER = [
    "organization_id",
    "organization_abbreviation",
    "organization_name",
    "name",
    "slug",
    "year_designated",
    "description",
    "notes",
    "department",
    "department_abbreviation",
    "bureau",
    "inactive",
    "url",
    "new",
    "portfolio_manager_email",
    "service_provider_managers",
    "services_count",
]
COLLECTION = [
    "user_id",
    "name",
    "organization_id",
    "service_provider_id",
    "service_id",
    "service_name",
    "fiscal_year",
    "quarter",
    "aasm_state",
    "rating",
    "integrity_hash",
    "created_at",
    "submitted_at",
    "updated_at",
]
DETAIL = [
    "cx_collection_id",
    "service_id",
    "service_name",
    "service_provider_id",
    "service_provider_name",
    "channel",
    "service_stage_id",
    "service_stage_name",
    "volume_of_customers",
    "volume_of_customers_provided_survey_opportunity",
    "volume_of_respondents",
    "omb_control_number",
    "survey_type",
    "survey_title",
    "trust_question_text",
    "created_at",
    "updated_at",
]
DRIVERS = ["effectiveness", "ease", "efficiency", "transparency", "humanity", "employee", "other"]
RESPONSE = [
    "cx_collection_detail_id", "cx_collection_detail_upload_id", "question_1",
    *[f"positive_{each}" for each in DRIVERS], *[f"negative_{each}" for each in DRIVERS],
    "question_4", "job_id", "created_at", "updated_at", "external_id",
]  # fmt: skip


@pytest.fixture
def scene(db: None) -> Scene:
    found = a_scene()
    answered(found)
    return found


def asked(client: Client, person: Person, path: str, **query: str) -> dict[str, Any]:
    """What the address tells that person's program."""
    key = make_key(person, name="test", by=person)
    answer = client.get(ROOT + path, query, headers={"x-api-key": key})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_a_service_has_the_attributes_in_their_order(scene: Scene, client: Client) -> None:
    found = asked(client, scene.lead, "services", hisp="1")["data"]

    assert [each["id"] for each in found] == [str(scene.service.pk)]
    assert found[0]["type"] == "services"
    assert list(found[0]["attributes"]) == SERVICE
    assert set(found[0]["attributes"]["channels"][0]) == {
        "id", "name", "created_at", "updated_at", "taggings_count",
    }  # fmt: skip
    one = asked(client, scene.lead, f"services/{scene.service.pk}")["data"]
    assert one == found[0]


def test_a_provider_has_the_attributes_in_their_order(scene: Scene, client: Client) -> None:
    (found,) = asked(client, scene.lead, "service_providers")["data"]

    assert (found["id"], found["type"]) == (str(scene.hisp.pk), "service_providers")
    assert list(found["attributes"]) == PROVIDER
    assert found["attributes"]["services_count"] == 1


def test_a_quarter_is_a_collection_and_its_surveys_are_details(
    scene: Scene, client: Client
) -> None:
    released(scene)
    (collection,) = asked(client, scene.lead, "cx_collections")["data"]
    (detail,) = asked(client, scene.lead, "cx_collection_details")["data"]

    assert list(collection["attributes"]) == COLLECTION
    told = collection["attributes"]
    assert (told["fiscal_year"], told["quarter"], told["aasm_state"]) == ("2022", "2", "published")
    assert told["integrity_hash"]
    assert list(detail["attributes"]) == DETAIL
    of = detail["attributes"]
    assert of["cx_collection_id"] == int(collection["id"])
    assert (of["volume_of_respondents"], of["survey_type"]) == (127, "likert_scale")
    assert of["volume_of_customers_provided_survey_opportunity"] == 400


def test_an_answer_has_the_attributes_in_their_order_and_its_quarter(
    scene: Scene, client: Client
) -> None:
    (detail,) = asked(client, scene.lead, "cx_collection_details")["data"] or [None]
    found = asked(client, scene.lead, "cx_responses", **{"page[size]": "2"})

    assert list(found["data"][0]["attributes"]) == RESPONSE
    assert found["data"][0]["attributes"]["cx_collection_detail_id"] == (
        int(detail["id"]) if detail else None
    )
    assert found["meta"] == {
        "current_page": 1, "size": 2, "page_size": 2, "total_pages": 64, "total_count": 127,
    }  # fmt: skip
    assert set(found["links"]) == {"self", "first", "prev", "next", "last"}
    assert found["links"]["prev"] is None


def test_pages_hold_every_answer_once(scene: Scene, client: Client) -> None:
    seen: list[str] = []
    for number in range(1, 4):
        query = {"page[number]": str(number), "page[size]": "50"}
        seen += [each["id"] for each in asked(client, scene.lead, "cx_responses", **query)["data"]]

    assert len(seen) == len(set(seen)) == 127


def test_words_are_told_as_redacted_and_to_who_may_read_them(scene: Scene, client: Client) -> None:
    response = scene.version.responses.order_by("day", "id").first()
    assert response is not None
    some_words(response, "Write to [email]")

    words = {
        each["attributes"]["question_4"]
        for each in asked(client, scene.lead, "cx_responses")["data"]
    }

    assert words == {None, "Write to [email]"}


def test_omb_sees_what_was_sent_and_never_an_answer(scene: Scene, client: Client) -> None:
    written(scene)
    assert asked(client, scene.reviewer, "cx_collections", all="1")["data"] == []
    assert asked(client, scene.reviewer, "cx_collection_details")["data"] == []
    sent(scene)

    (told,) = asked(client, scene.reviewer, "cx_collections", all="1")["data"]
    assert told["attributes"]["aasm_state"] == "submitted"
    key = make_key(scene.reviewer, name="test", by=scene.reviewer)
    refused = client.get(ROOT + "cx_responses", headers={"x-api-key": key})
    assert refused.status_code == 403
    assert refused.json()["error"]["status"] == 403


def test_another_agency_sees_nothing_of_it(scene: Scene, client: Client) -> None:
    other = a_person(Role.CX_LEAD, an_agency())
    for path in ("services", "service_providers", "cx_collection_details", "cx_responses"):
        assert asked(client, other, path)["data"] == [], path
    key = make_key(other, name="test", by=other)
    hidden = client.get(f"{ROOT}services/{scene.service.pk}", headers={"x-api-key": key})
    assert hidden.status_code == 404


def test_a_manager_of_an_office_takes_out_what_is_about_the_office(
    scene: Scene, client: Client
) -> None:
    answer(scene, 3, on=date(2022, 3, 1))
    office = a_person(Role.PROGRAM_MANAGER, scene.service.owner)

    assert asked(client, office, "cx_responses")["meta"]["total_count"] == 130


def test_without_a_key_nothing_is_told_and_a_wrong_one_is_not_repeated(
    scene: Scene, client: Client
) -> None:
    client.force_login(scene.lead, backend="cx280.accounts.backends.PasswordOrLink")
    none = client.get(ROOT + "services")
    wrong = client.get(ROOT + "services", headers={"x-api-key": "cx280_not-a-key"})

    assert (none.status_code, wrong.status_code) == (400, 401)
    assert "not-a-key" not in wrong.content.decode()
    assert set(wrong.json()["error"]) == {"message", "status"}


@given(number=st.text(max_size=6), size=st.text(max_size=6))
def test_whatever_is_asked_for_is_a_page_that_exists(number: str, size: str) -> None:
    paging = paging_of(number, size)

    assert paging.number >= 1
    assert 1 <= paging.size <= MOST
    if not size.isdigit():
        assert paging.size == USUAL_SIZE


@given(total=st.integers(0, 10_000), number=st.integers(1, 50), size=st.integers(1, MOST))
def test_links_lead_from_the_first_page_to_the_last(total: int, number: int, size: int) -> None:
    page = paged([], total, Paging(number, size), "/x", {"start_date": "2022-01-01"})

    last = page["meta"]["total_pages"]
    assert (last - 1) * size < max(total, 1) <= last * size
    assert (page["links"]["next"] is None) == (number >= last)
    assert all("start_date=2022-01-01" in each for each in page["links"].values() if each)


@given(collection=st.integers(1, 10**9), survey=st.integers(1, 9_999_999))
def test_a_detail_s_number_tells_its_collection_and_its_survey(
    collection: int, survey: int
) -> None:
    assert collection_and_survey(detail_key(collection, survey)) == (collection, survey)


def test_a_moment_is_written_as_there() -> None:
    at = datetime(2024, 10, 7, 14, 47, 14, 260_000, tzinfo=UTC)
    assert moment(at) == "2024-10-07T14:47:14.260Z"
