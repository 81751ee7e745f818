"""A plan's way: written, signed, sent, published; and what it meets."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from cx280.accounts.rules import Role
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from cx280.obligations.queries.standing import line_of
from cx280.obligations.rules.vocabulary import State
from cx280.plans import access
from cx280.plans.actions.moving import (
    NotReady,
    publish_plan,
    reopen_plan,
    sign_plan,
    submit_plan,
)
from cx280.plans.actions.writing import (
    begin_plan,
    remove_action,
    save_action,
    tell_status,
)
from cx280.plans.models import ActionPlan, PlanVersion
from tests.builders import a_person, a_service
from tests.obligations.builders import Owing, a_provider_that_owes
from tests.plans.builders import a_ready_plan, an_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def owing() -> Owing:
    return a_provider_that_owes(date(2023, 7, 1))


@pytest.mark.proves("280.14-e1", "280.13-b3")
def test_a_provider_has_one_plan_a_year(owing: Owing) -> None:
    first = begin_plan(owing.hisp, fiscal_year=2023, by=owing.lead)

    assert begin_plan(owing.hisp, fiscal_year=2023, by=owing.lead) == first
    assert ActionPlan.objects.count() == 1


@pytest.mark.proves("280.13-b7", "280.14-e2")
def test_a_plan_without_an_action_for_a_designated_service_is_not_signed(owing: Owing) -> None:
    plan = begin_plan(owing.hisp, fiscal_year=2023, by=owing.lead)
    an_action(owing, plan)

    with pytest.raises(NotReady, match="Nothing is planned for Trail passes") as found:
        sign_plan(plan, by=owing.official)

    assert found.value.rule == "280.14-e2"
    assert not PlanVersion.objects.exists()


@pytest.mark.proves("280.13-b3", "280.14-e1", "280.17-f3")
def test_only_the_official_signs_the_lead_sends_and_omb_publishes(owing: Owing) -> None:
    plan, reviewer = a_ready_plan(owing), a_person(Role.OMB_REVIEWER)
    with pytest.raises(NotAllowed):
        sign_plan(plan, by=owing.lead)
    with pytest.raises(Conflict, match="cannot be sent"):
        submit_plan(plan, by=owing.lead)

    sign_plan(plan, by=owing.official)
    submit_plan(plan, by=owing.lead)
    with pytest.raises(NotAllowed):
        publish_plan(plan, by=owing.lead)
    version = publish_plan(plan, by=reviewer)

    assert access.published(owing.hisp.code, 2023) == version
    assert "Ask the union" not in str(version.content)
    assert "/measures/" not in str(version.content)


def test_what_is_published_stays_while_a_correction_is_written(owing: Owing) -> None:
    plan, reviewer = a_ready_plan(owing), a_person(Role.OMB_REVIEWER)
    sign_plan(plan, by=owing.official)
    with pytest.raises(Conflict, match="signed"):
        an_action(owing, plan)
    submit_plan(plan, by=owing.lead)
    first = publish_plan(plan, by=reviewer)
    sent = ActionPlan.objects.get().submitted_at

    with pytest.raises(Unusable, match="why"):
        reopen_plan(plan, because=" ", by=owing.lead)
    reopen_plan(plan, because="A wrong target.", by=owing.lead)
    action = plan.actions.first()
    assert action is not None
    fields = {"service": action.service, "pain_point": action.pain_point, "target": 0.8}
    save_action(plan, action, fields=fields, by=owing.lead, now=timezone.now())
    assert access.published(owing.hisp.code, 2023) == first
    sign_plan(plan, by=owing.official)
    submit_plan(plan, by=owing.lead)
    second = publish_plan(plan, by=reviewer)

    assert access.published(owing.hisp.code, 2023) == second
    assert (second.number, second.content["actions"][0]["target"]) == (2, 0.8)
    assert first.content["actions"][0]["target"] == 0.75
    assert ActionPlan.objects.get().submitted_at == sent


@pytest.mark.proves("280.14-e1")
def test_the_obligation_is_met_on_the_day_the_plan_was_first_sent(owing: Owing) -> None:
    row, today = owing.owes("action_plan", "FY2023"), timezone.localdate()
    plan = a_ready_plan(owing)
    assert line_of(row, date(2023, 5, 1)).state is State.IN_PROGRESS

    sign_plan(plan, by=owing.official)
    submit_plan(plan, by=owing.lead)

    line = line_of(row, today)
    assert (line.state, line.met_on) == (State.LATE, today)


def test_how_an_action_goes_may_be_told_of_a_signed_plan(owing: Owing) -> None:
    plan = a_ready_plan(owing)
    sign_plan(plan, by=owing.official)
    action = plan.actions.first()
    assert action is not None

    with pytest.raises(Unusable, match="why it was stopped"):
        tell_status(action, status="stopped", words="", by=owing.lead, now=timezone.now())
    tell_status(action, status="done", words="All offices.", by=owing.lead, now=timezone.now())

    assert [each.status for each in action.history.all()] == ["done", "planned"]
    with pytest.raises(Conflict):
        remove_action(action, by=owing.lead)


@pytest.mark.proves("280.17-f2")
def test_an_action_does_not_answer_the_pain_point_of_another_service(owing: Owing) -> None:
    plan = a_ready_plan(owing)
    one, other = plan.actions.all()

    with pytest.raises(Unusable, match="another service"):
        save_action(
            plan, one, fields={"service": one.service, "pain_point": other.pain_point},
            by=owing.lead, now=timezone.now(),
        )  # fmt: skip


def test_nobody_sees_anothers_draft_and_omb_sees_what_was_sent(owing: Owing) -> None:
    plan, reviewer = a_ready_plan(owing), a_person(Role.OMB_REVIEWER)
    stranger = a_person(Role.CX_LEAD, a_service().owner)
    with pytest.raises(NotFound):
        access.plan_to_see(stranger, plan.pk)
    with pytest.raises(NotFound):
        access.plan_to_see(reviewer, plan.pk)
    with pytest.raises(NotFound):
        access.published(owing.hisp.code, 2023)

    sign_plan(plan, by=owing.official)
    submit_plan(plan, by=owing.lead)

    assert access.plan_to_see(reviewer, plan.pk) == plan
