"""Decisions: recorded so that they can be drawn again, made once, and never against the rules."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from scipy import stats

from cx280.agencies.queries import agency_of
from cx280.audit.models import AuditEntry
from cx280.delivery.actions.deciding import decide_for_program
from cx280.delivery.actions.people import Register, change_secrets
from cx280.delivery.actions.plans import save_plan, save_rules
from cx280.delivery.models import AgencySecret, Contact, Interaction, OptOut
from cx280.delivery.queries.plans import plan_in_force
from cx280.delivery.queries.reach import reach_of
from cx280.delivery.rules.contacts import ContactRules
from cx280.delivery.rules.sampling import decide
from cx280.delivery.rules.vocabulary import PersonKind, Reason, State
from cx280.delivery.sealing import CannotOpen
from cx280.kernel.problem import Conflict, Unusable
from cx280.surveys.models import Survey
from tests.audit.test_turns import same_database
from tests.builders import a_person, a_service, a_survey, a_unit
from tests.delivery.builders import NOON, a_plan, an_open_survey, contact_rules, handed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def state_of(survey: Survey, at: object = NOON, **fields: object) -> tuple[str, str]:
    decided = decide_for_program(survey, handed=[handed(**fields)], now=at)  # type: ignore[arg-type]
    return decided[0].interaction.state, decided[0].interaction.reason


def test_without_a_plan_nothing_is_decided() -> None:
    with pytest.raises(Conflict, match="Nobody has chosen"):
        decide_for_program(an_open_survey(), handed=[handed()], now=NOON)


@pytest.mark.proves("280.10-m2")
def test_each_decision_can_be_drawn_again_from_what_is_kept() -> None:
    plan = a_plan(method="stratified", rate=0.2, strata_by="given", rates={"es": 0.7})
    given = [handed(f"case-{i}", known_as="", stratum="es" if i % 3 else "") for i in range(60)]

    decided = decide_for_program(plan.survey, handed=given, now=NOON)

    for each, was in zip(given, decided, strict=True):
        kept = was.interaction
        again = decide(kept.plan.as_rule, each.interaction, stratum=kept.stratum)
        assert (again.is_drawn, again.probability) == (kept.is_drawn, kept.probability)
    assert {each.interaction.probability for each in decided} == {0.2, 0.7}


@pytest.mark.proves("280.10-m2")
def test_a_systematic_sample_goes_on_where_the_last_batch_stopped() -> None:
    plan = a_plan(method="systematic", rate=0.1)

    for start in range(0, 40, 8):
        given = [handed(f"{start + i}", known_as="") for i in range(8)]
        decide_for_program(plan.survey, handed=given, now=NOON)

    drawn = [each.position or 0 for each in Interaction.objects.filter(is_drawn=True)]
    assert len(drawn) == 4
    assert [b - a for a, b in pairwise(sorted(drawn))] == [10, 10, 10]


def test_the_same_interaction_is_decided_about_once_even_in_another_survey() -> None:
    survey = a_plan().survey
    contact_rules(agency_of(survey.service.owner))  # without turns: either survey may ask
    other = a_plan(an_open_survey(survey=a_survey(survey.service))).survey

    first = decide_for_program(survey, handed=[handed()], now=NOON)[0]
    again = decide_for_program(survey, handed=[handed()], now=NOON + DAY)[0]
    elsewhere = decide_for_program(other, handed=[handed()], now=NOON)[0]

    assert (first.is_new, again.is_new, elsewhere.is_new) == (True, False, False)
    assert first.interaction == again.interaction == elsewhere.interaction
    assert Interaction.objects.count() == Contact.objects.count() == 1


@pytest.mark.proves("280.10-o3")
def test_a_second_invitation_inside_the_quiet_period_is_suppressed_and_counted() -> None:
    survey = a_plan().survey
    contact_rules(agency_of(survey.service.owner))
    other = a_plan(an_open_survey(survey=a_survey(survey.service))).survey

    assert state_of(survey) == (State.ASKED, "")
    early = NOON + 30 * DAY - timedelta(seconds=1)
    assert state_of(other, early, interaction="2") == (State.SUPPRESSED, Reason.QUIET)
    assert state_of(other, NOON + 30 * DAY, interaction="3") == (State.ASKED, "")

    reach = reach_of(other, NOON)
    assert (reach.handed, reach.drawn, reach.asked, reach.suppressed) == (2, 2, 1, 1)
    assert reach.reasons == {Reason.QUIET: 1}


def test_another_agency_s_surveys_do_not_count() -> None:
    survey, elsewhere = a_plan().survey, a_plan().survey

    assert state_of(survey) == (State.ASKED, "")
    assert state_of(elsewhere) == (State.ASKED, "")


def test_a_device_and_a_person_are_counted_apart_and_nobody_known_is_not_counted() -> None:
    survey = a_plan().survey

    assert state_of(survey, kind=PersonKind.DEVICE, known_as="d1") == (State.ASKED, "")
    assert state_of(survey, interaction="2", known_as="d1") == (State.ASKED, "")
    assert state_of(survey, interaction="3", kind=PersonKind.DEVICE, known_as="d1")[1] == "quiet"
    for i in range(3):
        assert state_of(survey, interaction=f"n{i}", known_as="") == (State.ASKED, "")


def test_who_opted_out_and_what_is_closed_is_left_alone() -> None:
    survey = a_plan().survey
    state_of(survey)
    contact = Contact.objects.get()
    assert contact.person not in str(AgencySecret.objects.values_list("sealed", flat=True))
    lasting = register_name(survey)
    OptOut.objects.create(agency=agency_of(survey.service.owner), person=lasting, said_at=NOON)

    assert state_of(survey, NOON + 99 * DAY, interaction="2")[1] == Reason.OPTED_OUT
    survey.state = Survey.State.CLOSED
    assert state_of(survey, interaction="3", known_as="bo@example.org")[1] == Reason.CLOSED


def register_name(survey: Survey) -> str:
    people = Register(agency_of(survey.service.owner), NOON)
    return people.somebody(PersonKind.PERSON, "ana@example.org").lasting


def test_neither_the_address_nor_the_id_is_kept_anywhere() -> None:
    survey = a_plan().survey
    decide_for_program(survey, handed=[handed("claim 4711", known_as="ana@example.org")], now=NOON)

    with connection.cursor() as cursor:
        # The moments of migrations hold any digits by chance.
        tables = set(connection.introspection.table_names(cursor)) - {"django_migrations"}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            text = str(cursor.fetchall())
            assert "ana@" not in text, table
            assert "4711" not in text, table


@pytest.mark.proves("280.10-o3")
def test_contacts_count_across_a_change_of_secrets_and_go_with_the_old_one() -> None:
    survey = a_plan().survey
    agency = agency_of(survey.service.owner)
    contact_rules(agency, quiet_days=60)
    state_of(survey, NOON)
    state_of(survey, NOON + 61 * DAY - timedelta(hours=1), interaction="2")
    assert Contact.objects.count() == 2

    assert change_secrets(NOON + 59 * DAY) == 0
    assert change_secrets(NOON + 60 * DAY) == 1
    assert state_of(survey, NOON + 62 * DAY, interaction="3") == (State.SUPPRESSED, Reason.QUIET)
    assert change_secrets(NOON + 119 * DAY) == 0
    assert change_secrets(NOON + 121 * DAY) == 2  # the new one's turn to retire has come as well
    assert Contact.objects.count() == 0
    assert AgencySecret.objects.filter(purpose="lasting").count() == 1
    told = AuditEntry.objects.values_list("action", flat=True)
    assert "destroy_secret_of_persons" in told


def test_a_unit_of_the_service_is_kept_and_another_is_not() -> None:
    service = a_service()
    unit = a_unit(service.owner, code="portland")
    survey = a_plan(an_open_survey(survey=a_survey(service)), strata_by="unit").survey

    decide_for_program(survey, handed=[
        handed("1", unit="portland"), handed("2", unit="nowhere", known_as=""),
    ], now=NOON)  # fmt: skip

    assert list(Interaction.objects.order_by("pk").values_list("unit", "stratum")) == [
        (unit.pk, "portland"), (None, "nowhere"),
    ]  # fmt: skip


def test_a_new_plan_ends_the_one_before_and_both_stay_readable() -> None:
    survey = an_open_survey()
    person = a_person()
    first = save_plan(survey, by=person, now=NOON, method="simple", rate=0.1)
    second = save_plan(survey, by=person, now=NOON + DAY, method="simple", rate=0.2)

    first.refresh_from_db()
    assert (first.until, first.number, second.number) == (NOON + DAY, 1, 2)
    assert plan_in_force(survey) == second
    assert first.seed != second.seed
    entries = AuditEntry.objects.filter(action="plan_sample").values_list("detail", flat=True)
    assert [each["rate"] for each in entries] == ["10 %", "20 %"]


def test_rules_that_contradict_themselves_are_refused() -> None:
    agency = agency_of(an_open_survey().service.owner)

    with pytest.raises(Unusable, match="kept longer"):
        save_rules(agency, by=a_person(), rules=ContactRules(7, 4, 14))


@pytest.mark.proves("280.10-m2")
def test_the_sample_by_group_tells_the_rate_and_the_weight() -> None:
    plan = a_plan(method="stratified", rate=0.1, strata_by="given", rates={"es": 0.5})
    given = [handed(f"{i}", known_as="", stratum="es" if i < 200 else "en") for i in range(700)]
    decide_for_program(plan.survey, handed=given, now=NOON)

    english, spanish = reach_of(plan.survey, NOON).groups

    assert (english.name, english.handed, english.planned) == ("", 500, (0.1, 0.1))
    assert (spanish.name, spanish.handed, spanish.planned) == ("es", 200, (0.5, 0.5))
    for each, rate in ((english, 0.1), (spanish, 0.5)):
        low, high = stats.binom.interval(0.9999, each.handed, rate)
        assert low <= each.drawn <= high
        assert each.weight is not None
        assert each.weight * each.asked == pytest.approx(each.handed)


ASK = """
import sys, django
from datetime import UTC, datetime
django.setup()
from cx280.delivery.actions.deciding import decide_for_program
from cx280.delivery.rules.handed import Handed
from cx280.surveys.models import Survey
survey = Survey.objects.select_related("service__owner").get(code=sys.argv[1])
for i in range(5):
    handed = [Handed(f"{sys.argv[2]}-{i}", known_as=f"person {i}")]
    decide_for_program(survey, handed=handed, now=datetime(2022, 3, 1, 12, tzinfo=UTC))
"""
COUNT = """
import django
django.setup()
from cx280.delivery.models import Interaction
for state in ("asked", "suppressed"):
    print(Interaction.objects.filter(state=state).count())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("280.10-o3")
def test_processes_at_the_same_time_never_ask_one_person_twice(tmp_path: Path) -> None:
    survey = a_plan().survey
    environment = same_database(tmp_path)

    command = [sys.executable, "-c", ASK, survey.code]
    running = [subprocess.Popen([*command, each], env=environment) for each in "abc"]
    codes = [each.wait(timeout=120) for each in running]
    found = subprocess.run(
        [sys.executable, "-c", COUNT], env=environment, capture_output=True, text=True, check=True
    )

    assert codes == [0, 0, 0]
    assert found.stdout.split() == ["5", "10"]


def test_under_another_secret_key_nobody_is_asked_rather_than_one_who_said_no(
    settings: Any,  # noqa: ANN401
) -> None:
    survey = a_plan().survey
    state_of(survey)
    before = settings.SECRET_KEY

    settings.SECRET_KEY = "another one, as after a restore without it"
    with pytest.raises(CannotOpen, match="cannot be read"):
        state_of(survey, interaction="2")
    assert Interaction.objects.count() == 1

    settings.SECRET_KEY_FALLBACKS = [before]
    assert state_of(survey, interaction="2") == (State.SUPPRESSED, Reason.QUIET)
