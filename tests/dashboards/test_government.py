"""The government page: every provider in one matrix, and only like things compared."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from cx280.dashboards.queries.government import government_quarter, reported_quarters
from cx280.kernel.quarter import Quarter
from cx280.reporting.history.actions import import_rows
from cx280.reporting.models import ReportedQuestion, ReportedRow
from cx280.services.models import Hisp
from tests.builders import a_hisp
from tests.reporting.history.test_defects import a_row

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2022, 3)


def reported(**cells: str) -> None:
    """One reported row, as a file of earlier quarters brings it."""
    import_rows([a_row(**{"created_at": "2022-07-20T12:00:00Z", **cells})], actor="system")


def other(number: int, **cells: str) -> None:
    """The row of another provider, in order like the first."""
    reported(
        id=str(number),
        service_provider_name=f"Office {number}",
        service_name=f"Service {number}",
        **cells,
    )


@pytest.mark.proves("280.8-a1")
def test_every_provider_stands_in_the_matrix_whether_it_reported_or_not() -> None:
    reported()
    other(2)
    silent = a_hisp(name="Silent Office", designated_on=date(2020, 1, 1))
    gone = a_hisp(name="Gone Office", designated_on=date(2018, 1, 1), ended_on=date(2020, 1, 1))

    found = government_quarter(QUARTER, smallest=10)

    surveys = {each.hisp.name: each.surveys for each in found.standings}
    assert surveys == {"Boat Office": 1, "Office 2": 1, silent.name: 0}
    assert gone.name not in surveys
    assert found.reported == 2


@pytest.mark.proves("280.8-b5")
def test_on_time_late_and_missing_reconcile_with_the_register_row_by_row() -> None:
    reported(created_at="2022-07-29T23:00:00Z")
    other(2, created_at="2022-07-30T16:00:00Z")
    a_hisp(name="Silent Office", designated_on=date(2020, 1, 1))

    found = government_quarter(QUARTER, smallest=10)

    late = {each.hisp.name for each in found.standings if each.late}
    missing = {each.hisp.name for each in found.standings if not each.surveys}
    register = {
        row.hisp.name
        for row in ReportedRow.objects.select_related("hisp")
        if row.created_at and row.created_at > datetime(2022, 7, 30, 4, tzinfo=UTC)
    }
    assert late == register == {"Office 2"}
    assert missing == {"Silent Office"}
    assert found.reported + len(missing) == Hisp.objects.count()
    assert found.late == 1


@pytest.mark.proves("280.10-a2")
def test_two_questions_asked_in_different_ways_never_share_a_chart() -> None:
    reported()
    other(2)
    other(3, q2_text="I trust Office 3 to fulfill our country's commitment to sailors.")
    other(4, channel="phone")

    trust = government_quarter(QUARTER, smallest=10).trust

    assert [len(each.scores) for each in trust.groups] == [2]
    assert len(trust.alone) == 2
    assert all(each.reason for each in trust.alone)
    for group in trust.groups:
        assert len({score.question.comparable for score in group.scores}) == 1


def test_too_few_answers_are_told_and_not_shown() -> None:
    reported()
    other(2, **{f"q2_{point}": "1" for point in range(1, 6)})

    (group,) = government_quarter(QUARTER, smallest=10).trust.groups

    assert [each.too_few for each in group.scores] == [False, True]


def test_figures_that_a_release_hides_stay_hidden() -> None:
    reported()
    other(2)
    ReportedQuestion.objects.filter(row__hisp__name="Office 2").update(
        counts=[None, None, 30, 40, 50], agreeing=None
    )

    (group,) = government_quarter(QUARTER, smallest=10).trust.groups

    assert [each.too_few for each in group.scores] == [False, True]


def test_anybody_reads_the_page_picks_a_quarter_and_downloads_the_table(client: Client) -> None:
    reported()
    other(2, collection_quarter="2")

    page = client.get("/government/?quarter=FY2022+Q3")
    file = client.get("/government/?quarter=FY2022+Q3&format=csv")

    assert reported_quarters() == [Quarter(2022, 3), Quarter(2022, 2)]
    assert "1 of 2 providers reported for FY2022 Q3" in page.content.decode()
    assert "1 has not reported." in page.content.decode()
    assert "Nobody was late" not in page.content.decode()
    assert not page.cookies
    text = b"".join(file).decode("utf-8-sig")
    assert text.splitlines()[0].startswith("quarter,agency,provider")
    assert "Boat Office" in text


def test_a_quarter_nobody_can_read_falls_back_to_the_newest(client: Client) -> None:
    reported()

    page = client.get("/government/?quarter=yesterday")

    assert "FY2022 Q3" in page.content.decode()


def test_before_any_report_the_page_says_how_it_fills(client: Client) -> None:
    page = client.get("/government/")

    assert "No provider has reported yet" in page.content.decode()


def test_the_page_asks_the_record_the_same_number_of_times_however_many_report(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(2, 14):
        other(number)

    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = client.get("/government/")

    assert page.status_code == 200


def test_the_provider_page_shows_its_surveys_findings_and_both_lines(client: Client) -> None:
    reported(q1_5="500")
    hisp = Hisp.objects.get()

    page = client.get(f"/providers/{hisp.code}/").content.decode()

    assert "1 survey reported for FY2022 Q3" in page
    assert "answers-over-respondents" in page
    assert "Trust was 60 % in FY2022 Q3" in page


def test_a_provider_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/providers/nobody/").status_code == 404
