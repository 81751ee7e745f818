"""The public pages: what they say, what they never show, and that any cache may keep them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import cx280
from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.reporting.models import Package
from tests.builders import a_person
from tests.opendata.published import (
    T1,
    T2,
    a_provider,
    a_quarter,
    a_release,
    a_reported_row,
    satisfaction,
    trust,
)
from tests.reporting.contents import an_indicator
from tests.reporting.quarters import a_scene, answered, released, sent, signed

pytestmark = pytest.mark.django_db
PAGES = ["/data/", "/data/how-we-know/", "/data/services/", "/rules/", "/rules/280.10-g2/"]


def words(client: Client, address: str) -> str:
    """The text of the page, with plain spaces."""
    page = client.get(address)
    assert page.status_code == 200
    return str(page.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def test_the_front_page_says_what_the_data_says(client: Client) -> None:
    _, service = a_provider()
    a_release(service, a_quarter(trust([10, 10, 20, 30, 30]), satisfaction([20] * 5)))

    said = words(client, "/")

    assert (
        "In January to March 2022, 40 % of the people who answered about one service were" in said
    )
    assert "60 % of the people who answered about one service said it raised their trust" in said
    assert "between 50 % and 69 % · n 100 · one service" in said
    assert service.name in said


def test_the_front_page_says_what_will_come_while_nothing_is_published(client: Client) -> None:
    said = words(client, "/")

    assert "Nothing is published yet." in said
    assert "cx-stats" not in said


def test_a_roll_up_lists_its_services_and_those_left_out_with_the_reason(client: Client) -> None:
    for key in (T1, T1, T2):
        a_release(a_provider()[1], a_quarter(trust([20] * 5, key)))

    said = words(client, "/")

    assert "200 answers about 2 services" in said
    assert "One measures whether an interaction raised trust, the other how much trust" in said


@pytest.mark.parametrize("address", ["/", *PAGES])
def test_pages_are_the_same_for_everybody_and_leave_no_cookie(
    address: str, sign_in: Callable[[Person], Client]
) -> None:
    a_release(a_provider()[1])
    stranger = Client().get(address)

    page = sign_in(a_person(Role.CX_LEAD)).get(address) if address != "/" else stranger

    assert stranger.headers["Cache-Control"] == "public, max-age=60"
    assert not stranger.cookies
    assert page.content == stranger.content
    if address != "/":  # the front door itself sends those who signed in to their start
        assert "Cookie" not in page.headers.get("Vary", "")


@pytest.mark.parametrize("address", ["/", *PAGES])
def test_pages_are_small(address: str) -> None:
    for _ in range(30):
        a_release(a_provider()[1])

    page = Client().get(address, headers={"Accept-Encoding": "gzip"})

    assert len(page.content) < 100_000


def test_the_number_of_queries_does_not_grow_with_what_is_published(client: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    _, service = a_provider()
    a_release(service)
    a_reported_row(service)
    addresses = ["/", "/data/", "/data/services/", f"/data/services/{service.code}/"]
    few = [asked(each) for each in addresses]
    for quarter in ("FY2022 Q3", "FY2022 Q4"):
        a_release(service, a_quarter(quarter=quarter))
        a_reported_row(service, quarter=quarter.replace("2022", "2021"))
        a_release(a_provider()[1], a_quarter(quarter=quarter))

    many = [asked(each) for each in addresses]

    assert many == few
    assert max(many) <= 12


def test_a_search_keeps_services_with_all_its_words(client: Client) -> None:
    _, boats = a_provider()
    _, walks = a_provider()
    boats.name, walks.name = "Boat permits", "Guided walks"
    for each in (boats, walks):
        each.save()
        a_release(each)

    said = words(client, "/data/services/?q=permits+BOAT")

    assert "Boat permits" in said
    assert "Guided walks" not in said
    assert "None of the 2 services" in words(client, "/data/services/?q=passport")


def test_a_service_page_tells_of_every_quarter(client: Client) -> None:
    _, service = a_provider()
    a_reported_row(service)
    a_release(service, a_quarter(trust(key=T1), satisfaction()))
    a_release(service, a_quarter(trust(key=T2), satisfaction(), quarter="FY2022 Q3"))

    said = words(client, f"/data/services/{service.code}/")

    assert f"{service.name}: how was it for people like me?" in said
    assert "FY2022 Q3, question by question" in said
    assert "FY2022 Q3, trust. One measures whether an interaction raised trust" in said
    assert "Published earlier on performance.gov" in said
    assert "20.0 %" in said
    assert "We opened online renewal." in said
    assert "Average wait" in said
    assert an_indicator().unit in said


def test_an_earlier_quarter_can_be_chosen(client: Client) -> None:
    _, service = a_provider()
    a_release(service)
    a_release(service, a_quarter(quarter="FY2022 Q3"))

    said = words(client, f"/data/services/{service.code}/?quarter=FY2022-Q2")

    assert "FY2022 Q2, question by question" in said
    assert "FY2022 Q3, question by question" in words(
        client, f"/data/services/{service.code}/?quarter=nonsense"
    )


def test_a_service_page_says_why_there_is_no_response_rate(client: Client) -> None:
    _, service = a_provider()
    content = a_quarter(
        self_selected=True, response_rate=None, response_rate_reason="Nobody saw the link."
    )
    a_release(service, content)

    said = words(client, f"/data/services/{service.code}/")

    assert "Response rate: Nobody saw the link." in said
    assert "no margin of error is given" in said


def test_too_few_answers_are_told_as_too_few_to_show(client: Client) -> None:
    _, service = a_provider()
    a_release(service, a_quarter(trust([1, 1, 1, 2, 2]), satisfaction([1, 1, 1, 1, 1])))

    said = words(client, f"/data/services/{service.code}/")

    assert "Too few to show" in said
    assert "n 7" not in said


def test_a_correction_names_the_release_it_replaces_and_why(client: Client) -> None:
    _, service = a_provider()
    first = a_release(service, a_quarter(trust([20] * 5)))
    second = a_release(
        service,
        a_quarter(trust([10, 10, 20, 30, 30])),
        replaces=first,
        reason="A counter was counted twice.",
    )

    said = words(client, f"/data/services/{service.code}/")

    assert (
        f"release {second.number} replaces release {first.number} because:"
        " A counter was counted twice." in said
    )
    assert "60 %" in said
    assert "40 %" not in said
    assert f"Replaced by release {second.number}" in words(client, "/data/")


def test_a_service_nobody_published_anything_about_has_no_page(client: Client) -> None:
    _, service = a_provider()

    page = client.get(f"/data/services/{service.code}/")

    assert page.status_code == 404
    assert page.headers["Content-Type"].startswith("text/html")
    assert "Nothing is published about this service yet." in page.content.decode()


@pytest.mark.proves("280.16-a6", "280.8-b9")
def test_only_what_is_published_reaches_any_public_address(client: Client) -> None:
    scenes = [a_scene(name) for name in ("Drafted", "Signed off", "Sent away", "Published")]
    for scene in scenes:
        answered(scene)
    scenes[0].package()
    signed(scenes[1])
    sent(scenes[2])
    release = released(scenes[3])
    assert Package.objects.values("state").distinct().count() == 4
    open_to_all = [
        "/", "/data/", "/data/services/", "/data/v1/releases", "/data/v1/services",
        "/data/v1/quarters", "/data/v1/measures", f"/data/v1/releases/{release.number}",
    ]  # fmt: skip

    said = " ".join(client.get(each).content.decode() for each in open_to_all)
    said += client.get("/data/v1/measures.csv").getvalue().decode()

    for scene in scenes[:3]:
        assert scene.service.code not in said
        assert client.get(f"/data/services/{scene.service.code}/").status_code == 404
    assert scenes[3].service.code in said
    assert "@example.gov" not in said


@pytest.mark.proves("280.fn1", "280.fn2")
def test_the_page_how_we_know_carries_the_citations(client: Client) -> None:
    said = words(client, "/data/how-we-know/")

    assert "https://www.oecd.org/gov/trust-in-government.htm" in said
    assert "McKinsey" in said
    assert "fewer than 10 people" in said


@pytest.mark.proves("280.fn2")
def test_no_calculation_uses_the_share_that_the_footnote_quotes(real_code: str) -> None:
    assert "0.67" not in real_code
    assert "67.0" not in real_code


@pytest.fixture
def real_code() -> str:
    """All the code that calculates."""
    root = Path(cx280.__file__).parent
    folders = ("stats", "measures", "opendata", "dashboards", "reporting")
    return "\n".join(
        path.read_text(encoding="utf-8") for each in folders for path in (root / each).rglob("*.py")
    )


def test_the_data_page_explains_every_column(client: Client) -> None:
    said = words(client, "/data/")

    assert "<code>why_suppressed</code>" in said
    assert "The comparability key" in said
    assert "How to cite" in said
    assert "Nothing is published yet." in said


def test_a_quarter_is_downloaded_with_its_name(client: Client) -> None:
    a_release(a_provider()[1])

    said = words(client, "/data/")

    assert 'href="/data/v1/measures.csv?quarter=FY2022-Q2"' in said
