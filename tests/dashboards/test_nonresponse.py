"""Who is missing: the people asked against those who answered, and whether it could matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.measures.rules.nonresponse import Group, conclusion, needs_report, parts
from cx280.responses.models import OfferCount
from cx280.surveys.models import SurveyVersion
from tests.builders import a_person
from tests.dashboards.answered import (
    a_measured_service,
    an_office,
    answered,
    counted,
    last_quarter_day,
)
from tests.dashboards.test_service import rows_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
DAY = last_quarter_day()


def asked(version: SurveyVersion, n: int | None, **fields: object) -> None:
    """That many people were offered the survey on a day of the quarter before."""
    OfferCount.objects.create(
        version=version,
        **{"offered": n, "started": n or 60, "channel": "website", "day": DAY, **fields},
    )


def a_service_with_someone_missing() -> SurveyVersion:
    """400 people were asked at each of two offices; Boise answered 200 times, Portland 40."""
    version = a_measured_service(code="boat-permits")
    for name, agree, of in (("Boise", 160, 200), ("Portland", 16, 40)):
        unit = an_office(version.survey.service, name)
        for back, part in ((25, 2), (0, 2)):
            on = DAY - timedelta(days=back)
            answered(version, agree // part, of // part, unit=unit, on=on)
            asked(version, 200, unit=unit, day=on)
    counted()
    return version


def page_of(sign_in: SignIn, version: SurveyVersion, query: str = "") -> str:
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)
    return text_of(
        sign_in(lead).get(f"/measures/{version.survey.service.code}/nonresponse/{query}")
    )


def test_the_page_names_the_rate_and_who_is_missing(sign_in: SignIn) -> None:
    page = page_of(sign_in, a_service_with_someone_missing())

    assert "<h1>70 % of the people asked did not answer</h1>" in page
    assert "240 of 800 people asked answered: 30.0 %" in page
    assert "AAPOR’s Response Rate 1" in page
    assert "Portland stands for 50 % of the people asked, but 17 % of those who answered." in page
    assert "What those who did not answer think, nobody knows." in page


def test_weighted_back_to_who_was_asked_the_office_that_answered_less_counts_more(
    sign_in: SignIn,
) -> None:
    """160 of 200 and 16 of 40 are 73 % as answered, and (80 % + 40 %) / 2 weighted back."""
    version = a_service_with_someone_missing()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)
    client = sign_in(lead)

    page = text_of(client.get("/measures/boat-permits/nonresponse/"))
    rows = rows_of(client.get("/measures/boat-permits/nonresponse/?table=nonresponse"))

    assert "Trust goes from 73 % to 60 % when the answers are weighted back" in page
    shares = {(row["kind"], row["name"]): row["share"] for row in rows}
    assert shares["trust", "as answered"] == "0.7333"
    assert shares["trust", "weighted back"] == "0.6"


def test_early_answers_are_held_against_late_ones(sign_in: SignIn) -> None:
    version = a_measured_service()
    for back, agree in ((27, 95), (15, 80), (2, 60)):
        answered(version, agree, 100, on=DAY - timedelta(days=back))
    asked(version, 1000)
    counted()

    page = page_of(sign_in, version)

    assert "late answers are down 35 points (between −45 and −24)" in page


def test_a_plain_link_has_nothing_to_hold_the_answers_against(sign_in: SignIn) -> None:
    version = a_measured_service(placement="link")
    answered(version, 30, 48, on=DAY)
    asked(version, None)
    counted()

    page = page_of(sign_in, version)

    assert "<h1>Nobody can say who is missing from these answers</h1>" in page
    assert "48 people found the survey by themselves" in page
    assert "60 began, so the completion rate is 80 %" in page


def test_eight_of_ten_answers_need_no_report(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 30, 90, on=DAY)
    asked(version, 100)
    counted()

    assert "so OMB asks for no analysis" in page_of(sign_in, version)


def test_a_small_office_is_hidden_and_cannot_be_worked_out(sign_in: SignIn) -> None:
    version = a_measured_service()
    for name, of in (("Boise", 40), ("Portland", 30), ("Spokane", 4)):
        unit = an_office(version.survey.service, name)
        answered(version, of // 2, of, unit=unit, on=DAY)
        asked(version, 100, unit=unit)
    counted()

    page = page_of(sign_in, version)

    assert ">Boise<" in page
    assert ">Spokane<" not in page
    assert ">Portland<" not in page


def test_too_few_answers_say_so_and_show_nothing(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 3, 4, on=DAY)
    asked(version, 777)
    counted()

    page = page_of(sign_in, version)

    assert "Too few answers to say who is missing" in page
    assert "777" not in page


def test_the_manager_of_an_office_sees_who_is_missing_there_and_nothing_of_the_others(
    sign_in: SignIn,
) -> None:
    version = a_service_with_someone_missing()
    portland = version.survey.service.owner.children.get(code="portland")
    manager = a_person(Role.PROGRAM_MANAGER, portland)

    page = text_of(sign_in(manager).get("/measures/boat-permits/nonresponse/"))

    assert "<h1>90 % of the people asked did not answer</h1>" in page
    assert "Boise" not in page


def test_the_service_page_leads_there(sign_in: SignIn) -> None:
    version = a_service_with_someone_missing()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)

    page = text_of(sign_in(lead).get("/measures/boat-permits/"))

    assert "/nonresponse/?quarter=" in page
    assert "Who is missing from these answers?" in page


def test_a_report_is_due_below_80_percent_and_not_where_no_rate_is_known() -> None:
    assert [needs_report(rate) for rate in (0.79, 0.8, 1.0, None)] == [True, False, False, False]


def test_hidden_groups_count_in_the_wholes_and_stand_in_no_row() -> None:
    groups = [Group("office", "A", 50, 30), Group("office", "B", 50, 3, hidden=True)]

    found = parts(groups)

    assert [(each.group.name, each.of_asked) for each in found] == [("A", 0.5)]
    assert groups[1].rate is None


def test_groups_that_answer_alike_are_not_named() -> None:
    groups = [Group("office", "A", 500, 100), Group("office", "B", 500, 102)]

    assert conclusion([groups], [], None) == ["What those who did not answer think, nobody knows."]
