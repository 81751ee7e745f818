"""The heat map shows what is known of each step, with its n, its source and nothing made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from msgspec.structs import replace

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.journeys.queries.evidence import evidence_of, whole_figures
from cx280.journeys.rules.record import MapRecord, StepRecord
from cx280.paperwork.models import BurdenEstimate
from cx280.plans.models import PainPoint
from cx280.telemetry.rules.facts import FUNNELS, FlowFacts, Reached
from tests.builders import a_document, a_person, a_survey, a_version
from tests.dashboards.answered import a_measured_service, answered, counted
from tests.journeys.maps import PERMIT, a_map
from tests.telemetry.builders import a_flow
from tests.telemetry.counted import part_counted

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.mark.proves("280.4-a3", "280.14-b1", "INC-41")
def test_each_step_shows_its_figures_with_n_or_says_there_is_no_evidence(
    sign_in: Callable[[Person], Client],
) -> None:
    version = a_measured_service()
    service = version.survey.service
    lead = a_person(Role.CX_LEAD, service.owner)
    PainPoint.objects.create(service=service, words="It takes weeks.", added_by=lead)
    flow = a_flow(service)
    steps = list(PERMIT.steps)
    steps[1] = replace(steps[1], surveys=(version.survey.code,), flow=flow.key, flow_step="address",
                       pain_points=("It takes weeks.",))  # fmt: skip
    steps.insert(2, StepRecord(name="Waits", moment="Weeks without a word."))
    journey = a_map(service, lead, MapRecord(name="Permit", steps=tuple(steps)))
    answered(version, 32, 40)
    counted()
    part_counted(service, TODAY() - timedelta(days=2), FUNNELS, (a_funnel(flow.key),))
    BurdenEstimate.objects.create(
        service=service, step=journey.steps.get(name="Applies"), from_on=date(2022, 1, 1),
        people_per_year=100,
        learning_minutes=Decimal(10), compliance_minutes=Decimal(20), observed=30, source="Timed",
    )  # fmt: skip

    rows = evidence_of(journey, TODAY())
    page = " ".join(sign_in(lead).get(reverse("journeys:evidence", args=[journey.pk]))
                    .content.decode().split())  # fmt: skip

    applies, waits = rows[1], rows[2]
    assert [(each.share, each.n) for each in applies.trust] == [(0.8, 40)]
    assert applies.trust[0].sure.startswith("between ")
    assert {each.label for each in applies.drivers} == {"Ease", "Employees"}
    assert applies.drop_off is not None
    assert (applies.drop_off.share, applies.drop_off.n) == (0.25, 80)
    assert [each.words for each in applies.points] == ["It takes weeks."]
    assert applies.burden is not None
    assert applies.burden.words == "30 minutes"
    assert waits.is_unasked
    assert [each.has_evidence for each in rows] == [False, True, False, False]
    assert "25 % of 80 visits stop before “Applies”" in page
    assert "It matters most, and no survey asks about it." in page
    assert "3 of 4 steps have no evidence" in page
    assert f"survey={version.survey.code}-{version.number}" in page
    assert evidence_of(journey, TODAY(), measures=False, telemetry=False)[1].figures == ()


def a_funnel(flow: str) -> FlowFacts:
    """100 start, 80 come to the boat, 60 to the address, 30 pay, 25 finish."""
    order = ("boat", "address", "pay")
    reached = tuple(
        Reached(step, visits) for step, visits in zip((*order, ""), (80, 60, 30, 25), strict=True)
    )
    return FlowFacts(flow, 100, 25, order=order, reached=reached)


def test_two_surveys_at_one_step_stand_apart_and_too_few_show_nothing() -> None:
    version = a_measured_service()
    service = version.survey.service
    lead = a_person(Role.CX_LEAD, service.owner)
    paper = a_version(a_survey(service, draft=a_document("Boat permits", mode="paper")))
    codes = tuple(sorted((version.survey.code, paper.survey.code)))
    steps = (PERMIT.steps[0], replace(PERMIT.steps[1], surveys=codes), PERMIT.steps[2])
    journey = a_map(service, lead, MapRecord(name="Permit", steps=steps))
    answered(version, 12, 20)
    answered(paper, 4, 4, channel="paper")
    counted()

    trust = evidence_of(journey, TODAY())[1].trust

    assert sorted((each.share or 0, each.n or 0) for each in trust) == [(0, 0), (0.6, 20)]
    assert "too few to show" in {each.said for each in trust}


def test_the_whole_way_is_told_by_surveys_about_whole_journeys_alone() -> None:
    version = a_measured_service()
    service = version.survey.service
    draft = a_document("Boat permits", level="journey", placement="prompt")
    whole = a_version(a_survey(service, draft=draft, title="After the permit"))
    answered(version, 12, 20)
    answered(whole, 15, 20)
    counted()

    figures = whole_figures(service, TODAY())

    assert {each.survey for each in figures} == {"After the permit"}
    assert {each.construct for each in figures} == {"trust", "satisfaction", "ease", "employee"}
