"""The pages on which a quarter is written: who may open them, what they say, what they keep."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cx280.accounts.rules import Role
from cx280.reporting.actions import return_to_agency
from tests.builders import a_person, a_unit
from tests.reporting.pages import SignIn, a_written_scene, address, text_of
from tests.reporting.quarters import QUARTER, a_scene, answered, sent

pytestmark = pytest.mark.django_db


def test_the_quarter_page_lists_each_service_with_what_is_left(sign_in: SignIn) -> None:
    scene = a_scene()
    scene.package()

    page = text_of(sign_in(scene.lead), reverse("reporting:quarter"))

    assert "Is FY2022 Q2 ready to sign?" in page
    assert "Nothing is ready yet." in page
    assert "Friday, April 29, 2022 (the date OMB printed, as the rule gives)" in page
    assert scene.service.name in page
    assert "to fix" in page


@pytest.mark.proves("INC-01")
def test_a_page_shows_the_printed_date_beside_what_the_rule_gives(sign_in: SignIn) -> None:
    scene = a_scene()
    package = scene.package(QUARTER.previous)

    page = text_of(sign_in(scene.lead), address("package", package))

    assert "Friday, January 28, 2022 (the date OMB printed; the rule gives January 31)" in page


@pytest.mark.proves("INC-39")
def test_a_target_quarter_is_shown_with_both_its_dates(sign_in: SignIn) -> None:
    scene = a_scene()
    scene.hisp.target_quarter = "FY2023 Q1"
    scene.hisp.save()
    scene.package()

    page = text_of(sign_in(scene.lead), reverse("reporting:quarter"))

    assert "Tuesday, January 31, 2023" in page
    assert "Saturday, December 31, 2022" in page


def test_an_empty_quarter_says_what_will_appear(sign_in: SignIn) -> None:
    page = text_of(sign_in(a_person(Role.CX_LEAD)), reverse("reporting:quarter"))

    assert "There is nothing to report" in page
    assert "the day after the quarter ends" in page


@pytest.mark.parametrize("name", ["package", "figures", "words", "numbers", "drivers", "versions"])
def test_every_part_opens_for_those_of_the_agency_and_nobody_else(
    sign_in: SignIn, name: str
) -> None:
    scene, package = a_written_scene()
    other = a_scene("Trail pass")
    sibling = a_person(Role.PROGRAM_MANAGER, a_unit(scene.agency, "bureau"))

    for person in (scene.manager, scene.lead, scene.official):
        assert sign_in(person).get(address(name, package)).status_code == 200
    for person in (other.lead, other.official, sibling):
        assert sign_in(person).get(address(name, package)).status_code == 404
    assert sign_in(scene.reviewer).get(address(name, package)).status_code == 404


def test_the_package_page_shows_what_is_done_and_how_to_fix_the_rest(sign_in: SignIn) -> None:
    scene = a_scene()

    page = text_of(sign_in(scene.manager), address("package", scene.package()))

    assert "Nobody&#x27;s trust was measured this quarter." in page
    assert "The numbers fit together" in page
    assert "280.10-h1" in page
    assert address("words", scene.package()) in page


def test_a_reason_is_kept_and_shown(sign_in: SignIn) -> None:
    scene, package = a_written_scene()
    client = sign_in(scene.manager)

    client.post(
        address("explain", package),
        {"finding": "280.16-a4@deadline", "text": "The contractor was late."},
    )

    assert "The contractor was late." in text_of(client, address("package", package))


def test_a_reason_stands_as_it_was_signed(sign_in: SignIn) -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)
    reason = {"finding": "280.16-a4@deadline", "text": "Another story altogether."}

    refused = sign_in(scene.manager).post(address("explain", package), reason)
    return_to_agency(package, comment="Explain the wait.", by=scene.reviewer)
    kept = sign_in(scene.manager).post(address("explain", package), reason)

    assert (refused.status_code, kept.status_code) == (409, 302)
    assert "Another story" not in text_of(sign_in(scene.reviewer), address("review", package))


def test_only_a_standing_warning_can_be_explained(sign_in: SignIn) -> None:
    scene, package = a_written_scene()

    response = sign_in(scene.manager).post(
        address("explain", package), {"finding": "280.10-h1@trust", "text": "Never mind it."}
    )

    assert response.status_code == 404


def test_words_are_saved_even_when_too_long_and_the_page_says_so(sign_in: SignIn) -> None:
    scene, package = a_written_scene()
    client = sign_in(scene.manager)

    client.post(
        address("words", package), {"accomplishments": "x" * 5100, "reflection": "We learned."}
    )

    package.refresh_from_db()
    assert len(package.accomplishments) == 5100
    assert "Shorten the text by 100 characters." in text_of(client, address("package", package))


@pytest.mark.proves("280.10-r1")
def test_an_indicators_value_is_a_number_and_words_are_refused_beside_the_field(
    sign_in: SignIn,
) -> None:
    scene, package = a_written_scene()
    typed = {
        "customers_served": "5000",
        "indicators": "3",
        "indicator-0-name": "Average wait",
        "indicator-0-unit": "minutes",
        "indicator-0-direction": "down",
        "indicator-0-value": "about four",
    }

    response = sign_in(scene.manager).post(address("numbers", package), typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Write a number, without words." in page
    assert 'value="about four"' in page


def test_numbers_are_saved_removed_and_added(sign_in: SignIn) -> None:
    scene, package = a_written_scene()
    typed = {
        "customers_served": "6000",
        f"offered-{scene.survey.code}": "410",
        "indicators": "3",
        "indicator-0-name": "Average wait",
        "indicator-0-unit": "minutes",
        "indicator-0-direction": "down",
        "indicator-0-remove": "on",
        "indicator-1-name": "Answered in a day",
        "indicator-1-unit": "percent",
        "indicator-1-direction": "up",
        "indicator-1-value": "81.5",
        "indicator-1-target": "80",
        "indicator-2-direction": "up",
    }

    response = sign_in(scene.manager).post(address("numbers", package), typed)

    package.refresh_from_db()
    assert response.status_code == 302
    assert package.customers_served == 6000
    assert package.survey_volumes == {scene.survey.code: {"customers": None, "offered": 410}}
    assert list(package.indicators.values_list("name", "value", "target")) == [
        ("Answered in a day", 81.5, 80.0)
    ]


@pytest.mark.proves("INC-21")
def test_a_manager_gives_a_reason_and_the_lead_agrees(sign_in: SignIn) -> None:
    scene, package = a_written_scene()
    package.not_applicable = {"ease": {"reason": "One click.", "approver": ""}}
    package.save()

    sign_in(scene.manager).post(
        address("drivers", package), {"ease-reason": "One click.", "ease-agreed": "on"}
    )
    package.refresh_from_db()
    assert package.not_applicable["ease"]["approver"] == ""
    sign_in(scene.lead).post(
        address("drivers", package), {"ease-reason": "One click.", "ease-agreed": "on"}
    )
    package.refresh_from_db()

    assert package.not_applicable["ease"]["approver"] == scene.lead.name
