"""Why a warning stands: with who said so and when, for OMB too, until what was found changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Justification, Person
from cx280.accounts.queries import told_with_reasons
from cx280.accounts.rules import Role
from cx280.audit.actions import subject_of
from cx280.capacity.actions.moving import sign_assessment, submit_assessment
from cx280.indicators.actions.publishing import publish_paper
from cx280.indicators.rules.vocabulary import Paper
from cx280.kernel.finding import Finding, Severity, warnings
from cx280.plans.actions.moving import sign_plan, submit_plan
from cx280.plans.actions.writing import save_action
from cx280.plans.queries.plans import findings_of
from tests.builders import a_person
from tests.capacity.builders import a_ready_assessment
from tests.indicators.builders import a_cost
from tests.obligations.builders import Owing, a_provider_that_owes
from tests.plans.builders import a_ready_plan
from tests.reporting.quarters import a_scene

SignIn = Callable[[Person], Client]
WHY = "The registry closes each October, so it ends a month later."


@pytest.fixture
def owing() -> Owing:
    return a_provider_that_owes(date(2023, 7, 1))


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@given(st.text(), st.text(), st.text(), st.text())
def test_a_reason_ends_with_what_was_found_and_not_with_where(
    message: str, other: str, facts: str, place: str
) -> None:
    one = Finding("280.1-a1", Severity.WARN, message, place, facts=facts)

    assert one.stamp == Finding("280.1-a1", Severity.WARN, message, "moved", facts=facts).stamp
    for moved in (other, message + "!"):
        same = Finding("280.1-a1", Severity.WARN, moved, place, facts=facts).stamp == one.stamp
        assert same == (moved == message)
    assert Finding("280.1-a1", Severity.WARN, message, place, facts=facts + "!").stamp != one.stamp


@pytest.mark.django_db
def test_a_reason_stands_with_a_plan_and_goes_when_the_action_changes(
    owing: Owing, sign_in: SignIn
) -> None:
    plan, client = a_ready_plan(owing), sign_in(owing.lead)
    late = plan.actions.first()
    assert late is not None
    fields = {"service": late.service, "pain_point": late.pain_point, "ends_on": date(2024, 11, 1)}
    save_action(plan, late, fields=fields, by=owing.lead, now=timezone.now())
    [found] = warnings(findings_of(plan, date(2023, 5, 1)))
    page, explain = (reverse(f"plans:{each}", args=[plan.pk]) for each in ("plan", "explain"))

    assert "Or say why it stays like this" in words(client, page)
    assert client.post(explain, {"finding": found.stamp, "text": "no"}).status_code == 422
    assert client.post(explain, {"finding": "280.17-f1@x", "text": WHY}).status_code == 404
    client.post(explain, {"finding": found.stamp, "text": WHY})
    kept = Justification.objects.get()
    assert (kept.text, kept.person) == (WHY, owing.lead)
    told = words(client, page)
    assert WHY in told
    assert f"<footer>{owing.lead.name}" in told
    version = sign_plan(plan, by=owing.official)
    assert version.warnings[0]["reason"] == WHY
    assert WHY not in str(version.content)
    submit_plan(plan, by=owing.lead)
    assert f"The agency says: {WHY}" in words(sign_in(a_person(Role.OMB_REVIEWER)), page)

    late.ends_on = date(2025, 11, 1)
    late.save()
    assert (
        told_with_reasons(subject_of(plan), findings_of(plan, date(2023, 5, 1)))[0]["reason"] == ""
    )


@pytest.mark.django_db
def test_omb_reads_the_reasons_of_an_assessment(owing: Owing, sign_in: SignIn) -> None:
    assessment, client = a_ready_assessment(owing, 2023), sign_in(owing.lead)
    page = reverse("capacity:assessment", args=[assessment.pk])
    open_ones = client.get(page).context["findings"]
    stamp = next(each.stamp for each in warnings(open_ones))

    client.post(reverse("capacity:explain", args=[assessment.pk]), {"finding": stamp, "text": WHY})
    sign_assessment(assessment, by=owing.official)
    submit_assessment(assessment, by=owing.lead)

    assert WHY in words(client, reverse("capacity:document", args=[assessment.pk]))
    again = client.post(
        reverse("capacity:explain", args=[assessment.pk]), {"finding": stamp, "text": WHY}
    )
    assert again.status_code == 409
    omb = sign_in(a_person(Role.OMB_REVIEWER))
    assert f"The agency says: {WHY} ({owing.lead.name}" in words(
        omb, reverse("capacity:document", args=[assessment.pk])
    )


@pytest.mark.django_db
def test_omb_reads_the_reasons_of_published_indicators_and_the_public_does_not(
    sign_in: SignIn,
) -> None:
    scene = a_scene()
    a_cost(scene.service, scene.lead, in_plan=True)
    client, agency = sign_in(scene.lead), scene.agency.code
    found = client.get(reverse("indicators:list") + "?year=2023").context["findings"][0]

    client.post(
        reverse("indicators:explain", args=[agency, 2023]), {"finding": found.stamp, "text": WHY}
    )
    assert WHY in words(client, reverse("indicators:list") + "?year=2023")
    published = publish_paper(scene.agency, Paper.PLAN, 2023, by=scene.official, now=timezone.now())

    assert [each["reason"] for each in published.warnings if each["reason"]] == [WHY]
    omb = sign_in(a_person(Role.OMB_REVIEWER))
    assert WHY in words(omb, reverse("indicators:published"))
    assert WHY not in words(Client(), reverse("indicators:public", args=[agency, "plan", 2023]))
