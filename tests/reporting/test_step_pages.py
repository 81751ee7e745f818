"""The pages on which a quarter is signed, sent, reviewed and published, and by whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cx280.reporting.actions import accept, ask_to_sign, return_to_agency
from cx280.reporting.models import Package, Release
from cx280.surveys.models import OmbDiscussion
from tests.reporting.pages import SignIn, a_written_scene, address, text_of
from tests.reporting.quarters import a_scene, answered, explained, released, sent, signed, written

pytestmark = pytest.mark.django_db


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
