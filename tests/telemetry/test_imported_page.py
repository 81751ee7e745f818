"""What did the government's own analytics say? Lines with their gaps, tables, and who may look."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.lake.counts import CountRow, Counts
from cx280.services.models import Service
from cx280.telemetry.actions.counts import import_counts
from cx280.telemetry.views.imported_charts import MISSING, in_time, over_spans
from tests.browser import axe_at_both_widths
from tests.builders import a_person, a_service, an_agency

PAGE = "/telemetry/imported/"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CX280_DATA", str(tmp_path))
    monkeypatch.delenv("CX280_LAKE", raising=False)
    return tmp_path


@pytest.fixture
def service(data: Path) -> Service:
    """A service with one site."""
    service = a_service(an_agency("rivers"), name="Boat permits")
    sites = {"sites": {"permits": {"service": service.pk}}}
    (data / "sites.json").write_text(json.dumps(sites))
    return service


@pytest.fixture
def lead(service: Service) -> Person:
    return a_person(Role.CX_LEAD, service.owner)


def filled(data: Path, content: str, name: str = "devices.csv", **more: str) -> None:
    path = data / name
    path.write_text(content)
    import_counts(path, site="permits", **more)


def row(at: str, value: str, number: float) -> CountRow:
    return CountRow("permits", "devices", at, "device" if value else "", value, "visits", number)


DEVICES = """date,device,visits
2024-01-05,mobile,25
2024-01-05,desktop,10
2024-01-03,(other),7
2024-01-03,mobile,24
2024-01-03,desktop,12
"""


def test_a_gap_in_the_file_is_a_gap_in_line_and_table() -> None:
    rows = [row("2024-01-05", "", 25), row("2024-01-03", "", 0)]

    chart = in_time(rows, report="users", metric="visits")

    assert chart is not None
    assert chart.table.rows == (
        ("Jan 5, 2024", "25"), ("Jan 4, 2024", MISSING), ("Jan 3, 2024", "0"),
    )  # fmt: skip
    assert "not a zero" in chart.note
    assert all('data-part="line"' not in each for each in chart.drawings)


def test_other_is_drawn_by_its_name_however_small_it_is() -> None:
    rows = [row("2024-01-05", f"system {each}", 100 + each) for each in range(9)]
    rows.append(row("2024-01-05", "(other)", 1))

    chart = in_time(rows, report="os", metric="visits")

    assert chart is not None
    assert "(other), not told apart" in chart.table.head
    assert len(chart.table.head) == 6
    assert "5 smaller groups" in chart.note


def test_an_hour_that_was_not_told_stands_apart_from_the_hours() -> None:
    hours = [CountRow("permits", "today", f"2024-01-05T{each:02d}:00", "", "", "visits", 5)
             for each in range(3)]  # fmt: skip
    other = CountRow("permits", "today", "2024-01-05", "hour", "(other)", "visits", 90)

    chart = in_time([*hours, other], report="today", metric="visits")
    [(when, table, _)] = over_spans([*hours, other])

    assert chart is not None
    assert len(chart.table.rows) == 3
    assert (when, table.rows) == ("Jan 5, 2024", (("hour: (other), not told apart", "90"),))


@pytest.mark.django_db
def test_without_imports_the_page_says_how_to_make_one(
    sign_in: Callable[[Person], Client], lead: Person
) -> None:
    answer = sign_in(lead).get(PAGE)

    assert "Nothing has been imported yet" in answer.content.decode()


@pytest.mark.django_db
def test_another_agency_does_not_learn_that_the_site_exists(
    sign_in: Callable[[Person], Client], service: Service, data: Path
) -> None:
    filled(data, DEVICES)
    stranger = sign_in(a_person(Role.CX_LEAD, an_agency("hills")))

    assert "Nothing has been imported yet" in stranger.get(PAGE).content.decode()
    assert "mobile" not in stranger.get(f"{PAGE}?site=permits").content.decode()


@pytest.mark.django_db
def test_the_page_offers_the_whole_report_as_csv(
    sign_in: Callable[[Person], Client], lead: Person, data: Path
) -> None:
    filled(data, DEVICES)
    client = sign_in(lead)

    page = client.get(PAGE).content.decode()
    file = b"".join(client.get(f"{PAGE}?format=csv").streaming_content)  # type: ignore[attr-defined]

    assert "What did the government’s own analytics say?" in page
    assert file.decode().count("permits,devices,") == 5


@pytest.mark.django_db
def test_an_address_that_names_no_site_is_not_found_and_an_old_report_gives_the_first(
    sign_in: Callable[[Person], Client], lead: Person, data: Path
) -> None:
    filled(data, DEVICES)
    client = sign_in(lead)

    assert client.get(f"{PAGE}?site=other").status_code == 404
    assert client.get(f"{PAGE}?report=other&metric=nothing").status_code == 200


@pytest.mark.django_db
def test_a_page_that_was_drawn_before_shows_what_was_imported_since(
    sign_in: Callable[[Person], Client], lead: Person, data: Path
) -> None:
    filled(data, DEVICES)
    client = sign_in(lead)
    before = client.get(f"{PAGE}?report=devices").content.decode()

    filled(data, DEVICES.replace("mobile,25", "mobile,3500"))
    after = client.get(f"{PAGE}?report=devices").content.decode()

    assert "3,500" not in before
    assert "highest on Jan 5, 2024, at 3,500" in after


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_stands_in_nobodys_way(
    signed_in_page: Callable[[Person], Page], lead: Person, data: Path
) -> None:
    page = signed_in_page(lead)
    page.goto(PAGE)
    assert axe_at_both_widths(page) == []
    filled(data, DEVICES)
    filled(data, "page,visits\na.gov/x,4\n", "top-pages.csv", covers="2024-01-01/2024-01-05")

    for report in ("devices", "top-pages"):
        page.goto(f"{PAGE}?report={report}")
        assert axe_at_both_widths(page) == []

    page.goto(f"{PAGE}?report=devices")
    page.get_by_text("See the table").click()
    assert page.get_by_role("cell", name=MISSING).first.is_visible()


@pytest.mark.any_database
@pytest.mark.realdata
@pytest.mark.django_db
def test_the_real_files_are_drawn_with_every_period_between_first_and_last(
    real_data: Path, data: Path, service: Service
) -> None:
    files = ["dap/live/devices.csv", "dap/education/last-48-hours.json", "va/va_weekly_long.csv",
             "va/va_gov_csat_monthly.csv", "nasa/requests_per_minute_july1995.csv"]  # fmt: skip
    counts = Counts(data / "lake")

    for each in files:
        path = real_data / each
        found, _ = import_counts(path, site="permits")
        _, again = import_counts(path, site="permits")
        rows = counts.read("permits", found.report)

        assert again[:3] == (0, 0, 0), each
        assert len(rows) == len(found.counts), each
        for metric in {row.metric for row in rows}:
            mine = [row for row in rows if row.metric == metric]
            chart = in_time(mine, report=found.report, metric=metric)
            assert chart is not None, each
            assert chart.drawings, (each, metric)
            assert len(chart.table.rows) > 10, (each, metric)
