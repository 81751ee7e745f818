"""The facts equal what counting the answers one by one gives, whenever and however they came."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cx280.agencies.models import Organization
from cx280.kernel.quarter import Quarter
from cx280.measures import tasks
from cx280.measures.models import DayCount, Fact, OfferFact, Refresh
from cx280.responses.models import OfferCount, Response
from cx280.surveys.models import SurveyVersion
from tests.builders import a_document, a_response, a_survey, a_unit, a_version

pytestmark = pytest.mark.django_db

NOW = datetime(2022, 3, 15, 12, tzinfo=ZoneInfo("America/New_York"))
DAYS = [date(2021, 12, 30), date(2022, 1, 3), date(2022, 3, 15)]
TAPPED = {
    "id": "why",
    "construct": "drivers",
    "mode": "tapping",
    "parent": "trust",
    "text": "What contributed to your rating?",
    "options": [
        {"driver": "ease", "text": "It was easy to complete what I needed to do."},
        {"driver": "employee", "text": "Employees I interacted with were helpful."},
    ],
}


def a_tapped_version() -> SurveyVersion:
    document = a_document()
    document["questions"].insert(2, TAPPED)
    return a_version(a_survey(draft=document))


Cells = dict[tuple[date, int | None, str, str, str], dict[str, Any]]


def counted_naively(version: SurveyVersion) -> Cells:
    """Every fact by looking at every response for every cell: slow and plain."""
    responses = [each for each in Response.objects.filter(version=version) if not each.suspected]
    cells: Cells = {}
    for each in responses:
        start = Quarter.of(each.day).first_day
        for unit in {each.unit_id, None}:
            for channel in {each.channel, ""}:
                for question, side, codes in _given(each.answers):
                    key = (start, unit, channel, question, side)
                    cell = cells.setdefault(key, {"counts": Counter(), "shown": 0, "answered": 0})
                    cell["shown"] += 1
                    cell["answered"] += bool(codes)
                    cell["counts"].update(codes)
    return cells


def _given(answers: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    rows = [("", "", ["all"])]
    for question, given_ in answers.items():
        if given_ is None:
            codes = []
        elif isinstance(given_, list):
            codes = given_
        else:
            codes = [str(given_)]
        rows.append((question, "", codes))
        if question == "why" and answers.get("trust") is not None:
            trust = answers["trust"]
            rows.append(
                (question, "high" if trust > 3 else "low" if trust < 3 else "middle", codes)
            )
    return rows


def counted(version: SurveyVersion) -> Cells:
    return {
        (fact.starts_on, fact.unit_id, fact.channel, fact.question, fact.polarity): {
            "counts": Counter(fact.counts),
            "shown": fact.shown,
            "answered": fact.answered,
        }
        for fact in Fact.objects.filter(version=version)
    }


rating = st.one_of(st.none(), st.integers(1, 5))
answers = st.fixed_dictionaries(
    {"trust": rating},
    optional={
        "satisfaction": rating,
        "why": st.one_of(
            st.none(), st.lists(st.sampled_from(["ease", "employee"]), max_size=2, unique=True)
        ),
    },
)
responses = st.lists(
    st.fixed_dictionaries(
        {
            "answers": answers,
            "day": st.sampled_from(DAYS),
            "channel": st.sampled_from(["website", "in_person"]),
            "unit": st.sampled_from([None, 0, 1]),
            "suspected": st.sampled_from(["", "", "", "honeypot"]),
            "seconds": st.one_of(st.none(), st.integers(0, 9000)),
        }
    ),
    max_size=25,
)


def store(version: SurveyVersion, units: list[Organization], rows: list[dict[str, Any]]) -> None:
    for row in rows:
        unit = None if row["unit"] is None else units[row["unit"]]
        a_response(version, **{**row, "unit": unit, "received_at": NOW})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=responses, later=responses)
def test_facts_equal_a_count_of_every_answer(
    first: list[dict[str, Any]], later: list[dict[str, Any]]
) -> None:
    version = a_tapped_version()
    agency = version.survey.service.owner
    units = [a_unit(agency), a_unit(agency)]
    Refresh.objects.all().delete()

    store(version, units, first)
    tasks.refresh_facts(NOW)
    store(version, units, later)
    tasks.refresh_facts(NOW + timedelta(seconds=5))

    assert counted(version) == counted_naively(version)


def test_running_twice_changes_nothing() -> None:
    version = a_tapped_version()
    for _ in range(12):
        a_response(version, received_at=NOW)

    tasks.refresh_facts(NOW)
    before = counted(version)
    again = tasks.refresh_facts(NOW + timedelta(seconds=5))

    assert again == 0
    assert counted(version) == before


@pytest.mark.proves("280.10-l1")
def test_a_new_response_is_counted_at_the_next_look() -> None:
    version = a_version()
    a_response(version)
    tasks.refresh_facts(timezone.now())

    a_response(version, answers={"trust": 2})
    tasks.refresh_facts(timezone.now())

    trust = Fact.objects.get(version=version, question="trust", unit=None, channel="")
    assert trust.counts == {"5": 1, "2": 1}
    # The worker looks every five seconds: well within the five minutes the catalogue asks.


def test_answers_imported_with_the_time_they_were_given_are_found() -> None:
    version = a_version()
    a_response(version, received_at=NOW, day=NOW.date())
    tasks.refresh_facts(NOW)

    old = NOW - timedelta(days=200)
    a_response(version, received_at=old, day=old.date(), source="import", external_id="a1")
    tasks.reconcile(NOW)

    assert counted(version) == counted_naively(version)


def test_answers_taken_out_leave_the_facts() -> None:
    version = a_version()
    gone = a_response(version, received_at=NOW, day=NOW.date())
    tasks.refresh_facts(NOW)

    gone.delete()
    tasks.reconcile(NOW)

    assert not Fact.objects.filter(version=version).exists()


@pytest.mark.proves("280.10-q1")
def test_a_unit_named_afterwards_moves_the_answer_to_its_unit() -> None:
    version = a_version()
    unit = a_unit(version.survey.service.owner)
    response = a_response(version, received_at=NOW, day=NOW.date(), unknown_unit="prtland")
    tasks.refresh_facts(NOW)
    assert not Fact.objects.filter(version=version, unit=unit).exists()
    assert Fact.objects.filter(version=version, unit=None, question="trust").exists()

    response.unit, response.unknown_unit = unit, ""
    response.save()
    tasks.recheck(NOW)

    assert Fact.objects.filter(version=version, unit=unit, question="trust").exists()
    assert counted(version) == counted_naively(version)


def test_a_suspected_answer_is_not_counted_until_it_is_let_in() -> None:
    version = a_version()
    response = a_response(version, received_at=NOW, day=NOW.date(), suspected="honeypot")
    tasks.refresh_facts(NOW)
    assert not Fact.objects.filter(version=version).exists()

    response.suspected = ""
    response.save()
    tasks.recheck(NOW)

    assert counted(version) == counted_naively(version)


def test_rebuilding_mends_facts_that_are_wrong() -> None:
    version = a_tapped_version()
    for day in DAYS:
        a_response(version, received_at=NOW, day=day)
    tasks.refresh_facts(NOW)
    Fact.objects.update(answered=999)
    DayCount.objects.update(completed=999)

    assert tasks.rebuild(version) == 2

    assert counted(version) == counted_naively(version)


@pytest.mark.proves("INC-33")
def test_a_plain_link_has_no_count_of_people_asked() -> None:
    version = a_version()
    a_response(version, received_at=NOW, day=NOW.date())
    OfferCount.objects.create(
        version=version, channel="website", day=NOW.date(), offered=900, started=4
    )

    tasks.refresh_facts(NOW)

    fact = OfferFact.objects.get(version=version, unit=None, channel="")
    assert (fact.offered, fact.started, fact.completed) == (None, 4, 1)


def test_offers_add_up_over_units_and_channels_even_without_an_answer() -> None:
    version = a_version(a_survey(draft=a_document(placement="prompt")))
    unit = a_unit(version.survey.service.owner)
    for place in ({"unit": unit}, {"unit": None}):
        for channel, offered in (("website", 30), ("in_person", 5)):
            OfferCount.objects.create(
                version=version,
                channel=channel,
                day=NOW.date(),
                offered=offered,
                started=3,
                **place,
            )

    tasks.reconcile(NOW)

    facts = {
        (fact.unit_id, fact.channel): (fact.offered, fact.started)
        for fact in OfferFact.objects.filter(version=version)
    }
    assert facts[None, ""] == (70, 12)
    assert facts[unit.pk, ""] == (35, 6)
    assert facts[None, "website"] == (60, 6)
    assert tasks.reconcile(NOW) == 0


def test_seconds_are_told_as_median_and_90th_percentile() -> None:
    version = a_version()
    seconds = list(range(1, 101))
    random.Random(1).shuffle(seconds)
    for each in seconds:
        a_response(version, received_at=NOW, day=DAYS[each % 2 + 1], seconds=each)

    tasks.refresh_facts(NOW)

    fact = OfferFact.objects.get(version=version, unit=None, channel="")
    assert (fact.median_seconds, fact.p90_seconds) == (50.5, 90)
