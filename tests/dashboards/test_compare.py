"""The comparison page: like services with the places chance leaves them, and who stands apart."""

from __future__ import annotations

import pytest
from django.test import Client

from cx280.dashboards.queries.compare import Compared, like_services, pairs
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.basis import Basis
from cx280.measures.rules.comparability import Key, NotComparable
from cx280.measures.rules.ranking import Rated, in_common, ordinal, place_words, places
from cx280.measures.rules.scores import share_of
from cx280.reporting.history.actions import import_rows
from cx280.reporting.models import ReportedQuestion, ReportedRow
from cx280.services.models import Service
from cx280.stats.ranks import RankInterval
from tests.pages.reading import grade_of, sentences_of
from tests.reporting.history.test_defects import a_row

QUARTER = Quarter(2022, 3)
KEY = Key("transaction", "trust_change", "T1", "slot-filled", "agree5", "web")
OTHER = Key("transaction", "trust_change", "T1", "slot-filled", "agree5", "phone")


def rated(
    successes: int,
    n: int,
    name: str = "",
    key: Key = KEY,
    basis: Basis = Basis.ASKED,
    too_few: bool = False,
) -> Rated[str]:
    share = share_of(successes, n, basis)
    return Rated(name or f"{successes} of {n}", key, share, too_few)


def reported(number: int, agree: int, of: int, **cells: str) -> None:
    """A provider's row whose trust question was answered by `of` people, `agree` of them high."""
    points = {1: of - agree, 2: 0, 3: 0, 4: 0, 5: agree}
    import_rows(
        [
            a_row(
                **{
                    "id": str(number),
                    "created_at": "2022-07-20T12:00:00Z",
                    "service_provider_name": f"Office {number}",
                    "service_name": f"Service {number}",
                    "volume_of_respondents": "1000",
                    **{f"q2_{point}": str(n) for point, n in points.items()},
                    **cells,
                }
            )
        ],
        actor="system",
    )


def compared() -> Compared:
    return like_services(QUARTER, "trust", smallest=10)


@pytest.mark.proves("280.10-a2")
def test_services_with_different_keys_never_share_a_list_of_places() -> None:
    with pytest.raises(NotComparable, match="web page"):
        places([rated(50, 100), rated(60, 100, key=OTHER)])


def test_places_come_highest_first_with_what_chance_leaves_open() -> None:
    found = places([rated(300, 1000), rated(800, 1000), rated(40, 50)])

    assert [each.words for each in found] == ["1st to 2nd of 3", "1st to 2nd of 3", "3rd of 3"]
    assert found[2].rated.thing == "300 of 1000"


def test_who_chose_to_answer_and_who_are_too_few_have_no_place() -> None:
    found = places(
        [rated(9, 10, basis=Basis.CHOSE), rated(0, 0, too_few=True), rated(8, 99), rated(90, 99)]
    )

    assert [each.words for each in found] == [
        "1st of 2", "2nd of 2", "not ranked: people chose to answer", "too few to show",
    ]  # fmt: skip


def test_one_service_alone_has_no_place() -> None:
    assert places([rated(5, 100)])[0].words == "nothing to rank it with"


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"),
                         (13, "13th"), (21, "21st"), (112, "112th")]
)  # fmt: skip
def test_ordinals_are_english(number: int, said: str) -> None:
    assert ordinal(number) == said


def test_places_are_told_in_words() -> None:
    assert place_words(RankInterval(3, 7, 12)) == "3rd to 7th of 12"
    assert place_words(RankInterval(1, 12, 12)) == "anywhere from 1st to 12th"


def test_what_three_services_have_in_common_is_told_and_two_are_too_few() -> None:
    shares = [rated(80, 100), rated(85, 100), rated(75, 100)]

    common = in_common(places(shares))

    assert in_common(places(shares[:2])) is None
    assert common is not None
    assert common.coefficients[0].low < 0.8 < common.coefficients[0].high


@pytest.mark.django_db
def test_only_services_of_one_type_are_like_each_other() -> None:
    for number in (1, 2, 3):
        reported(number, 500, 900)
    Service.objects.filter(name="Service 3").update(service_type="benefits")

    found = compared()

    (group,) = found.groups
    assert {asked.service.name for asked, _ in group.rows} == {"Service 1", "Service 2"}
    (alone,) = found.alone
    assert alone.asked.service.name == "Service 3"
    assert "only services of one type are like each other" in alone.reason


@pytest.mark.django_db
@pytest.mark.proves("280.10-a2")
def test_two_services_that_must_not_be_compared_are_told_why() -> None:
    reported(1, 500, 900)
    reported(2, 500, 900, channel="phone")
    one, other = Service.objects.order_by("name").values_list("code", flat=True)

    ((_, _, reason),) = pairs(compared(), one, other)

    assert reason is not None
    assert "phone" in reason


@pytest.mark.django_db
def test_surveys_of_one_service_are_added_up_before_it_is_placed() -> None:
    reported(1, 100, 200)
    reported(7, 300, 400, service_provider_name="Office 1", service_name="Service 1")
    reported(2, 500, 900)

    (group,) = compared().groups

    assert {asked.rated.share.n for asked, _ in group.rows} == {600, 900}
    assert {asked.surveys for asked, _ in group.rows} == {1, 2}


@pytest.mark.django_db
def test_small_groups_and_those_who_chose_to_answer_are_shown_without_a_place() -> None:
    for number in (1, 2):
        reported(number, 500, 900)
    reported(3, 895, 900)
    reported(4, 500, 900)
    ReportedRow.objects.filter(service__name="Service 4").update(self_selected=True)

    (group,) = compared().groups

    words = {asked.service.name: placed.words for asked, placed in group.rows}
    assert words["Service 3"] == "too few to show"
    assert words["Service 4"].startswith("not ranked")
    assert len(group.ranked) == 2


@pytest.mark.django_db
def test_anybody_reads_the_page_and_downloads_the_places(client: Client) -> None:
    reported(1, 800, 900)
    reported(2, 300, 900)
    reported(3, 300, 900, channel="phone")

    page = client.get("/government/compare/?quarter=FY2022+Q3").content.decode()
    file = b"".join(client.get("/government/compare/?quarter=FY2022+Q3&format=csv")).decode()

    assert "Trust: Service 1 is 1st of 2 like services" in page
    assert "Who stands alone, and why" in page
    assert grade_of(sentences_of(page)) <= 8
    rows = [line.split(",") for line in file.lstrip("\ufeff").splitlines()]
    places_at = rows[0].index("place_best")
    assert rows[1][places_at : places_at + 3] == ["1", "1", "2"]
    assert client.get("/government/compare/?measure=joy").status_code == 404


@pytest.mark.django_db
def test_the_provider_page_tells_its_places_among_like_services(client: Client) -> None:
    reported(1, 800, 900)
    reported(2, 300, 900)
    row = ReportedRow.objects.select_related("hisp").get(service__name="Service 2")

    page = client.get(f"/providers/{row.hisp.code}/").content.decode()

    assert "2nd of 2" in page


@pytest.mark.django_db
def test_self_selected_answers_get_no_margin_of_error_anywhere(client: Client) -> None:
    reported(1, 800, 900)
    reported(2, 300, 900)
    ReportedRow.objects.update(self_selected=True)
    hisp = ReportedRow.objects.select_related("hisp").order_by("pk")[0].hisp

    compare = client.get("/government/compare/").content.decode()
    provider = client.get(f"/providers/{hisp.code}/").content.decode()

    assert "tells of those who chose to answer" in compare
    assert "people chose to answer" in provider
    assert "between 86" not in compare + provider


@pytest.mark.django_db
def test_the_page_costs_the_same_however_many_report(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(1, 13):
        reported(number, 500 + number, 900)

    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = client.get("/government/compare/")

    assert page.status_code == 200
    assert ReportedQuestion.objects.filter(construct="trust").count() == 12


@pytest.mark.django_db
def test_before_any_report_the_page_says_how_it_fills(client: Client) -> None:
    assert "No provider has reported yet" in client.get("/government/compare/").content.decode()
