"""Where people chose to answer, no page, chart or file shows an interval; each says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.responses.models import OfferCount
from cx280.services.models import Service
from tests.builders import a_document, a_person, a_survey, a_version
from tests.dashboards.answered import (
    a_measured_service,
    an_office,
    answered,
    counted,
    last_quarter_day,
    this_quarter,
)
from tests.dashboards.test_service import rows_of, text_of
from tests.pages.reading import grade_of, sentences_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
# “between 81 % and 87 %”, “81 % to 87 %”, “between −2 and +5”, bands and whiskers.
INTERVAL = re.compile(
    r"between \d+ % and|\d+ % to \d+ %|between [+−]?\d+ and|data-part=\"(band|whisker)\""
)


def a_linked_service() -> Service:
    """A service with two quarters of answers that came over a plain link, from three offices."""
    version = a_measured_service(placement="link", code="boat-permits")
    service = version.survey.service
    for name, agree in (("Boise", 55), ("Portland", 20), ("Seattle", 50)):
        unit = an_office(service, name)
        answered(version, agree, 60, unit=unit)
        answered(version, 58, 60, unit=unit, on=last_quarter_day())
    counted()
    return service


@pytest.mark.proves("INC-33", "INC-44")
@pytest.mark.parametrize("path", ["", "units/", "?quarter={before}", "?unit=portland"])
def test_no_page_shows_an_interval_of_answers_people_chose_to_give(
    sign_in: SignIn, path: str
) -> None:
    service = a_linked_service()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))
    path = path.format(before=str(this_quarter().previous).replace(" ", "+"))

    page = text_of(client.get(f"/measures/{service.code}/{path}"))

    assert INTERVAL.findall(page) == []
    assert "no margin of sampling error" in page


@pytest.mark.proves("INC-44")
def test_a_page_says_whose_views_the_figure_is_and_what_moved_among_them(sign_in: SignIn) -> None:
    service = a_linked_service()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))

    page = text_of(client.get(f"/measures/{service.code}/"))

    title = "Trust in Boat permits fell to 69 % so far this quarter among those who chose to answer"
    assert f"<h1>{title}</h1>" in page
    assert "the views of 180 people who chose to answer, not of all customers" in page
    assert f"down 27 points since {this_quarter().previous} among them." in page


def test_today_tells_a_fall_among_those_who_chose_as_what_it_is(sign_in: SignIn) -> None:
    service = a_linked_service()

    page = text_of(sign_in(a_person(Role.PROGRAM_MANAGER, service.owner)).get("/today/"))

    assert "if the same kinds of people answered, chance does not explain it" in page
    assert INTERVAL.findall(page) == []


@pytest.mark.parametrize("table", ["trend", "drivers", "units"])
def test_no_file_holds_an_interval_of_answers_people_chose_to_give(
    sign_in: SignIn, table: str
) -> None:
    service = a_linked_service()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))

    rows = rows_of(client.get(f"/measures/{service.code}/?table={table}"))

    assert rows
    for row in rows:
        assert row["share"]
        assert {row[column] for column in row if column.endswith(("low", "high"))} == {""}
        assert row["note"] == "people chose to answer: no margin of error"


def test_a_line_keeps_its_bands_in_the_quarters_in_which_people_were_asked(
    sign_in: SignIn,
) -> None:
    survey = a_survey(draft=a_document(placement="prompt"))
    asked = a_version(survey, closed_at=None)
    answered(asked, 40, 60, on=last_quarter_day())
    asked.closed_at = asked.opened_at
    asked.save()
    answered(a_version(survey, document=a_document(placement="link")), 50, 60)
    counted()
    client = sign_in(a_person(Role.CX_LEAD, survey.service.owner))

    before, now = [
        row
        for row in rows_of(client.get(f"/measures/{survey.service.code}/?table=trend"))
        if row["measure"] == "trust"
    ]
    page = text_of(client.get(f"/measures/{survey.service.code}/"))

    assert before["low"]
    assert not now["low"]
    assert "there are none where people chose to answer" in page


@pytest.mark.parametrize("placement", ["link", "prompt"])
@pytest.mark.parametrize("path", ["", "units/", "nonresponse/"])
def test_the_words_of_each_page_take_eight_years_of_school(
    sign_in: SignIn, placement: str, path: str
) -> None:
    version = a_measured_service(placement=placement)
    service = version.survey.service
    for name, agree in (("Boise", 55), ("Portland", 20), ("Seattle", 50)):
        unit = an_office(service, name)
        answered(version, agree, 60, unit=unit)
        OfferCount.objects.create(
            version=version, unit=unit, channel="website", day=timezone.localdate(),
            offered=400 if placement == "prompt" else None, started=90,
        )  # fmt: skip
    counted()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))

    page = text_of(client.get(f"/measures/{service.code}/{path}"))

    assert grade_of(sentences_of(page)) <= 8
