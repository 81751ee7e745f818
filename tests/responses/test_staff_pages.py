"""Staff see what came in for their units, end the quarantine, and move files in and out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.audit.models import AuditEntry
from cx280.pages import written
from cx280.responses.models import Comment, Response, UnitAlias
from cx280.responses.pictures import answers_by_day
from cx280.surveys.models import SurveyVersion
from tests.builders import a_person, a_response, a_unit, some_words
from tests.responses.visits import an_open_survey, send

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def owner(version: SurveyVersion) -> Organization:
    return version.survey.service.owner


def a_manager(version: SurveyVersion) -> Person:
    return a_person(Role.PROGRAM_MANAGER, owner(version))


def words_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.mark.proves("280.10-q1")
def test_the_page_says_what_share_is_coded_and_what_waits(sign_in: SignIn) -> None:
    version = an_open_survey()
    office = a_unit(owner(version))
    for _ in range(3):
        a_response(version, unit=office)
    a_response(version, unknown_unit="nowhere")
    a_response(version, unit=office, suspected="sent faster than anybody reads")

    page = words_of(sign_in(a_manager(version)), f"/responses/{version.survey.code}/")

    assert written.percent(0.75) in page
    assert "3 of 4" in page
    assert "1 answer names an office" in page
    assert "Sent faster than anybody reads" in page


def test_the_list_shows_each_survey_that_was_open(sign_in: SignIn) -> None:
    version = an_open_survey()
    a_response(version)
    an_open_survey()

    page = words_of(sign_in(a_manager(version)), "/responses/")

    assert page.count("/responses/survey-") == 1
    assert version.survey.title in page


def test_another_agencys_survey_is_not_there(sign_in: SignIn) -> None:
    version, other = an_open_survey(), an_open_survey()
    client = sign_in(a_manager(other))

    for tail in ("", "export/", "quarantine/", "import/", "import/map/"):
        assert client.get(f"/responses/{version.survey.code}/{tail}").status_code == 404


@pytest.mark.parametrize("role", [Role.OMB_REVIEWER, Role.ADMINISTRATOR])
def test_omb_and_administrators_never_see_responses(sign_in: SignIn, role: Role) -> None:
    version = an_open_survey()
    client = sign_in(a_person(role))

    assert client.get("/responses/").status_code == 403
    assert client.get(f"/responses/{version.survey.code}/export/").status_code == 403


def test_an_analyst_looks_and_takes_nothing_out(sign_in: SignIn) -> None:
    version = an_open_survey()
    client = sign_in(a_person(Role.ANALYST, owner(version)))

    page = words_of(client, f"/responses/{version.survey.code}/")

    assert "/export/" not in page
    assert client.get(f"/responses/{version.survey.code}/export/").status_code == 403


def test_a_manager_of_one_office_sees_and_exports_that_office_alone(sign_in: SignIn) -> None:
    version = an_open_survey()
    mine, theirs = a_unit(owner(version), name="North"), a_unit(owner(version), name="South")
    a_response(version, unit=mine, external_id="mine")
    a_response(version, unit=theirs, external_id="theirs")
    a_response(version, external_id="nobodys")
    client = sign_in(a_person(Role.PROGRAM_MANAGER, mine))

    page = words_of(client, f"/responses/{version.survey.code}/")
    file = client.get(f"/responses/{version.survey.code}/export/").getvalue().decode()

    assert "You see the answers about North." in page
    assert "mine" in file
    assert "theirs" not in file
    assert "nobodys" not in file
    assert client.get(f"/responses/{version.survey.code}/quarantine/").status_code == 403


def test_saying_which_unit_a_code_means_places_every_answer(
    sign_in: SignIn, client: Client
) -> None:
    version = an_open_survey()
    office = a_unit(owner(version), time_zone="Pacific/Guam")
    for _ in range(2):
        a_response(version, unknown_unit="OLD-7")
    words = some_words(Response.objects.filter(unknown_unit="OLD-7")[0])
    a_response(version, unknown_unit="OLD-8")
    address = f"/responses/{version.survey.code}/quarantine/"
    staff = sign_in(a_manager(version))

    done = staff.post(address, {"code": "OLD-7", "unit": office.pk, "remember": "on"}, follow=True)

    assert f"2 answers are now with {office.name}." in done.content.decode()
    assert Response.objects.filter(unit=office, unknown_unit="").count() == 2
    assert Response.objects.filter(unknown_unit="OLD-8").count() == 1
    assert UnitAlias.objects.get().unit == office
    assert AuditEntry.objects.get(action="place_unit").detail["responses"] == 2
    words.refresh_from_db()
    assert (words.unit, words.day) == (office, words.response.day)


def test_a_placed_code_is_not_remembered_unless_asked(sign_in: SignIn) -> None:
    version = an_open_survey()
    office = a_unit(owner(version))
    a_response(version, unknown_unit="typo")

    sign_in(a_manager(version)).post(
        f"/responses/{version.survey.code}/quarantine/", {"code": "typo", "unit": office.pk}
    )

    assert UnitAlias.objects.count() == 0
    assert Response.objects.get().unit == office


def test_a_unit_of_another_agency_cannot_be_chosen(sign_in: SignIn) -> None:
    version, other = an_open_survey(), an_open_survey()
    a_response(version, unknown_unit="OLD-7")

    refused = sign_in(a_manager(version)).post(
        f"/responses/{version.survey.code}/quarantine/",
        {"code": "OLD-7", "unit": owner(other).pk},
    )

    assert refused.status_code == 422
    assert "Choose an office listed." in refused.content.decode()
    assert Response.objects.get().unknown_unit == "OLD-7"


def test_answers_set_apart_count_after_somebody_looked(sign_in: SignIn) -> None:
    version = an_open_survey()
    some_words(a_response(version, suspected="many at once from one address"))

    done = sign_in(a_manager(version)).post(
        f"/responses/{version.survey.code}/release/",
        {"because": "many at once from one address"},
        follow=True,
    )

    assert "1 answer counts from now on." in done.content.decode()
    assert Response.objects.get().suspected == ""
    assert AuditEntry.objects.filter(action="count_after_all").exists()
    assert Comment.objects.get().counted


def test_a_formula_in_a_comment_leaves_as_text(sign_in: SignIn) -> None:
    version = an_open_survey()
    some_words(a_response(version), "=HYPERLINK(evil)")

    client = sign_in(a_manager(version))
    file = client.get(f"/responses/{version.survey.code}/export/").getvalue().decode()

    assert "'=HYPERLINK(evil)" in file


def test_the_17_columns_leave_without_a_byte_order_mark(sign_in: SignIn) -> None:
    version = an_open_survey()
    a_response(version)

    client = sign_in(a_manager(version))
    address = f"/responses/{version.survey.code}/export/?format=touchpoints17"
    file = client.get(address).getvalue()

    assert file.startswith(b"external_id,question_1,")


def a_file(text: str, name: str = "old.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


MAP = json.dumps({"external_id": "id", "day": "day", "answers": {"trust": "q1"}})


def test_a_file_is_taken_in_and_accounted_for(sign_in: SignIn) -> None:
    version = an_open_survey()
    file = a_file("\ufeffid,day,q1\n1,2021-10-05,5\n2,2021-10-05,9\n1,2021-10-05,5\n")

    done = sign_in(a_manager(version)).post(
        f"/responses/{version.survey.code}/import/",
        {"file": file, "map": a_file(MAP, "map.json")},
    )

    page = done.content.decode()
    assert "1 of 3 lines are in" in page
    assert "1 × trust: not one of its answers" in page
    assert AuditEntry.objects.get(action="import_responses").detail["accepted"] == 1


@pytest.mark.parametrize(
    ("file", "plan", "words"),
    [
        ("id,day\n", MAP, "no column q1"),
        ("id,id\n", MAP, "names each column once"),
        ("id,day,q1\n", "{", "The map map.json cannot be read"),
        ("", MAP, "submitted file is empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    sign_in: SignIn, file: str, plan: str, words: str
) -> None:
    version = an_open_survey()

    refused = sign_in(a_manager(version)).post(
        f"/responses/{version.survey.code}/import/",
        {"file": a_file(file), "map": a_file(plan, "map.json")},
    )

    assert refused.status_code == 422
    assert words in refused.content.decode()


def test_the_map_to_fill_in_names_every_question_and_code(sign_in: SignIn) -> None:
    version = an_open_survey()

    plan = sign_in(a_manager(version)).get(f"/responses/{version.survey.code}/import/map/").json()

    assert set(plan["answers"]) == {
        each["id"] for each in version.document["questions"] if each["id"] != "comment"
    }
    assert plan["answers"]["trust"]["codes"]["what the file says for 5"] == 5


def test_an_answer_is_on_the_managers_page_at_once(sign_in: SignIn, client: Client) -> None:
    version = an_open_survey()
    address = f"/responses/{version.survey.code}/"
    staff = sign_in(a_manager(version))
    assert "Nobody has answered yet" in words_of(staff, address)

    send(Client(), version, trust="5")

    assert "1 person so far" in words_of(staff, address)


def test_a_day_that_is_not_over_is_told_in_words_and_not_drawn_as_a_fall() -> None:
    today = date(2022, 3, 31)
    by_day = [(date(2022, 3, 29), 40), (date(2022, 3, 30), 41), (today, 2)]

    chart = answers_by_day(by_day, date(2022, 3, 29), today)

    assert [row[0] for row in chart.table.rows] == ["Mar 29", "Mar 30"]
    assert chart.note == "2 so far today, which is not over and not drawn."
    assert chart.title == "83 people answered in the last 3 days"
