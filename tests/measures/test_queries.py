"""Reading the facts gives what the answers say, for a unit, a channel, a version or all."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from cx280.agencies.models import Level, Organization
from cx280.kernel.quarter import Quarter
from cx280.measures import tasks
from cx280.measures.queries import (
    Cut,
    offers,
    places,
    question_counts,
    service_quarters,
    trend,
    units_compared,
)
from cx280.measures.rules.standing import Standing
from cx280.responses.models import OfferCount
from cx280.surveys.models import SurveyVersion
from tests.builders import a_document, a_response, a_survey, a_unit, a_version
from tests.measures.test_tasks import TAPPED

pytestmark = pytest.mark.django_db

NOW = datetime(2022, 3, 15, 12, tzinfo=ZoneInfo("America/New_York"))
QUARTER = Quarter(2022, 2)


def answer(version: SurveyVersion, trust: int | None, times: int = 1, **fields: Any) -> None:
    for _ in range(times):
        a_response(
            version,
            **{
                "answers": {"trust": trust, "satisfaction": 5},
                "day": NOW.date(),
                "received_at": NOW,
                **fields,
            },
        )


def an_office(version: SurveyVersion, name: str) -> Organization:
    return a_unit(version.survey.service.owner, name=name)


def test_counts_come_by_question_in_the_order_asked() -> None:
    version = a_version()
    answer(version, 5, 3)
    answer(version, None)
    tasks.refresh_facts(NOW)

    found = question_counts(version.survey.service, QUARTER)

    assert [each.question.id for each in found] == ["trust", "satisfaction"]
    assert found[0].counts == {"5": 3}
    assert (found[0].shown, found[0].answered) == (4, 3)
    assert found[0].key.construct == "trust_change"


@pytest.mark.proves("INC-15")
def test_taps_come_by_polarity_with_the_number_shown() -> None:
    document = a_document()
    document["questions"].insert(2, TAPPED)
    version = a_version(a_survey(draft=document))
    for trust, taps in ((5, ["ease"]), (5, []), (1, ["ease", "employee"])):
        answer(version, trust, answers={"trust": trust, "why": taps})
    tasks.refresh_facts(NOW)

    found = {
        each.polarity: (each.counts, each.shown)
        for each in question_counts(version.survey.service, QUARTER)
        if each.question.id == "why"
    }

    assert found == {
        "": ({"ease": 2, "employee": 1}, 3),
        "high": ({"ease": 1}, 2),
        "low": ({"ease": 1, "employee": 1}, 1),
    }


@pytest.mark.proves("280.10-q1")
def test_answers_sort_by_unit_and_a_unit_holds_those_below_it() -> None:
    version = a_version()
    region = a_unit(version.survey.service.owner, Level.BUREAU)
    office = a_unit(region)
    other = an_office(version, "Other")
    answer(version, 5, 2, unit=office)
    answer(version, 1, 3, unit=region)
    answer(version, 1, 4, unit=other, channel="in_person")
    answer(version, 3)
    tasks.refresh_facts(NOW)
    service = version.survey.service

    below = question_counts(service, QUARTER, unit=region)[0]
    by_channel = question_counts(service, QUARTER, channel="in_person")[0]

    assert below.counts == {"5": 2, "1": 3}
    assert by_channel.counts == {"1": 4}
    assert service_quarters(service)[0].answers == 10
    assert service_quarters(service, Cut(unit=region))[0].answers == 5


def test_a_version_can_be_looked_at_alone() -> None:
    survey = a_survey()
    first = a_version(survey, closed_at=NOW)
    second = a_version(survey)
    answer(first, 1, 2)
    answer(second, 5, 3)
    tasks.refresh_facts(NOW)

    assert service_quarters(survey.service, Cut(version=second))[0].answers == 3
    assert trend(survey.service, "trust").points[0].share.n == 5


@pytest.mark.proves("INC-05")
def test_a_service_that_changed_its_trust_question_has_a_broken_line() -> None:
    survey = a_survey()
    first = a_version(survey, closed_at=NOW)
    document = a_document(survey.service.name)
    document["questions"][0]["text"] = (
        "I trust Rivers to fulfill our country’s commitment to boaters."
    )
    second = a_version(survey, document=document)
    answer(first, 1, 2, day=QUARTER.previous.last_day)
    answer(second, 5, 3)
    tasks.refresh_facts(NOW)

    found = trend(survey.service, "trust")

    assert [point.share.n for point in found.points] == [2, 3]
    assert not found.breaks[0].joined


def test_units_stand_lowest_first_and_small_ones_are_hidden() -> None:
    version = a_version()
    poor, good, small = (an_office(version, name) for name in ("Poor", "Good", "Small"))
    answer(version, 2, 30, unit=poor)
    answer(version, 5, 20, unit=poor)
    answer(version, 5, 40, unit=good)
    answer(version, 5, 4, unit=small)
    answer(version, 5, 15)
    tasks.refresh_facts(NOW)

    found = units_compared(version.survey.service, QUARTER, "trust")

    assert [(row.unit.name, row.hidden) for row in found.rows] == [
        ("Poor", False),
        ("Good", True),
        ("Small", True),
    ]
    assert found.rows[0].standing is Standing.BELOW
    # Good is hidden with Small, or Small would follow from the sum.
    assert (found.total.n, found.without_unit) == (109, 15)
    assert found.coded == pytest.approx(94 / 109)


def test_units_that_were_asked_something_else_stand_apart() -> None:
    survey = a_survey()
    first = a_version(survey, closed_at=NOW)
    document = a_document(survey.service.name)
    document["questions"][0]["response"] = "agree7"
    second = a_version(survey, document=document)
    answer(first, 5, 20, unit=an_office(first, "Seattle"))
    answer(second, 7, 5, unit=an_office(first, "Boise"))
    tasks.refresh_facts(NOW)

    found = units_compared(survey.service, QUARTER, "trust")

    assert [row.unit.name for row in found.rows] == ["Seattle"]
    assert [each.thing for each in found.apart] == ["Boise"]
    assert "7 points" in found.apart[0].reason


def test_places_hide_filters_that_leave_too_few() -> None:
    version = a_version()
    one, two = an_office(version, "One"), an_office(version, "Two")
    for unit, channel, n in (
        (one, "website", 40),
        (one, "in_person", 3),
        (two, "website", 30),
        (two, "in_person", 20),
    ):
        answer(version, 5, n, unit=unit, channel=channel)
    tasks.refresh_facts(NOW)

    found = places(version.survey.service)[QUARTER]

    at_one = frozenset({one.pk})
    assert found.hides(at_one, "in_person")
    assert found.hides(at_one, "website")
    assert not found.hides(at_one)
    assert not found.hides(channel="in_person")
    assert not found.hides()
    assert found.units == [one.pk, two.pk]
    assert found.answers(at_one, "in_person") == 3


def test_a_version_is_not_shown_when_the_rest_is_too_few() -> None:
    survey = a_survey()
    first, second = a_version(survey, closed_at=NOW), a_version(survey)
    answer(first, 5, 30)
    answer(second, 5, 4)
    tasks.refresh_facts(NOW)

    found = places(survey.service)[QUARTER]

    assert found.hides(version=second.pk)
    assert found.hides(version=first.pk)
    assert not found.hides()


@pytest.mark.proves("INC-33")
def test_the_response_rate_is_known_where_people_were_counted() -> None:
    prompt = a_version(a_survey(draft=a_document(placement="prompt")))
    link = a_version()
    for version in (prompt, link):
        answer(version, 5, 8)
        OfferCount.objects.create(
            version=version, channel="website", day=NOW.date(), offered=40, started=10
        )
    tasks.refresh_facts(NOW)

    known = offers(prompt.survey.service, QUARTER)
    unknown = offers(link.survey.service, QUARTER)

    assert (known.offered, known.rate.rate) == (40, 0.2)
    assert unknown.offered is None
    assert unknown.rate.rate is None
    assert unknown.rate.reason.startswith("Not computable")


def test_reading_takes_the_same_number_of_queries_however_much_there_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    version = a_version()
    service = version.survey.service
    for n in range(6):
        answer(version, 5, unit=an_office(version, f"Office {n}"), day=QUARTER.plus(-n).last_day)
    tasks.refresh_facts(NOW)
    trend(service, "trust")

    with django_assert_num_queries(2):
        trend(service, "trust")
    with django_assert_num_queries(3):
        units_compared(service, QUARTER, "trust")
