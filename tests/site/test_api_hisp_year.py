"""/api/v1 of research, burden, indicators and life experiences: one's own, as the pages tell it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from cx280.accounts.rules import Role
from cx280.burden.actions import assess_step
from cx280.life_experiences.actions.leading import save_experience, take_in
from cx280.life_experiences.actions.proposing import propose_service
from cx280.services.models import Journey
from tests.builders import a_journey, a_person, a_service, an_agency
from tests.indicators.builders import a_cost, aims_at, an_indicator
from tests.research.builders import a_round, a_study, an_agency_that_asks, an_insight
from tests.site.calls import PROBLEM, Program

pytestmark = pytest.mark.django_db


def test_insights_are_found_by_words_and_tell_what_they_rest_on_and_not_who_wrote_them() -> None:
    by = an_agency_that_asks()
    an_insight(by, "Anglers look for the price", on=date(2020, 1, 1))
    new = an_insight(by, "Half come with a helper", on=timezone.localdate())
    program = Program(by.manager)

    found = program.read("/research/insights?words=helpers")

    assert [each["id"] for each in found["items"]] == [new.pk]
    told = found["items"][0]
    assert told["evidence"][0]["words"] == "38 % of low ratings (n 412)"
    assert (told["segments"], told["standing"]) == (["Anglers"], "fresh")
    assert by.manager.name not in str(found)
    old = program.read("/research/insights?standing=stale")
    assert [each["insight"] for each in old["items"]] == ["Anglers look for the price"]
    assert program.read("/research/insights?service=none")["count"] == 0


def test_studies_and_rounds_count_people_and_name_nobody() -> None:
    by = an_agency_that_asks()
    a_study(by)
    a_round(by)
    program = Program(by.manager)

    study = program.read(f"/research/studies?service={by.service.code}")["items"][0]
    held = program.read("/research/rounds")["items"][0]

    counted = next(each for each in study["segments"] if each["segment"] == "Anglers")
    assert (counted["planned"], counted["came"], counted["share_of_customers"]) == (8, 7, 0.7)
    assert study["services"] == [by.service.code]
    assert all(each["rule"] for each in study["findings"])
    assert (held["flow"], held["came"], held["federal_employees"]) == ("Renewal on a phone", 5, 1)
    assert (held["fiscal_year"], held["approved"]) == (2023, False)


def assessed(journey: Journey, segment: str, observed: int, minutes: int) -> None:
    values = {
        "step": journey.steps.get(name="Applies"), "segment": segment, "from_on": date(2023, 1, 1),
        "repeats": Decimal(2), "learning_minutes": Decimal(minutes), "paper_minutes": None,
        "observed": observed, "source": "Timed in May",
    }  # fmt: skip
    assess_step(journey, by=a_person(Role.CX_LEAD, journey.service.owner), values=values)


def test_a_burden_that_nobody_assessed_is_null_and_few_people_are_hidden_whole() -> None:
    agency = an_agency()
    journey = a_journey(a_service(agency))
    assessed(journey, "", 20, 25)
    assessed(journey, "Moved", 6, 777)
    assessed(journey, "Far away", 12, 777)  # else the few could be told from the rest
    program = Program(a_person(Role.ANALYST, agency))

    found = program.read(f"/journeys/{journey.pk}/burden")

    everybody = found["segments"][0]
    assert Decimal(everybody["learning_minutes"]["value"]) == 50
    assert everybody["learning_minutes"]["is_whole"] is True
    assert everybody["compliance_minutes"]["is_whole"] is False
    assert everybody["dollars"]["is_whole"] is False
    assert found["too_few_to_show"] == ["Far away", "Moved"]
    assert "777" not in str(found)
    assert found["wage"] is None


def test_indicators_tell_target_and_actual_with_where_they_come_from() -> None:
    agency = an_agency()
    lead, service = a_person(Role.CX_LEAD, agency), a_service(agency)
    aims_at(a_cost(service, lead), 2023, 40, lead, actual=43.0, actual_source="Ledger")
    an_indicator(service, lead)
    program = Program(lead)

    found = program.read(f"/indicators?fiscal_year=2023&service={service.code}&kind=financial")

    (cost,) = found["items"]
    year = next(each for each in cost["years"] if each["fiscal_year"] == 2023)
    assert (year["target"], year["actual"], year["stated"]) == (40, 43, True)
    assert program.read("/indicators?fiscal_year=2023")["count"] == 2
    lacks = program.read(f"/indicators/findings/{agency.code}/2023")["items"]
    assert all(each["paragraph"].startswith("280.") and each["edition"] for each in lacks)


def test_a_life_experience_tells_the_services_that_omb_took_in() -> None:
    omb, service = a_person(Role.OMB_REVIEWER), a_service()
    fields = {"name": "A flood", "code": "flood", "story": "Wet.", "lead": None,
              "designated_on": date(2023, 3, 1), "charter_url": "https://x.gov/"}  # fmt: skip
    flood = save_experience(None, fields=fields, by=omb)
    lead = a_person(Role.CX_LEAD, service.owner)
    row = propose_service(flood, service, need="Money", by=lead, now=timezone.now())
    program = Program(a_person(Role.ANALYST))
    assert program.read("/life-experiences/flood")["services"] == []

    take_in(row, by=omb, now=timezone.now())

    told = program.read("/life-experiences/flood")
    assert [each["service"] for each in told["services"]] == [service.code]
    assert program.read("/life-experiences")["items"] == [told]
    save_experience(None, fields={**fields, "code": "fire", "name": "A fire",
                                  "designated_on": None}, by=omb)  # fmt: skip
    assert program.refused("/life-experiences/fire") == (404, PROBLEM)


def test_another_agency_is_told_none_of_it_and_omb_no_research() -> None:
    by = an_agency_that_asks()
    a_study(by)
    a_round(by)
    an_insight(by, "Half come with a helper")
    an_indicator(by.service, by.manager)
    journey = a_journey(by.service)
    stranger, omb = Program(a_person(Role.CX_LEAD)), Program(a_person(Role.OMB_REVIEWER))

    for path in ("/research/insights", "/research/studies", "/research/rounds"):
        assert stranger.read(path)["count"] == 0
        assert omb.refused(path) == (403, PROBLEM)
    assert stranger.read("/indicators")["count"] == 0
    assert stranger.refused(f"/journeys/{journey.pk}/burden") == (404, PROBLEM)
    assert stranger.refused(f"/indicators/findings/{by.agency.code}/2023") == (404, PROBLEM)
