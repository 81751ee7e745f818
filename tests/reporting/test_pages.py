"""The pages of a quarter: who may open them, what they say, what they keep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.reporting.actions import accept, ask_to_sign, return_to_agency
from cx280.reporting.models import Package, Release
from cx280.surveys.models import OmbDiscussion
from tests.builders import a_person, a_unit
from tests.reporting.quarters import (
    QUARTER,
    Scene,
    a_scene,
    answered,
    explained,
    released,
    sent,
    signed,
    written,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def address(name: str, package: Package, *more: object) -> str:
    """The address of a page of the package."""
    return reverse(f"reporting:{name}", args=[package.pk, *more])


def a_written_scene() -> tuple[Scene, Package]:
    """A scene whose quarter has answers and words."""
    scene = a_scene()
    answered(scene)
    return scene, written(scene)


def text_of(client: Client, where: str) -> str:
    """The page as text; it must be there."""
    response = client.get(where)
    assert response.status_code == 200, response.content
    return response.content.decode()


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


def test_the_official_reads_the_public_version_and_signs(sign_in: SignIn) -> None:
    scene, package = a_written_scene()
    explained(scene, package, date(2030, 1, 1))
    ask_to_sign(package, by=scene.lead)
    client = sign_in(scene.official)

    page = text_of(client, address("sign", package))
    unticked = client.post(address("sign", package), {})
    ticked = client.post(address("sign", package), {"read": "on"})

    assert "as the public will read it" in page
    assert unticked.status_code == 422
    assert "Tick the box to sign." in unticked.content.decode()
    assert ticked.status_code == 302
    package.refresh_from_db()
    assert (package.state, package.certified_by) == ("certified", scene.official)


def test_the_official_gives_it_back_with_a_reason(sign_in: SignIn) -> None:
    scene, package = a_written_scene()
    client = sign_in(scene.official)

    client.post(address("refuse", package), {"because": "The wait looks wrong to me."})

    assert "The wait looks wrong to me." in text_of(
        sign_in(scene.lead), address("package", package)
    )


def test_only_the_official_opens_the_page_to_sign(sign_in: SignIn) -> None:
    scene, package = a_written_scene()
    other = a_scene("Trail pass")

    assert sign_in(scene.lead).get(address("sign", package)).status_code == 403
    assert sign_in(other.official).get(address("sign", package)).status_code == 404


def test_the_lead_sends_a_signed_quarter(sign_in: SignIn) -> None:
    scene = a_scene()
    answered(scene)
    package = signed(scene)

    sign_in(scene.lead).post(address("submit", package))

    package.refresh_from_db()
    assert package.state == "submitted"


def test_omb_sees_who_reported_and_what_waits_and_no_draft(sign_in: SignIn) -> None:
    scene, other = a_scene(), a_scene("Trail pass")
    answered(scene)
    sent(scene)
    written(other)
    client = sign_in(scene.reviewer)

    page = text_of(client, f"{reverse('reporting:queue')}?quarter=FY2022+Q2")

    assert "1 of 2 services reported FY2022 Q2" in page
    assert "Trail pass" in page
    assert "Not sent" in page
    assert client.get(address("review", other.package())).status_code == 404
    assert client.get(address("file", other.package(), "json")).status_code == 404


def test_omb_reads_the_submission_and_accepts_it(sign_in: SignIn) -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)
    client = sign_in(scene.reviewer)

    page = text_of(client, address("review", package))
    client.post(address("review", package), {"accept": "yes", "because": ""})

    assert "complete, honest and comparable" in page
    assert "The agency says: There is a good reason." in page
    package.refresh_from_db()
    assert package.state == "accepted"


def test_omb_returns_with_words_or_not_at_all(sign_in: SignIn) -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)
    client = sign_in(scene.reviewer)

    silent = client.post(address("review", package), {"return": "yes", "because": ""})
    said = client.post(
        address("review", package), {"return": "yes", "because": "Explain the wait, please."}
    )

    assert silent.status_code == 422
    assert said.status_code == 302
    page = text_of(sign_in(scene.lead), address("package", package))
    assert "OMB returned this report" in page
    assert "Explain the wait, please." in page


def test_omb_never_sees_what_the_agency_writes_after_a_return(sign_in: SignIn) -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)
    return_to_agency(package, comment="Explain the wait.", by=scene.reviewer)
    sign_in(scene.manager).post(
        address("words", package), {"accomplishments": "Secret draft", "reflection": "Secret"}
    )

    client = sign_in(scene.reviewer)

    assert "Secret" not in text_of(client, address("review", package))
    assert b"Secret" not in client.get(address("file", package, "json")).content


def test_omb_publishes_an_accepted_quarter(sign_in: SignIn) -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)
    accept(package, by=scene.reviewer)
    client = sign_in(scene.reviewer)

    client.post(address("publish", package))

    assert Release.objects.get().number == 1
    assert "release 1" in text_of(client, address("review", package))
    assert "Boat permit" in text_of(client, reverse("reporting:releases"))


def test_a_published_quarter_is_opened_again_for_a_correction(sign_in: SignIn) -> None:
    scene = a_scene()
    answered(scene)
    release = released(scene)
    package = Package.objects.get()
    client = sign_in(scene.lead)

    client.post(address("reopen", package), {"because": "One office was missing."})

    package.refresh_from_db()
    assert (package.state, package.correction) == ("returned", "One office was missing.")
    assert release.number == 1
    assert "One office was missing." in text_of(client, address("package", package))


@pytest.mark.parametrize("name", ["explain", "ask", "submit", "reopen", "publish", "refuse"])
def test_steps_are_taken_by_post_only(sign_in: SignIn, name: str) -> None:
    scene, package = a_written_scene()
    people = {"publish": scene.reviewer, "refuse": scene.official}

    response = sign_in(people.get(name, scene.lead)).get(address(name, package))

    assert response.status_code == 405


@pytest.mark.proves("280.10-s1", "280.10-s3")
def test_the_agencys_own_website_gets_results_only_after_a_talk_with_omb(
    sign_in: SignIn,
) -> None:
    scene = a_scene()
    answered(scene)
    released(scene)
    package = Package.objects.get()
    client = sign_in(scene.lead)

    annual = client.get(address("public", package, "annual_report"))
    blocked = client.get(address("public", package, "agency_site"))
    elsewhere = client.get(address("public", package, "facebook"))
    OmbDiscussion.objects.create(
        agency=scene.agency,
        kind="agency_site",
        held_on=date(2022, 5, 1),
        contact="OMB CX team",
        outcome="agreed",
        recorded_by=scene.lead,
    )
    agreed = client.get(address("public", package, "agency_site"))

    assert (annual.status_code, agreed.status_code) == (200, 200)
    assert (blocked.status_code, elsewhere.status_code) == (409, 422)
    assert "only after a talk with OMB" in blocked.content.decode()
    assert "Release 1" in agreed.content.decode()


def test_nothing_unpublished_is_made_for_the_public(sign_in: SignIn) -> None:
    scene, package = a_written_scene()

    response = sign_in(scene.lead).get(address("public", package, "annual_report"))

    assert response.status_code == 404


@pytest.mark.proves("280.16-a1")
def test_omb_closes_the_quarterly_file_from_a_day_on(sign_in: SignIn) -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)
    client = sign_in(scene.reviewer)

    wrong = client.post(address("handover", package), {"starts_on": "soon"})
    client.post(address("handover", package), {"starts_on": "2022-04-01"})

    assert wrong.status_code == 422
    assert "Friday, April 1, 2022" in text_of(client, address("review", package))
