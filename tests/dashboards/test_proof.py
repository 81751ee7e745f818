"""The page that proves a survey's reach: facts, small cells, the file, the API, and who sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.dashboards.queries.proof import proof_of
from cx280.delivery.actions.reaching import count_reach
from cx280.delivery.actions.sending import send_waiting
from cx280.delivery.models import DayReach, Interaction
from cx280.kernel.quarter import Quarter
from cx280.responses.actions.offers import MOST_VALUES, OTHERS
from cx280.responses.actions.offers import count_reach as add_reach
from cx280.responses.models import OfferCount, ReachCount, Response
from cx280.responses.starts import starts
from cx280.responses.tasks import count_offers_by_message
from cx280.surveys.models import Survey, SurveyVersion
from tests.builders import a_person
from tests.dashboards.answered import a_measured_service, an_office, answered, counted
from tests.dashboards.test_service import rows_of as file_rows
from tests.dashboards.test_service import text_of
from tests.delivery.builders import a_mailing, handed_over, rows

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def nothing_left_from_other_tests() -> None:
    """Pages that other tests opened are counted in this process, and versions share numbers."""
    starts._counts.clear()


def reached(survey: Survey) -> Any:  # noqa: ANN401  many figures of many kinds
    """The proof of the newest quarter, with everything counted."""
    starts.flush()
    count_offers_by_message(timezone.now())
    count_reach(timezone.now())
    counted()
    return proof_of(survey, "", smallest=10)


def a_prompt_answered() -> SurveyVersion:
    """400 were asked at Boise and 200 opened it; 60 answered, 9 of them in Spanish."""
    version = a_measured_service(code="boat-permits")
    office = an_office(version.survey.service, "Boise")
    today = timezone.localdate()
    OfferCount.objects.create(
        version=version, unit=office, channel="website", day=today, offered=400, started=200
    )
    answered(version, 40, 51, unit=office)
    answered(version, 5, 9, unit=office, language="es", seconds=400)
    return version


def test_everything_is_read_from_facts(django_assert_max_num_queries: Any) -> None:  # noqa: ANN401
    survey = a_prompt_answered().survey
    reached(survey)
    Response.objects.all().delete()
    Interaction.objects.all().delete()

    with django_assert_max_num_queries(14):
        found = proof_of(survey, "", smallest=10)

    assert (found.whole.asked, found.whole.opened, found.whole.answered) == (400, 200, 60)
    assert found.time is not None
    assert (found.time.n, found.time.within) == (60, 51)
    assert next((each.shown, each.answered) for each in found.steps) == (60, 60)


def test_a_language_few_answered_in_is_not_shown(sign_in: SignIn) -> None:
    survey = a_prompt_answered().survey
    found = reached(survey)

    assert [each.hidden for each in found.parts["language"]] == [True, True]
    page = text_of(_lead(sign_in, survey).get(f"/surveys/{survey.code}/reach/"))
    assert "too few to show" in page
    assert ">9<" not in page


@pytest.mark.proves("INC-33")
def test_the_page_names_the_rate_with_its_counts(sign_in: SignIn) -> None:
    survey = a_prompt_answered().survey
    reached(survey)

    page = text_of(_lead(sign_in, survey).get(f"/surveys/{survey.code}/reach/"))

    # 4 of 4 shown questions answered: all are complete.
    assert "15.0 % of the people we meant to ask answered in full" in page
    assert "60 of 400 people, between 12 % and 19 %" in page
    assert "RR1" in page
    assert "I / (I + P + R + U)" in page


def test_a_link_has_no_rate_and_no_ranges(sign_in: SignIn) -> None:
    version = a_measured_service(placement="link")
    answered(version, 30, 40)
    reached(version.survey)

    page = text_of(_lead(sign_in, version.survey).get(f"/surveys/{version.survey.code}/reach/"))

    assert "Not computable" in page
    assert "nobody knows how many people saw the link or the poster" in page
    assert "people chose to answer" in page


@pytest.mark.proves("INC-44")
def test_the_file_of_a_link_has_no_range_in_any_row(sign_in: SignIn) -> None:
    version = a_measured_service(placement="link")
    answered(version, 9, 12)
    counted()
    client = _lead(sign_in, version.survey)

    found = client.get(f"/surveys/{version.survey.code}/reach/?table=all")
    rows = file_rows(found)

    kinds = {row["kind"] for row in rows}
    assert {"all", "seconds from page to answer", "skipped"} <= kinds
    assert {(row["low"], row["high"]) for row in rows} == {("", "")}
    assert "(between" not in client.get(f"/surveys/{version.survey.code}/reach/").content.decode()


@pytest.mark.proves("280.10-b2", "280.10-k1")
def test_lags_are_told_to_the_message_and_to_the_answer(client: Client, sign_in: SignIn) -> None:
    survey, now = a_mailing(), timezone.now()
    people = [f"p{n}@example.org" for n in range(12)]
    handed_over(survey, rows(*people, ended_at=now - timedelta(hours=3)), now)
    send_waiting(lambda: now + timedelta(minutes=20))

    for letter in mail.outbox[:11]:
        link = next(each for each in str(letter.body).split() if f"/s/{survey.code}/?" in each)
        path = "/s/" + link.split("/s/")[1]
        token = text_of(client.get(path)).split('name="_page" value="')[1].split('"')[0]
        for _ in range(2):  # sent twice, counted once
            client.post(path, {"_page": token, "_lang": "en", "trust": "5"})
    found = reached(survey)

    assert (found.asked_lag.n, found.asked_lag.median, found.asked_lag.within) == (12, 240, 12)
    assert (found.answered_lag.n, found.answered_lag.within) == (11, 11)
    assert found.answered_lag.median in {3, 4}
    assert found.states["sent"] == 12
    assert "ended" not in str(Response.objects.values().first())
    counts = ReachCount.objects.filter(kind="answered")
    assert {each.day for each in counts} == {Quarter.of(timezone.localdate()).first_day}


def test_states_of_the_last_two_weeks_are_counted_again() -> None:
    survey, now = a_mailing(), timezone.now()
    handed_over(survey, rows("ana@example.org", ended_at=now), now)
    count_reach(now)
    before = DayReach.objects.get().counts["state"]

    send_waiting(lambda: now)
    count_reach(now)
    count_reach(now)

    assert before == {"waiting": 1}
    assert DayReach.objects.get().counts["state"] == {"sent": 1}


def test_a_link_cannot_fill_the_record_with_groups() -> None:
    version, today = a_measured_service(), timezone.localdate()

    for n in range(MOST_VALUES + 5):
        add_reach(version.pk, kind="stratum", day=today, value=f"group {n}", people=1)

    rows_kept = ReachCount.objects.filter(version=version)
    assert rows_kept.count() == MOST_VALUES + 1
    assert rows_kept.get(value=OTHERS).people == 5


def test_the_file_and_the_api_say_the_same(sign_in: SignIn) -> None:
    survey = a_prompt_answered().survey
    reached(survey)
    client = _lead(sign_in, survey)

    answer = client.get(f"/surveys/{survey.code}/reach/?table=1")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    told = client.get(f"/api/v1/surveys/{survey.code}/reach").json()

    assert any(each.startswith("response rate,RR1,400,,60,0.15") for each in lines)
    assert told["everybody"]["answered"] == 60
    assert told["response_rates"][0]["rate"] == 0.15
    assert {each["suppressed"] for each in told["parts"]["language"]} == {True}
    assert "9" not in {each["answered"] for each in told["parts"]["language"]}


def test_a_survey_nobody_was_asked_by_says_what_to_do(sign_in: SignIn) -> None:
    survey = a_measured_service().survey

    page = text_of(_lead(sign_in, survey).get(f"/surveys/{survey.code}/reach/"))

    assert "Does this survey reach people?" in page
    assert "choose whom it asks" in page


def test_another_agency_finds_nothing(sign_in: SignIn) -> None:
    survey = a_measured_service().survey
    client = sign_in(a_person(Role.CX_LEAD))

    assert client.get(f"/surveys/{survey.code}/reach/").status_code == 404
    assert client.get(f"/api/v1/surveys/{survey.code}/reach").status_code == 404
    assert _lead(sign_in, survey).get(
        f"/surveys/{survey.code}/reach/?quarter=FY1999+Q1"
    ).status_code == 404  # fmt: skip


def _lead(sign_in: SignIn, survey: Survey) -> Client:
    return sign_in(a_person(Role.CX_LEAD, survey.service.owner))
