"""The pages of whom to ask: for whoever keeps the survey, in words, and with a way out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.audit.models import AuditEntry
from cx280.delivery.actions.deciding import decide_for_program
from cx280.delivery.models import ContactRule, SamplingPlan
from cx280.surveys.models import Survey
from tests.builders import a_person, a_survey, a_unit
from tests.delivery.builders import a_plan, an_open_survey, contact_rules, handed

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
PLAN = {"method": "simple", "rate": "10 %", "share": "10", "strata_by": "unit"}


@pytest.fixture
def survey() -> Survey:
    """A survey nobody has a plan for yet."""
    return an_open_survey()


@pytest.fixture
def manager(survey: Survey, sign_in: SignIn) -> Client:
    """Who keeps it, signed in."""
    return sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_without_a_plan_the_page_asks_and_leads_to_one(survey: Survey, manager: Client) -> None:
    page = text_of(manager, f"/surveys/{survey.code}/people/")

    assert "<h1>Whom do we ask?" in page.replace(' id="main-heading"', "")
    assert "Choose a plan" in page
    assert "Nothing was handed over" in page


@pytest.mark.proves("280.10-m2")
def test_a_plan_is_chosen_in_one_form_and_stands_in_words(survey: Survey, manager: Client) -> None:
    answer = manager.post(f"/surveys/{survey.code}/people/plan/", PLAN, follow=True)

    assert "We ask after 1 in 10 interactions" in answer.content.decode()
    plan = SamplingPlan.objects.get()
    assert (plan.rate, plan.method, len(plan.seed)) == (0.1, "simple", 16)
    assert AuditEntry.objects.filter(action="plan_sample").exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"rate": "110 %"}, "is not between 0.0001 %"),
        ({"rate": ""}, "This field is required"),
        ({"method": "stratified"}, "Name at least one group"),
        ({"rates": "es = 50 %"}, "Choose a stratified sample"),
        ({"method": "stratified", "rates": "es: 50"}, "is not a group and its share"),
        ({"share": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_plan_that_cannot_be_is_told_and_kept_typed(
    survey: Survey, manager: Client, given: dict[str, str], words: str
) -> None:
    answer = manager.post(f"/surveys/{survey.code}/people/plan/", {**PLAN, **given})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SamplingPlan.objects.exists()


@pytest.mark.proves("280.10-m2")
def test_the_calculator_speaks_of_people_and_leads_to_the_plan(
    survey: Survey, manager: Client
) -> None:
    query = "?sureness=very&points=5&population=20000&response_rate=11+%25"

    page = text_of(manager, f"/surveys/{survey.code}/people/{query}")

    assert "Invite 3,428 people, 17.1 % of all." in page
    assert "Then 377 answer" in page
    assert "754 minutes" in page
    assert "/people/plan/?rate=0.1714" in page
    assert 'value="0.1714"' in text_of(manager, f"/surveys/{survey.code}/people/plan/?rate=0.1714")


def test_a_calculator_that_cannot_reach_says_what_it_can(survey: Survey, manager: Client) -> None:
    query = "?sureness=very&points=3&population=2000&response_rate=4+%25"

    page = text_of(manager, f"/surveys/{survey.code}/people/{query}")

    assert "So many people do not come." in page
    assert "If you invite all 2,000, 80 answer" in page


def test_what_is_mistyped_in_the_calculator_is_told(survey: Survey, manager: Client) -> None:
    page = text_of(
        manager, f"/surveys/{survey.code}/people/?sureness=sure&points=0&response_rate=x"
    )

    assert "“x” is not a share." in page
    assert "Invite" not in page


@pytest.mark.proves("280.10-o3")
def test_who_was_left_alone_stands_with_the_reason(survey: Survey, manager: Client) -> None:
    a_plan(survey)
    now = timezone.now()
    decide_for_program(survey, handed=[handed("1"), handed("2")], now=now)

    page = text_of(manager, f"/surveys/{survey.code}/people/?days=30")
    rules = text_of(manager, f"/surveys/contact-rules/{agency_of(survey.service.owner).code}/")

    assert "2 interactions handed over, 2 drawn, 1 asked. 1 drawn and left alone." in page
    assert "Was asked less than the quiet period ago" in page
    assert "1: was asked less than the quiet period ago" in rules


def test_surveys_that_want_the_same_people_see_their_part_of_the_turns(
    survey: Survey, manager: Client
) -> None:
    a_plan(survey, share=30)
    a_plan(an_open_survey(survey=a_survey(survey.service)), share=10)

    page = text_of(manager, f"/surveys/{survey.code}/people/")

    assert '<td class="cx-number">75 %</td>' in page
    assert '<td class="cx-number">25 %</td>' in page


def test_the_sample_is_a_file_with_its_weights(survey: Survey, manager: Client) -> None:
    a_plan(survey, method="stratified", strata_by="given", rates={"=es": 1.0})
    decide_for_program(survey, handed=[handed("1", stratum="=es")], now=timezone.now())

    answer = manager.get(f"/surveys/{survey.code}/people/sample.csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]

    assert lines[0].endswith("people_each_asked_stands_for")
    assert lines[1] == "'=es,1,1,1,1.0,1.0,1.0"


def test_contact_rules_are_changed_for_the_whole_agency_and_audited(
    survey: Survey, manager: Client
) -> None:
    agency = agency_of(survey.service.owner)
    given = {"quiet_days": "60", "most_per_year": "2", "patience_days": "7"}

    answer = manager.post(f"/surveys/contact-rules/{agency.code}/edit/", given, follow=True)

    assert "not again for 60 days after an invitation and at most 2 times" in (
        answer.content.decode()
    )
    assert ContactRule.objects.get().as_rule.patience_days == 7
    entry = AuditEntry.objects.get(action="change_contact_rules")
    assert entry.detail["after"]["quiet_days"] == 60


def test_contact_rules_that_contradict_themselves_stay_typed(
    survey: Survey, manager: Client
) -> None:
    agency = agency_of(survey.service.owner)
    given = {"quiet_days": "7", "most_per_year": "2", "patience_days": "14"}

    answer = manager.post(f"/surveys/contact-rules/{agency.code}/edit/", given)

    assert answer.status_code == 422
    assert "A turn cannot be kept longer" in answer.content.decode()


def test_who_keeps_one_bureau_reads_the_rules_and_does_not_change_them(
    survey: Survey, sign_in: SignIn
) -> None:
    agency = agency_of(survey.service.owner)
    client = sign_in(a_person(Role.PROGRAM_MANAGER, a_unit(agency, "bureau")))
    contact_rules(agency)

    page = text_of(client, f"/surveys/contact-rules/{agency.code}/")

    assert "Change the rules" not in page
    text_of(client, f"/surveys/contact-rules/{agency.code}/edit/", 403)


def test_an_analyst_reads_and_does_not_choose(survey: Survey, sign_in: SignIn) -> None:
    client = sign_in(a_person(Role.ANALYST, survey.service.owner))

    assert "Whoever edits this survey" in text_of(client, f"/surveys/{survey.code}/people/")
    text_of(client, f"/surveys/{survey.code}/people/plan/", 403)


def test_another_agency_finds_nothing(survey: Survey, sign_in: SignIn) -> None:
    client = sign_in(a_person(Role.CX_LEAD))

    for address in ("people/", "people/plan/", "people/sample.csv"):
        text_of(client, f"/surveys/{survey.code}/{address}", 404)
    text_of(client, f"/surveys/contact-rules/{agency_of(survey.service.owner).code}/", 404)
