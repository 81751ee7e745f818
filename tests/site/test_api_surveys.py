"""/api/v1/surveys: drafts are read and written by revision, documents checked, versions read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.surveys.commands import check_survey
from cx280.surveys.models import Survey
from tests.builders import a_document, a_person, a_service, a_survey, a_version
from tests.site.calls import PROBLEM, Program

pytestmark = pytest.mark.django_db


LONG_EDITION = json.dumps({**a_document(), "edition": "F" * 300})


def a_writer(survey: Survey) -> Program:
    return Program(a_person(Role.PROGRAM_MANAGER, survey.service.owner))


def longer(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "title": "A better title"}


def test_the_list_says_how_long_each_survey_is() -> None:
    survey = a_survey()
    a_survey()

    (line,) = a_writer(survey).read("/surveys")["items"]

    assert (line["code"], line["service"]) == (survey.code, survey.service.code)
    assert (line["state"], line["revision"]) == ("draft", 1)
    assert line["questions"] == 8
    assert line["minutes"] > 0


def test_a_draft_is_read_changed_and_saved() -> None:
    survey = a_survey()
    writer = a_writer(survey)
    read = writer.read(f"/surveys/{survey.code}/document")

    saved = writer.send(
        f"/surveys/{survey.code}/document",
        {"revision": read["revision"], "document": longer(read["document"])},
        "PUT",
    )

    assert saved.status_code == 200
    assert (saved.json()["revision"], saved.json()["survey"]) == (2, survey.code)  # type: ignore[attr-defined]
    survey.refresh_from_db()
    assert survey.draft["title"] == "A better title"
    assert AuditEntry.objects.get(action="save_survey_draft").actor.startswith("person")


def test_an_older_revision_changes_nothing_and_tells_what_stands() -> None:
    survey = a_survey()
    writer = a_writer(survey)
    address = f"/surveys/{survey.code}/document"
    writer.send(address, {"revision": 1, "document": longer(survey.draft)}, "PUT")

    late = writer.send(address, {"revision": 1, "document": survey.draft}, "PUT")

    assert (late.status_code, late.headers["Content-Type"]) == (409, PROBLEM)
    told = json.loads(late.content)
    assert (told["stands"]["revision"], told["status"]) == (2, 409)
    assert told["stands"]["document"]["title"] == "A better title"
    assert "revision" in told["fix"]
    assert writer.read(address) == told["stands"]


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ({"revision": 1, "document": {"title": "x"}}, "questions"),
        ({"revision": 1, "document": {"title": "x", "questions": [], "colour": 1}}, "colour"),
        ({"revision": 1, "document": {"title": "a\x00b", "questions": []}}, "NUL"),
        (
            {"revision": 1, "document": {"title": "x", "questions": [], "edition": "FY1066"}},
            "FY1066",
        ),
        ({"revision": -1, "document": {}}, "revision"),
        ({"document": {}}, "revision"),
        ({"revision": 1, "document": {}, "force": True}, "force"),
        ('{"revision": 1, "document": {"title": "\\ud800"}}', "not JSON"),
        ('{"revision": NaN}', "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_survey_document_is_refused_by_name(body: object, part: str) -> None:
    survey = a_survey()

    answer = a_writer(survey).send(f"/surveys/{survey.code}/document", body, "PUT")

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, PROBLEM)
    told = json.loads(answer.content)
    assert part in f"{told['title']} {told.get('field', '')}"
    survey.refresh_from_db()
    assert survey.draft_revision == 1


def test_a_body_too_large_is_refused() -> None:
    survey = a_survey()

    answer = a_writer(survey).send(f"/surveys/{survey.code}/document", " " * 5_300_000, "PUT")

    assert (answer.status_code, answer.headers["Content-Type"]) == (413, PROBLEM)


def test_a_reader_reads_and_does_not_write() -> None:
    survey = a_survey()
    reader = Program(a_person(Role.ANALYST, survey.service.owner))

    assert reader.read(f"/surveys/{survey.code}/document")["revision"] == 1
    refused = reader.send(
        f"/surveys/{survey.code}/document", {"revision": 1, "document": {}}, "PUT"
    )
    assert refused.status_code == 403


def test_the_survey_of_another_agency_is_not_found() -> None:
    survey = a_survey()
    stranger = Program(a_person(Role.CX_LEAD))

    for part in ("document", "versions"):
        assert stranger.refused(f"/surveys/{survey.code}/{part}") == (404, PROBLEM)
    sent = stranger.send(
        f"/surveys/{survey.code}/document", {"revision": 1, "document": survey.draft}, "PUT"
    )
    assert sent.status_code == 404


@pytest.mark.parametrize(
    ("fields", "channel"),
    [({}, ""), ({"pages": 2}, ""), ({"questions": []}, "website"), ({"self_service": True}, "")],
)
def test_a_document_is_checked_as_the_command_checks_it(
    fields: dict[str, Any], channel: str, tmp_path: Path
) -> None:
    document = a_document(**fields)
    file = tmp_path / "survey.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    program = Program(a_person(Role.ANALYST, a_service().owner))

    answer = program.send(f"/surveys/check?channel={channel}", document)
    printed = CliRunner().invoke(check_survey, [str(file), "--json", "--channel", channel])

    assert json.loads(answer.content) == json.loads(printed.output)


def test_too_many_questions_are_found_with_rule_and_fix() -> None:
    more = [
        {"id": f"q{n}", "construct": "additional", "text": f"Question {n}?", "response": "yesno",
         "purpose": "To know."}
        for n in range(16)
    ]  # fmt: skip
    program = Program(a_person(Role.ANALYST))

    answer = program.send("/surveys/check", a_document(questions=more))

    told = json.loads(answer.content)
    assert told["ok"] is False
    finding = next(each for each in told["findings"] if each["rule"] == "280.10-g2")
    assert (finding["severity"], bool(finding["fix"])) == ("error", True)


def test_what_omb_agreed_to_counts_in_a_check() -> None:
    document = a_document()
    document["questions"][0]["response"] = "stars5"
    program = Program(a_person(Role.ANALYST))

    alone = json.loads(program.send("/surveys/check", document).content)
    agreed = json.loads(program.send("/surveys/check?discussed=trust_icons", document).content)
    unknown = program.send("/surveys/check?discussed=everything", document)

    assert "280.10-c5" in {each["rule"] for each in alone["findings"]}
    assert "280.10-c5" not in {each["rule"] for each in agreed["findings"]}
    assert (unknown.status_code, unknown.headers["Content-Type"]) == (422, PROBLEM)


@pytest.mark.parametrize(
    "body", ['"text"', "[]", "null", "{}", '{"edition": "FY1066"}', LONG_EDITION]
)
def test_what_cannot_be_checked_is_refused(body: str) -> None:
    answer = Program(a_person(Role.ANALYST)).send("/surveys/check", body)

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, PROBLEM)


def test_versions_tell_what_people_were_asked_and_when() -> None:
    version = a_version()

    (told,) = a_writer(version.survey).read(f"/surveys/{version.survey.code}/versions")["items"]

    assert (told["number"], told["digest"], told["closed_at"]) == (1, version.digest, None)
    assert told["document"] == version.document
