"""/api/v1/services/{code}/sites, /plan, /flows: as the pages, with the same rules and refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse

from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.telemetry.models import Flow, Metric, Question, Site
from tests.builders import a_person, a_service, a_unit, an_agency
from tests.site.calls import PROBLEM, Program
from tests.telemetry.builders import a_flow, a_metric, a_site

pytestmark = pytest.mark.django_db
TERMS = {"tier": 1, "purpose": "To see who stops.", "retention_days": 90}
METRIC = {"metric": "Views", "kind": "page_view", "planned_action": "Rewrite.", "threshold": 5.5}


def a_writer(service: Any) -> Program:  # noqa: ANN401
    return Program(a_person(Role.PROGRAM_MANAGER, service.owner))


def told(answer: HttpResponse, status: int = 200) -> Any:  # noqa: ANN401
    """What the answer says, when it is of that status."""
    assert answer.status_code == status, answer.content
    assert status < 400 or answer.headers["Content-Type"] == PROBLEM
    return json.loads(answer.content)


def test_a_site_is_added_settled_and_enabled() -> None:
    service = a_service()
    writer, path = a_writer(service), f"/services/{service.code}/sites"

    made = told(writer.send(path, {"name": "www.example.gov", "origins": ["https://A.gov/x"]}), 201)
    refused = told(writer.send(f"{path}/{made['pk']}/enable", {}), 409)
    body = {"name": "www.example.gov", "queries": ["page"], **TERMS}
    told(writer.send(f"{path}/{made['pk']}", body, "PUT"))
    enabled = told(writer.send(f"{path}/{made['pk']}/enable", {}))

    assert made["origins"] == ["https://a.gov"]
    assert [each["where"] for each in made["missing"]] == ["tier", "purpose", "retention_days"]
    assert (refused["rule"], refused["field"]) == ("280.7-b1", "tier")
    assert (enabled["enabled"], enabled["missing"]) == (True, [])
    assert f'data-site="{made["key"]}" data-queries="page" defer' in enabled["script"]
    assert writer.read(path)["items"] == [enabled]
    lost = told(writer.send(f"{path}/{made['pk']}", {"name": "x", "tier": 1}, "PUT"), 409)
    assert lost["field"] == "purpose"
    assert told(writer.send(f"{path}/{made['pk']}/disable", {}))["enabled"] is False
    assert AuditEntry.objects.filter(action="enable_site").count() == 1


@pytest.mark.parametrize(
    ("body", "field", "rule"),
    [
        ({"name": "x", "names": ["Not a name"]}, "names", "280.7-b1"),
        ({"name": "x", "origins": ["www.example.gov"]}, "origins", "280.7-b1"),
        ({"name": ""}, "name", "280.7-b1"),
        ({"name": "x", "tier": 4}, "tier", "280.7-b1"),
        ({"name": "x", "retention_days": 0}, "retention_days", "280.7-b1"),
        ({"name": "x", "colour": "red"}, "body.body.colour", None),
    ],
)
def test_what_a_site_cannot_be_is_refused_by_field_and_rule(
    body: object, field: str, rule: str | None
) -> None:
    service = a_service()

    refused = told(a_writer(service).send(f"/services/{service.code}/sites", body), 422)

    assert (refused["field"], refused.get("rule")) == (field, rule)
    assert not Site.objects.exists()


def test_a_plan_goes_out_and_comes_back_the_same() -> None:
    metric = a_metric()
    service = metric.question.service
    a_flow(service)
    writer, path = a_writer(service), f"/services/{metric.question.service.code}/plan"
    read = writer.read(path)
    entries = AuditEntry.objects.count()

    again = told(writer.send(path, {"questions": read["questions"]}, "PUT"))

    assert again == read
    assert Metric.objects.get().pk == metric.pk
    assert AuditEntry.objects.count() == entries


def test_a_whole_plan_takes_the_place_of_the_one_there_was() -> None:
    metric = a_metric()
    service = metric.question.service
    writer, path = a_writer(service), f"/services/{service.code}/plan"
    document = {"questions": [{"question": "Do people come?", "metrics": [METRIC]}]}

    saved = told(writer.send(path, document, "PUT"))

    assert [each.text for each in Question.objects.all()] == ["Do people come?"]
    assert saved["questions"][0]["metrics"][0]["threshold"] == 5.5
    # No insight is written, and no site tells what people do.
    assert [each["rule"] for each in saved["findings"]] == ["280.7-c1", "280.10-r2"]
    assert AuditEntry.objects.filter(action="remove_question").count() == 1


@pytest.mark.parametrize(
    ("metric", "field"),
    [
        ({**METRIC, "kind": "dance"}, "questions[0].metrics[0].kind"),
        ({**METRIC, "flow": "unknown"}, "questions[0].metrics[0].flow"),
        ({**METRIC, "threshold": 1e300}, "questions[0].metrics[0].threshold"),
        ({**METRIC, "kind": "other"}, "questions[0].metrics[0].event"),
        ({**METRIC, "turn": "aside"}, "questions[0].metrics[0].turn"),
    ],
)
def test_a_plan_with_a_fault_changes_nothing_and_says_where(metric: object, field: str) -> None:
    service = a_service()
    document = {"questions": [{"question": "Do people come?", "metrics": [metric]}]}

    refused = told(a_writer(service).send(f"/services/{service.code}/plan", document, "PUT"), 422)

    assert (refused["field"], refused["rule"]) == (field, "280.7-c2")
    assert not Question.objects.exists()


def test_a_question_that_stands_twice_is_refused() -> None:
    service = a_service()
    document = {"questions": [{"question": "Why?"}, {"question": " Why?"}]}

    refused = told(a_writer(service).send(f"/services/{service.code}/plan", document, "PUT"), 422)

    assert refused["field"] == "questions[1].question"


def test_a_flow_is_registered_corrected_and_replaced() -> None:
    service = a_service()
    writer, path = a_writer(service), f"/services/{service.code}/flows"
    body = {"name": "Book a walk", "launched_on": "2022-03-01", "steps": [{"name": "Your day"}]}

    old = told(writer.send(path, body), 201)
    told(writer.send(path, body), 422)
    kept = told(writer.send(f"{path}/{old['pk']}", {**body, "name": "Book"}, "PUT"))
    new = told(writer.send(path, {**body, "key": "book-2", "launched_on": "2022-05-01"}), 201)
    change = {"state": "deprecated", "on": "2022-05-02", "note": "ended", "successor": "book-2"}
    ended = told(writer.send(f"{path}/{old['pk']}/changes", change), 201)

    assert (old["key"], old["steps"]) == ("book-a-walk", [{"key": "your-day", "name": "Your day"}])
    assert (kept["key"], kept["name"]) == ("book-a-walk", "Book")
    assert (ended["state"], ended["replaced_by"]) == ("deprecated", "book-2")
    assert ended["changes"] == [{"state": "deprecated", "on": "2022-05-02", "note": "ended"}]
    assert [each["rule"] for each in new["findings"]] == ["280.7-i1"]
    assert [each["key"] for each in writer.read(path)["items"]] == ["book-2", "book-a-walk"]
    assert writer.read(f"{path}/{old['pk']}") == ended


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"state": "deprecated", "on": "2021-01-01"}, "on"),
        ({"state": "optimised", "on": "2022-05-01", "successor": "apply-2"}, "successor"),
        ({"state": "deprecated", "on": "2022-05-01", "successor": "nothing"}, "successor"),
        ({"state": "better", "on": "2022-05-01"}, "state"),
    ],
)
def test_a_change_that_cannot_be_is_refused_by_field(change: object, field: str) -> None:
    flow = a_flow()
    a_flow(flow.service, key="apply-2")
    path = f"/services/{flow.service.code}/flows/{flow.pk}/changes"

    refused = told(a_writer(flow.service).send(path, change), 422)

    assert refused["field"] == field
    assert Flow.objects.get(pk=flow.pk).state == "live"


def test_who_reads_the_pages_reads_and_does_not_write_over_the_api() -> None:
    site = a_site(cio_approver="Pat Doe")
    service = site.service
    reader = Program(a_person(Role.ANALYST, service.owner))
    path = f"/services/{service.code}"

    assert reader.read(f"{path}/sites")["items"][0]["cio_approver"] is None
    assert reader.read(f"{path}/plan")["questions"] == []
    assert reader.read(f"{path}/flows")["count"] == 0
    for method, address, body in (
        ("POST", "sites", {"name": "x"}),
        ("PUT", f"sites/{site.pk}", {"name": "x"}),
        ("POST", f"sites/{site.pk}/disable", {}),
        ("PUT", "plan", {"questions": []}),
        ("POST", "flows", {"name": "x", "launched_on": "2022-03-01"}),
    ):
        told(reader.send(f"{path}/{address}", body, method), 403)


def test_another_unit_s_telemetry_is_not_found() -> None:
    agency = an_agency()
    site = a_site(a_service(a_unit(agency)))
    stranger = Program(a_person(Role.PROGRAM_MANAGER, a_unit(agency)))
    omb = Program(a_person(Role.OMB_REVIEWER))
    path = f"/services/{site.service.code}"

    for part in ("sites", f"sites/{site.pk}", "plan", "flows"):
        assert stranger.refused(f"{path}/{part}") == (404, PROBLEM)
        assert omb.refused(f"{path}/{part}") == (403, PROBLEM)
    told(stranger.send(f"{path}/sites/{site.pk}/disable", {}), 404)
    told(stranger.send(f"{path}/plan", {"questions": []}, "PUT"), 404)


def test_a_site_is_not_reached_through_another_service() -> None:
    agency = an_agency()
    site, other = a_site(a_service(agency)), a_service(agency)
    writer = Program(a_person(Role.CX_LEAD, agency))

    assert writer.refused(f"/services/{other.code}/sites/{site.pk}") == (404, PROBLEM)
