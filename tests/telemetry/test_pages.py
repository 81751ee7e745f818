"""The pages of sites, plan, flows and practices: who reads and writes, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.telemetry.models import Flow, FlowChange, Metric, Question, Site
from tests.builders import a_person, a_service, a_unit, an_agency
from tests.telemetry.builders import a_flow, a_metric, a_site

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
SITE = {"name": "www.example.gov", "origins": "https://www.example.gov/x", "names": "Bad Name"}


def text_of(response: Any) -> str:  # noqa: ANN401
    return " ".join(response.content.decode().split())


def at(name: str, *arguments: object) -> str:
    return reverse(f"telemetry:{name}", args=arguments)


def test_a_manager_adds_a_site_settles_its_terms_and_enables_it(sign_in: SignIn) -> None:
    service = a_service()
    client = sign_in(a_person(Role.PROGRAM_MANAGER, service.owner))
    code = service.code

    client.post(at("new-site", code), {**SITE, "names": ""})
    site = Site.objects.get()
    page = text_of(client.get(at("site", code, site.pk)))
    assert "www.example.gov cannot send yet" in page
    assert "It has no usage tier." in page
    client.post(at("enable-site", code, site.pk))
    assert not Site.objects.get().enabled

    terms = {"tier": "1", "purpose": "To find where people stop.", "retention_days": "90"}
    client.post(at("edit-site", code, site.pk), {**SITE, "names": "", **terms})
    client.post(at("enable-site", code, site.pk))

    page = text_of(client.get(at("site", code, site.pk)))
    assert "www.example.gov tells us what people do" in page
    assert f"/t/cx.js&quot; data-site=&quot;{site.key}&quot; defer" in page
    assert Site.objects.get().origins == ["https://www.example.gov"]


def test_what_was_typed_is_kept_when_a_name_is_wrong(sign_in: SignIn) -> None:
    service = a_service()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))

    response = client.post(at("new-site", service.code), SITE)

    assert response.status_code == 422
    assert "“Bad Name” cannot be used." in text_of(response)
    assert "https://www.example.gov/x" in text_of(response)
    assert not Site.objects.exists()


def test_a_running_site_says_beside_the_field_what_it_cannot_lose(sign_in: SignIn) -> None:
    site = a_site(enabled=True)
    client = sign_in(a_person(Role.CX_LEAD, site.service.owner))

    response = client.post(
        at("edit-site", site.service.code, site.pk), {"name": "x", "tier": "1", "purpose": ""}
    )

    assert response.status_code == 422
    assert "It has no purpose. Say what the data is used for." in text_of(response)


def test_a_plan_is_written_in_the_browser_and_downloaded(sign_in: SignIn) -> None:
    service = a_site(enabled=True).service
    a_flow(service)
    client = sign_in(a_person(Role.PROGRAM_MANAGER, service.owner))
    code = service.code
    assert "No question yet." in text_of(client.get(at("plan", code)))

    client.post(at("new-question", code), {"text": "Where do people stop?", "insight": "A step."})
    question = Question.objects.get()
    metric = {
        "name": "Share who finish", "kind": "transaction_complete", "flow": "apply",
        "turn": "below", "threshold": "60", "unit": "percent",
    }  # fmt: skip
    client.post(at("new-metric", code, question.pk), metric)
    page = text_of(client.get(at("plan", code)))
    assert "1 thing is still missing" in page
    assert "“Share who finish” leads to no action." in page

    known = Metric.objects.get()
    client.post(at("metric", code, known.pk), {**metric, "planned_action": "Watch five people."})
    page = text_of(client.get(at("plan", code)))
    assert "Every metric answers a question and leads to an action." in page
    assert "when it is below 60 percent" in page
    assert "Flow completed in the flow “apply”" in page
    assert client.get(at("plan-json", code)).json()["questions"][0]["metrics"][0]["threshold"] == 60
    lines = client.get(at("plan-csv", code)).getvalue()
    assert b"Where do people stop?,A step.,Share who finish" in lines

    client.post(at("remove-metric", code, known.pk))
    client.post(at("remove-question", code, question.pk))
    assert not Question.objects.exists()


def test_the_plan_of_one_service_is_brought_to_another(sign_in: SignIn) -> None:
    agency = an_agency()
    metric = a_metric(a_service(agency), flow="")
    other = a_metric(a_service(agency), name="Old metric").question.service
    Question.objects.create(service=other, text="Do people find us?")
    client = sign_in(a_person(Role.CX_LEAD, agency))
    file = client.get(at("plan-json", metric.question.service.code)).content

    sent = client.post(at("import-plan", other.code), {"file": BytesIO(file)})

    assert sent.status_code == 302
    stop, find = other.telemetry_questions.order_by("pk")
    assert [each.name for each in stop.metrics.all()] == ["Share who finish"]
    assert find.text == "Do people find us?"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.4", "The file is no measurement plan"),
        (b'{"questions": [{"question": "Why?", "colour": "red"}]}', "colour"),
        (b'{"questions": [{"question": "", "insight": ""}]}', "questions[0].question: "),
        (b'{"questions": [{"question": "W", "metrics": [{"metric": "x", "kind": "y"}]}]}', "kind"),
        (b"[" * 100_000, "no measurement plan"),
        (b" " * 1_048_577, "larger than 1 MB"),
        (b"", "empty"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(sign_in: SignIn, content: bytes, words: str) -> None:
    service = a_service()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))

    sent = client.post(at("import-plan", service.code), {"file": BytesIO(content)})

    assert sent.status_code == 422
    assert words in text_of(sent)
    assert not Question.objects.exists()


def test_a_flow_is_registered_changed_and_replaced(sign_in: SignIn) -> None:
    service = a_service()
    client = sign_in(a_person(Role.PROGRAM_MANAGER, service.owner))
    code, today = service.code, timezone.localdate()
    long_ago, lately = str(today - timedelta(days=400)), str(today - timedelta(days=100))
    form = {"name": "Apply", "key": "apply", "launched_on": long_ago, "steps": "pay: Payment\nend"}

    client.post(at("new-flow", code), form)
    client.post(at("new-flow", code), {**form, "key": "apply-2", "launched_on": lately})
    old, new = Flow.objects.order_by("launched_on")
    assert old.steps == [["pay", "Payment"], ["end", "end"]]
    assert "was launched and no event of it has arrived" in text_of(
        client.get(at("flow", code, old.pk))
    )
    client.post(
        at("change-flow", code, old.pk),
        {"state": "deprecated", "on": str(today), "note": "", "successor": str(new.pk)},
    )

    page = text_of(client.get(at("flow", code, old.pk)))
    assert "“Apply” was replaced by “Apply”" in page
    assert "Drops are expected and raise no alarm." in page
    assert "Its line begins with" in text_of(client.get(at("flow", code, new.pk)))
    assert FlowChange.objects.get().state == "deprecated"


def test_a_change_before_the_launch_is_refused_beside_the_day(sign_in: SignIn) -> None:
    flow = a_flow()
    client = sign_in(a_person(Role.CX_LEAD, flow.service.owner))

    response = client.post(
        at("change-flow", flow.service.code, flow.pk),
        {"state": "optimised", "on": "2022-02-28", "note": "fewer fields"},
    )

    assert response.status_code == 422
    assert "A flow changes after its launch." in text_of(response)
    assert 'value="fewer fields"' in text_of(response)


@pytest.mark.proves("280.7-b2")
def test_the_scorecard_shows_fourteen_practices_in_words(sign_in: SignIn) -> None:
    metric = a_metric()
    service = metric.question.service
    client = sign_in(a_person(Role.ANALYST, service.owner))

    page = text_of(client.get(at("practices", service.code)))

    assert page.count("<tr>") == 15
    assert "2 of 12 practices of good telemetry hold" in page
    assert "No site of this service is enabled." in page


def test_an_analyst_reads_and_changes_nothing(sign_in: SignIn) -> None:
    flow = a_flow()
    service = flow.service
    client = sign_in(a_person(Role.ANALYST, service.owner))

    for name in ("plan", "sites", "flows", "practices"):
        assert client.get(at(name, service.code)).status_code == 200
    assert "Add a question" not in text_of(client.get(at("plan", service.code)))
    assert client.post(at("new-site", service.code), {"name": "x"}).status_code == 403
    assert client.post(at("change-flow", service.code, flow.pk)).status_code == 403


def test_a_manager_changes_what_lies_below_and_not_what_lies_beside(sign_in: SignIn) -> None:
    agency = an_agency()
    mine = a_unit(agency)
    below, beside = a_service(a_unit(mine)), a_service(a_unit(agency))
    client = sign_in(a_person(Role.PROGRAM_MANAGER, mine))

    assert client.get(at("new-site", below.code)).status_code == 200
    assert client.get(at("plan", beside.code)).status_code == 404
    assert client.get(at("new-site", beside.code)).status_code == 404


def test_one_service_s_site_is_not_reached_through_another(sign_in: SignIn) -> None:
    agency = an_agency()
    site, other = a_site(a_service(agency)), a_service(agency)
    client = sign_in(a_person(Role.CX_LEAD, agency))

    assert client.post(at("disable-site", other.code, site.pk)).status_code == 404
    assert client.get(at("site", other.code, site.pk)).status_code == 404


def test_the_list_shows_digital_services_and_the_service_page_leads_there(
    sign_in: SignIn,
) -> None:
    agency = an_agency()
    digital, on_paper = a_service(agency), a_service(agency)
    on_paper.channels.filter(channel="website").update(until=date(2020, 1, 1))
    a_site(digital, enabled=True)
    a_site(digital)
    client = sign_in(a_person(Role.ANALYST, agency))

    page = text_of(client.get(at("list")))
    service_page = text_of(client.get(reverse("services:service", args=[digital.code])))

    assert "1 of 1 digital services tells us what people do" in page
    assert digital.name in page
    assert on_paper.name not in page
    assert at("plan", digital.code) in service_page
    assert "Websites" in service_page
