"""OMB gives a plan back with reasons for each action; the agency mends it and hands it in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.obligations.actions.reminding import remind_provider
from cx280.obligations.queries.standing import line_of
from cx280.obligations.rules.vocabulary import State
from cx280.plans.actions.moving import publish_plan, sign_plan, submit_plan
from cx280.plans.actions.reviewing import accept_plan, return_plan
from cx280.plans.actions.writing import remove_action, save_action
from cx280.plans.models import ActionPlan, Remark, Review
from tests.builders import a_person
from tests.obligations.builders import Owing, a_provider_that_owes
from tests.plans.builders import a_ready_plan

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def owing() -> Owing:
    return a_provider_that_owes(date(2023, 7, 1))


@pytest.fixture
def reviewer() -> Person:
    return a_person(Role.OMB_REVIEWER)


def sent(owing: Owing) -> ActionPlan:
    plan = a_ready_plan(owing)
    again(owing, plan)
    return plan


def again(owing: Owing, plan: ActionPlan) -> None:
    sign_plan(plan, by=owing.official)
    submit_plan(plan, by=owing.lead)
    plan.refresh_from_db()


def text_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.proves("280.14-e1", "280.17-f1")
def test_a_returned_plan_is_open_until_it_is_sent_again_and_both_are_kept(
    owing: Owing, reviewer: Person
) -> None:
    row, plan = owing.owes("action_plan", "FY2023"), sent(owing)
    first_day = timezone.localdate(plan.submitted_at)
    with pytest.raises(NotAllowed):
        return_plan(plan, version=1, words="Too vague.", remarks={}, by=owing.lead)
    with pytest.raises(Unusable, match="what has to change"):
        return_plan(plan, version=1, words=" ", remarks={1: " "}, by=reviewer)
    with pytest.raises(Unusable, match="no action 3"):
        return_plan(plan, version=1, words="", remarks={3: "Which?"}, by=reviewer)
    return_plan(plan, version=1, words="", remarks={2: "Aim higher."}, by=reviewer)

    today = timezone.localdate()
    line = line_of(row, today, whole=False)
    assert (line.state, line.met_on, line.returned_on) == (State.RETURNED, None, today)
    action = plan.actions.last()
    assert action is not None
    assert Remark.objects.get().action == action
    fields = {"service": action.service, "pain_point": action.pain_point, "target": 0.9}
    save_action(plan, action, fields=fields, by=owing.lead, now=timezone.now())
    sign_plan(plan, by=owing.official)
    assert line_of(row, today).state is State.RETURNED
    submit_plan(plan, by=owing.lead)

    line = line_of(row, today)
    assert (line.state, line.met_on, line.returned_on) == (State.LATE, first_day, None)
    assert [each.content["actions"][1]["target"] for each in plan.versions.order_by("number")] == [
        0.75,
        0.9,
    ]
    accept_plan(plan, version=2, by=reviewer)
    publish_plan(plan, by=reviewer)
    assert [(each.version.number, each.decision) for each in Review.objects.all()] == [
        (2, "accepted"),
        (1, "returned"),
    ]
    assert AuditEntry.objects.filter(action="return_action_plan").count() == 1


def test_omb_decides_about_the_version_it_read(owing: Owing, reviewer: Person) -> None:
    plan = sent(owing)
    return_plan(plan, version=1, words="Too vague.", remarks={}, by=reviewer)
    again(owing, plan)

    with pytest.raises(Conflict, match="version 2 meanwhile"):
        accept_plan(plan, version=1, by=reviewer)
    accept_plan(plan, version=2, by=reviewer)

    with pytest.raises(Conflict, match="cannot be returned"):
        return_plan(plan, version=2, words="After all.", remarks={}, by=reviewer)


def test_a_remark_outlives_the_action_it_is_about(owing: Owing, reviewer: Person) -> None:
    plan = sent(owing)
    return_plan(plan, version=1, words="", remarks={1: "Already done elsewhere."}, by=reviewer)
    action = plan.actions.first()
    assert action is not None
    change = action.change

    remove_action(action, by=owing.lead)

    kept = Remark.objects.get()
    assert (kept.action, kept.change, kept.words) == (None, change, "Already done elsewhere.")


@pytest.mark.proves("280.14-e1")
def test_reasons_stand_beside_the_action_and_omb_reads_only_what_was_sent(
    owing: Owing, reviewer: Person, sign_in: SignIn
) -> None:
    plan = sent(owing)
    omb, page = sign_in(reviewer), reverse("plans:plan", args=[plan.pk])
    give_back = reverse("plans:return", args=[plan.pk, 1])
    assert ">Accept<" in text_of(omb, page)
    assert omb.post(give_back, {"words": ""}).status_code == 422
    omb.post(give_back, {"words": "Good reasons, vague aims.", "action_1": "By when?"})

    action = plan.actions.first()
    assert action is not None
    lead = sign_in(owing.lead)
    mine = text_of(lead, page)
    assert "Version 1 was returned by OMB" in mine
    assert "OMB asks:</strong> By when?" in mine
    assert "By when?" in text_of(lead, reverse("plans:action", args=[plan.pk, action.pk]))
    fields = {"service": action.service, "pain_point": action.pain_point, "owner": "Not sent yet"}
    save_action(plan, action, fields=fields, by=owing.lead, now=timezone.now())
    sign_plan(plan, by=owing.official)
    omb = sign_in(reviewer)
    assert "Not sent yet" not in text_of(omb, page)
    assert omb.get(reverse("plans:version", args=[plan.pk, 2])).status_code == 404
    assert "Good reasons, vague aims." in text_of(omb, reverse("plans:version", args=[plan.pk, 1]))


def test_those_who_send_and_sign_are_told_once_that_it_was_returned(
    owing: Owing, reviewer: Person
) -> None:
    plan, today = sent(owing), timezone.localdate()
    row = owing.owes("action_plan", "FY2023")
    row.due = row.act_by = today - timedelta(days=60)
    row.save()
    return_plan(plan, version=1, words="Too vague.", remarks={}, by=reviewer)

    told = [remind_provider(owing.hisp, today) for _ in range(2)]

    assert told == [2, 0]
    about = [each for each in mail.outbox if "OMB returned" in each.subject]
    assert {each.to[0] for each in about} == {owing.lead.email, owing.official.email}
    assert "Returned by OMB with reasons" in about[0].body
    assert "vague" not in about[0].body
