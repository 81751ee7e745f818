"""/api/v1/quarters: an agency reads its packages as they stand, OMB as they were sent."""

from __future__ import annotations

import json

import pytest

from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.reporting.actions import return_to_agency, save_narrative
from cx280.reporting.rules.content import as_json, read_content
from tests.builders import a_person
from tests.reporting.quarters import Scene, a_scene, answered, released, sent, signed, written
from tests.site.calls import PROBLEM, Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    scene = a_scene()
    answered(scene)
    return scene


def test_the_agency_reads_its_draft(scene: Scene) -> None:
    package = written(scene)
    manager = Program(scene.manager)

    listed = manager.read("/quarters?quarter=FY2022-Q2")
    whole = manager.read(f"/quarters/{package.pk}")

    (line,) = listed["items"]
    assert (line["id"], line["state"], line["submitted_on"]) == (package.pk, "draft", None)
    assert (line["quarter"], line["due"]) == ("FY2022 Q2", "2022-04-29")
    assert whole["content"]["accomplishments"] == "We opened online renewal."
    assert as_json(read_content(whole["content"])) == whole["content"]
    assert manager.read("/quarters?quarter=FY2021-Q1")["items"] == []


def test_omb_finds_nothing_before_it_was_sent(scene: Scene) -> None:
    package = written(scene)
    reviewer = Program(scene.reviewer)

    assert reviewer.read("/quarters")["items"] == []
    assert reviewer.refused(f"/quarters/{package.pk}") == (404, PROBLEM)


def test_omb_reads_what_was_sent_and_not_what_is_written_since(scene: Scene) -> None:
    package = sent(scene)
    return_to_agency(package, comment="Say more about the waits.", by=scene.reviewer)
    package.refresh_from_db()
    save_narrative(package, accomplishments="Not sent yet.", reflection="", by=scene.manager)
    reviewer, manager = Program(scene.reviewer), Program(scene.manager)

    seen = reviewer.read(f"/quarters/{package.pk}")

    assert seen["state"] == "returned"
    assert seen["content"]["accomplishments"] == "We opened online renewal."
    own = manager.read(f"/quarters/{package.pk}")
    assert own["content"]["accomplishments"] == "Not sent yet."


def test_omb_never_learns_that_a_sent_quarter_is_open_again(scene: Scene) -> None:
    package = sent(scene)
    return_to_agency(package, comment="Say more about the waits.", by=scene.reviewer)
    type(package).objects.filter(pk=package.pk).update(state="draft")

    assert Program(scene.reviewer).read("/quarters")["items"][0]["state"] == "returned"
    assert Program(scene.manager).read("/quarters")["items"][0]["state"] == "draft"


def test_another_agency_finds_nothing(scene: Scene) -> None:
    package = sent(scene)
    stranger = Program(a_person(Role.CX_LEAD))

    assert stranger.read("/quarters")["count"] == 0
    assert stranger.refused(f"/quarters/{package.pk}") == (404, PROBLEM)
    assert stranger.refused("/quarters/987654321") == (404, PROBLEM)


@pytest.mark.parametrize("pk", ["0", "-1", "99999999999999999999", "abc", "%00"])
def test_what_is_no_number_is_refused(scene: Scene, pk: str) -> None:
    assert Program(scene.manager).refused(f"/quarters/{pk}") == (422, PROBLEM)


def test_the_lead_s_program_sends_a_signed_quarter_once(scene: Scene) -> None:
    package = signed(scene)
    lead = Program(scene.lead)

    answer = lead.send(f"/quarters/{package.pk}/submit", "")
    again = lead.send(f"/quarters/{package.pk}/submit", "")

    told = json.loads(answer.content)
    assert (answer.status_code, told["state"]) == (200, "submitted"), told
    assert told["submitted_on"]
    assert (again.status_code, again.headers["Content-Type"]) == (409, PROBLEM)
    entry = AuditEntry.objects.get(action="submit_quarter")
    assert entry.actor == scene.lead.email
    assert Program(scene.reviewer).read("/quarters")["count"] == 1


def test_a_quarter_that_is_not_signed_is_not_sent(scene: Scene) -> None:
    package = written(scene)

    answer = Program(scene.lead).send(f"/quarters/{package.pk}/submit", "")

    assert (answer.status_code, answer.headers["Content-Type"]) == (409, PROBLEM)
    assert "cannot be sent to OMB" in json.loads(answer.content)["title"]
    package.refresh_from_db()
    assert (package.state, package.submitted_at) == ("draft", None)


def test_only_the_lead_sends_and_another_agency_finds_nothing(scene: Scene) -> None:
    address = f"/quarters/{signed(scene).pk}/submit"

    assert Program(scene.manager).send(address, "").status_code == 403
    assert Program(scene.official).send(address, "").status_code == 403
    assert Program(scene.reviewer).send(address, "").status_code == 403
    assert Program(a_person(Role.CX_LEAD)).send(address, "").status_code == 404


def test_omb_s_program_returns_with_words_and_accepts(scene: Scene) -> None:
    package = sent(scene)
    reviewer, address = Program(scene.reviewer), f"/quarters/{package.pk}"

    silent = reviewer.send(f"{address}/return", {"comment": "No."})
    returned = reviewer.send(f"{address}/return", {"comment": "Say more about the waits."})
    late = reviewer.send(f"{address}/accept", {})

    assert silent.status_code == 422
    assert (returned.status_code, json.loads(returned.content)["state"]) == (200, "returned")
    assert late.status_code == 409
    assert Program(scene.lead).send(f"{address}/accept", {}).status_code == 403


def test_an_accepted_quarter_says_so_to_omb(scene: Scene) -> None:
    package = sent(scene)

    answer = Program(scene.reviewer).send(f"/quarters/{package.pk}/accept", {"comment": "Clear."})

    assert (answer.status_code, json.loads(answer.content)["state"]) == (200, "accepted")
    assert AuditEntry.objects.filter(action="review_quarter_accepted").count() == 1


def test_a_published_quarter_is_neither_sent_nor_returned(scene: Scene) -> None:
    released(scene)
    package = scene.package()
    reviewer = Program(scene.reviewer)

    body = {"comment": "Say more about the waits."}
    assert reviewer.send(f"/quarters/{package.pk}/return", body).status_code == 409
    assert Program(scene.lead).send(f"/quarters/{package.pk}/submit", "").status_code == 409
