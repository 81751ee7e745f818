"""The open API: everything that is published, nothing else, for any program and any cache."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from cx280.reporting.models import Release
from cx280.reporting.rules.content import as_json, read_content
from tests.opendata.published import (
    a_provider,
    a_quarter,
    a_release,
    a_reported_row,
    satisfaction,
    trust,
)
from tests.reporting.contents import a_tapping_question

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    document: dict[str, Any] = answer.json()
    return document


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_a_release_is_served_whole_and_may_be_kept_for_ever(client: Client) -> None:
    release = a_release(a_provider()[1])

    answer = client.get(f"/data/v1/releases/{release.number}")

    assert answer.json()["content"] == release.content
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(
        f"/data/v1/releases/{release.number}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.proves("280.14-c2")
def test_a_release_has_the_content_of_the_package_and_its_digest_can_be_checked(
    client: Client,
) -> None:
    release = a_release(a_provider()[1])

    served = read(client, f"/data/v1/releases/{release.number}")

    assert as_json(read_content(served["content"])) == served["content"]
    canonical = json.dumps(
        served["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert hashlib.sha256(canonical.encode()).hexdigest() == served["digest"]


def test_a_correction_leaves_the_old_release_as_it_was(client: Client) -> None:
    _, service = a_provider()
    first = a_release(service, a_quarter(trust([20] * 5)))
    before = client.get(f"/data/v1/releases/{first.number}").content

    second = a_release(service, a_quarter(trust()), replaces=first, reason="Counted twice.")

    assert client.get(f"/data/v1/releases/{first.number}").content == before
    lines = read(client, "/data/v1/releases")["items"]
    assert [(each["number"], each["replaces"], each["replaced_by"]) for each in lines] == [
        (second.number, first.number, None),
        (first.number, None, second.number),
    ]
    measures = read(client, "/data/v1/measures")["items"]
    assert {each["release"] for each in measures} == {second.number}


def test_a_measure_holds_counts_share_interval_and_key(client: Client) -> None:
    release = a_release(a_provider()[1], a_quarter(trust([10, 10, 20, 30, 30])))

    (row,) = read(client, "/data/v1/measures")["items"]

    assert row["id"] == f"release:{release.number}:boat-web:trust"
    assert row["counts"] == [10, 10, 20, 30, 30]
    assert (row["n"], row["share"], row["suppressed"]) == (100, 0.6, False)
    assert 0.49 < row["low"] < row["share"] < row["high"] < 0.7
    assert row["key"].startswith("transaction|trust_change|T1")


def test_a_suppressed_cell_is_absent_with_its_flag(client: Client) -> None:
    a_release(a_provider()[1], a_quarter(trust([3, 5, 12, 60, 40]), satisfaction([1] * 5)))

    some, none = read(client, "/data/v1/measures")["items"]

    assert some["counts"] == [None, None, None, 60, 40]
    assert (some["suppressed"], some["n"]) == (True, 120)
    assert "fewer than 10" in some["why_suppressed"]
    assert (none["counts"], none["n"], none["share"], none["suppressed"]) == (None,) * 3 + (True,)


def test_choices_of_drivers_are_rows_of_their_own(client: Client) -> None:
    a_release(a_provider()[1], a_quarter(trust(), a_tapping_question()))

    rows = [each for each in read(client, "/data/v1/measures")["items"] if each["polarity"]]

    assert len(rows) == 6
    ease = next(each for each in rows if (each["driver"], each["polarity"]) == ("ease", "low"))
    assert (ease["counts"], ease["n"], ease["share"]) == ([18, 12], 30, 0.4)
    assert ease["mean"] is None


def test_measures_are_filtered_by_quarter_service_provider_and_construct(client: Client) -> None:
    hisp, service = a_provider()
    a_release(service)
    a_release(service, a_quarter(quarter="FY2022 Q3"))
    a_release(a_provider()[1])

    def found(query: str) -> set[tuple[str, str, str]]:
        items = read(client, f"/data/v1/measures?{query}")["items"]
        return {(each["quarter"], each["service"], each["construct"]) for each in items}

    assert {each[0] for each in found("quarter=FY2022-Q3")} == {"FY2022 Q3"}
    assert {each[1] for each in found(f"service={service.code}")} == {service.code}
    assert {each[1] for each in found(f"provider={hisp.code}")} == {service.code}
    assert {each[2] for each in found("construct=trust")} == {"trust"}
    assert len(found("")) == 6


@pytest.mark.proves("280.4-f1")
def test_a_service_outside_the_filter_is_never_in_a_list(client: Client) -> None:
    hisp, service = a_provider()
    _, other = a_provider()
    a_release(service)
    a_release(other)

    for address in ("services", "measures", "releases"):
        items = read(client, f"/data/v1/{address}?provider={hisp.code}")["items"]
        assert {each["service"] for each in items} == {service.code}
    (quarter,) = read(client, f"/data/v1/quarters?provider={hisp.code}")["items"]
    assert (quarter["services"], quarter["measures"]) == (1, 2)


def test_pages_follow_each_other_to_the_last(client: Client) -> None:
    _, service = a_provider()
    for quarter in ("FY2022 Q1", "FY2022 Q2", "FY2022 Q3"):
        a_release(service, a_quarter(quarter=quarter))

    address: str | None = "/data/v1/measures?page_size=4"
    seen: list[str] = []
    while address:
        page = read(client, address)
        assert len(page["items"]) <= 4
        seen += [each["id"] for each in page["items"]]
        address = page["next"]

    assert len(seen) == len(set(seen)) == page["count"] == 6
    assert page["pages"] == 2


def test_csv_has_the_rows_of_json_and_opens_in_a_spreadsheet(client: Client) -> None:
    a_release(a_provider()[1], a_quarter(trust([10, 10, 20, 30, 30], text="=HYPERLINK(1)")))

    (row,) = rows_of(client, "/data/v1/measures.csv")

    assert [row[f"count_{point}"] for point in range(1, 7)] == ["10", "10", "20", "30", "30", ""]
    assert (row["share"], row["suppressed"]) == ("0.6", "no")
    assert row["text"] == "'=HYPERLINK(1)"
    assert rows_of(client, "/data/v1/measures?format=csv") == [row]


@pytest.mark.parametrize("address", ["releases", "services", "quarters"])
def test_every_list_is_there_as_csv(client: Client, address: str) -> None:
    a_release(a_provider()[1])

    (row,) = rows_of(client, f"/data/v1/{address}?format=csv")

    assert "FY2022 Q2" in row.values()


def test_one_release_is_there_as_csv_also_after_a_correction(client: Client) -> None:
    _, service = a_provider()
    first = a_release(service, a_quarter(trust([20] * 5)))
    a_release(service, a_quarter(trust()), replaces=first, reason="Counted twice.")

    (row,) = rows_of(client, f"/data/v1/releases/{first.number}/measures.csv")

    assert row["share"] == "0.4"


def test_earlier_reports_are_there_with_their_source(client: Client) -> None:
    _, service = a_provider()
    reported = a_reported_row(service)

    (row,) = read(client, "/data/v1/measures")["items"]

    assert row["id"] == f"{reported.source_id}:q1"
    assert (row["release"], row["source"]) == (None, "Published earlier on performance.gov")
    assert row["share"] == 0.75


def test_a_release_stands_before_an_earlier_report_of_its_quarter(client: Client) -> None:
    _, service = a_provider()
    a_reported_row(service, quarter="FY2022 Q2")
    release = a_release(service)

    rows = read(client, "/data/v1/measures")["items"]

    assert {each["release"] for each in rows} == {release.number}


def test_any_site_may_read_and_nobody_gets_a_cookie(client: Client) -> None:
    answer = client.get("/data/v1/measures")

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not answer.cookies


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/data/v1/nothing", 404),
        ("/data/v1/releases/99999", 404),
        ("/data/v1/releases/abc", 422),
        ("/data/v1/measures?quarter=2022", 422),
        ("/data/v1/measures?page=7", 404),
        ("/data/v1/measures?page_size=0", 422),
        ("/data/v1/measures?service=%00", 422),
    ],
)
def test_errors_are_problem_documents(client: Client, address: str, status: int) -> None:
    answer = client.get(address)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["title"]


def test_open_data_can_only_be_read(client: Client) -> None:
    answer = client.post("/data/v1/measures")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert answer.json()["title"] == "Open data can only be read."
    assert client.head("/data/v1/measures").status_code == 200


@pytest.mark.proves("280.3-a1", "280.fn3")
def test_the_glossary_gives_term_text_and_source(client: Client) -> None:
    items = read(client, "/data/v1/glossary")["items"]

    experience = next(each for each in items if each["term"] == "Customer experience")
    assert experience["text"]
    assert "280.3-a1" in experience["source"]
    assert experience["cites"] == "Executive Order 14058"
    design = next(each for each in items if "280.fn3" in each["source"])
    assert design["cites"]


def test_the_dictionary_tells_every_column(client: Client) -> None:
    a_release(a_provider()[1])

    told = read(client, "/data/v1/dictionary")

    (row, *_) = read(client, "/data/v1/measures")["items"]
    assert [each["name"] for each in told["items"]] == list(row)
    assert told["smallest_group"] == 10


def test_an_empty_system_answers_with_empty_lists(client: Client) -> None:
    for address in ("releases", "services", "quarters", "measures"):
        found = read(client, f"/data/v1/{address}")
        assert (found["count"], found["items"], found["next"]) == (0, [], None)


def test_a_release_is_dated_in_the_time_of_the_agency(client: Client) -> None:
    release = a_release(a_provider()[1])

    (row, *_) = read(client, "/data/v1/measures")["items"]

    assert date.fromisoformat(row["published_on"]) == date(2022, 5, 2)
    assert Release.objects.get(pk=release.pk).digest == release.digest
