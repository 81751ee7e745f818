"""Results about drivers are worked out beforehand, hold while true, and never read answers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cx280.kernel.quarter import Quarter
from cx280.measures import tasks
from cx280.measures.models import DriverResult
from cx280.measures.queries import drivers as found
from cx280.measures.queries import places
from cx280.measures.queries.cuts import Cut
from cx280.measures.queries.drivers import Answer, drivers_found
from cx280.measures.queries.patterns import Period, Question, question_of
from cx280.surveys.models import SurveyVersion
from tests.builders import a_unit, a_version
from tests.measures.asked import people, store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    found._kept.clear()


def asked_of(version: SurveyVersion, outcome: str = "trust", quarters: int = 4) -> Question:
    service = version.survey.service
    last = Quarter.of(timezone.localdate())
    return question_of(service, outcome, Period(last, quarters), places(service), smallest=10)


def answer(version: SurveyVersion, now: datetime, outcome: str = "trust") -> Answer:
    return drivers_found(asked_of(version, outcome), now)


def a_version_answered_by(n: int) -> SurveyVersion:
    version = a_version()
    store(version, people(n))
    tasks.refresh_facts(timezone.now())
    return version


def test_the_worker_works_out_both_outcomes_of_a_year_and_of_a_quarter() -> None:
    version = a_version_answered_by(150)

    done = tasks.work_out_drivers(timezone.now())

    whole = DriverResult.objects.filter(service=version.survey.service, unit=None, channel="")
    assert done == 6  # and both outcomes over the one channel
    assert sorted(whole.values_list("quarters", "outcome")) == [
        (1, "satisfaction"), (1, "trust"), (4, "satisfaction"), (4, "trust"),
    ]  # fmt: skip
    assert tasks.work_out_drivers(timezone.now()) == 0


def test_a_page_reads_what_the_worker_found_and_no_answers() -> None:
    version = a_version_answered_by(150)
    now = timezone.now()
    tasks.work_out_drivers(now)
    found._kept.clear()
    asked = asked_of(version)

    with CaptureQueriesContext(connection) as queries:
        told = drivers_found(asked, now + timedelta(hours=5))

    assert told.made_at == now
    assert told.finding is not None
    assert told.finding.leading == ("Ease",)
    assert len(queries) == 2
    assert not any('"patterns"' in each["sql"] for each in queries)
    assert not any("responses_response" in each["sql"] for each in queries)


def test_what_nobody_worked_out_is_worked_out_when_asked_and_remembered() -> None:
    version = a_version_answered_by(150)
    now = timezone.now()

    first = answer(version, now)
    with CaptureQueriesContext(connection) as queries:
        second = answer(version, now)

    assert first.finding == second.finding
    assert not any('"patterns"' in each["sql"] for each in queries)
    assert not DriverResult.objects.exists()  # looking at a page writes nothing


def test_new_answers_show_within_an_hour_and_at_once_where_nothing_could_be_told() -> None:
    version = a_version_answered_by(150)
    now = timezone.now()
    tasks.work_out_drivers(now)
    store(version, people(60, seed=2))
    tasks.refresh_facts(timezone.now())

    soon = answer(version, now + timedelta(minutes=30))
    later = answer(version, now + timedelta(minutes=61))

    assert soon.finding is not None
    assert later.finding is not None
    assert (soon.finding.answers, later.finding.answers) == (150, 210)

    thin = a_version_answered_by(90)
    tasks.work_out_drivers(now)
    store(thin, people(30, seed=2))
    tasks.refresh_facts(timezone.now())

    told = answer(thin, now + timedelta(minutes=1))

    assert told.finding is not None
    assert told.finding.refusal == ""


def test_the_worker_looks_again_when_a_result_is_an_hour_old_and_answers_came() -> None:
    version = a_version_answered_by(150)
    now = timezone.now()
    tasks.work_out_drivers(now)
    store(version, people(60, seed=2))
    tasks.refresh_facts(timezone.now())

    assert tasks.work_out_drivers(now + timedelta(minutes=59)) == 0
    assert tasks.work_out_drivers(now + timedelta(minutes=61)) == 6
    assert DriverResult.objects.count() == 6


def test_the_worker_stops_after_a_few_and_goes_on_next_time() -> None:
    a_version_answered_by(120)
    now = timezone.now()

    assert [tasks.work_out_drivers(now, most=4) for _ in range(3)] == [4, 2, 0]


def test_an_office_has_a_result_of_its_own_with_those_below_it() -> None:
    version = a_version()
    region = a_unit(version.survey.service.owner)
    office = a_unit(region)
    store(version, people(90), unit=region)
    store(version, people(60, seed=2), unit=office)
    tasks.refresh_facts(timezone.now())
    now = timezone.now()

    tasks.work_out_drivers(now)

    service = version.survey.service
    units = frozenset({region.pk, office.pk})
    asked = question_of(
        service, "trust", Period(Quarter.of(timezone.localdate())), places(service),
        smallest=10, cut=Cut(region), units=units,
    )  # fmt: skip
    told = drivers_found(asked, now)
    assert told.made_at == now
    assert told.finding is not None
    assert told.finding.answers == 150
    below = DriverResult.objects.get(unit=office, outcome="trust")
    assert below.result["needed"] == 100


def test_a_quarter_too_small_to_show_is_not_read() -> None:
    version = a_version()
    before = Quarter.of(timezone.localdate()).previous
    store(version, people(150))
    store(version, people(4, seed=2), day=before.last_day)
    tasks.refresh_facts(timezone.now())

    asked = asked_of(version)
    told = drivers_found(asked, timezone.now())

    assert before not in asked.shown
    assert told.finding is not None
    assert told.finding.answers == 150


def test_a_result_that_an_earlier_release_wrote_otherwise_is_worked_out_again() -> None:
    version = a_version_answered_by(150)
    now = timezone.now()
    tasks.work_out_drivers(now)
    for result in DriverResult.objects.all():
        result.result = {**result.result, "drivers": "none"}
        result.save()

    told = answer(version, now)

    assert told.finding is not None
    assert told.finding.leading == ("Ease",)
