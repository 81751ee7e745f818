"""A quarter goes from draft to release, by the right people only, and every version is kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cx280.audit.models import AuditEntry
from cx280.audit.queries import broken_links
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.measures.actions import recount
from cx280.reporting.actions import (
    NotEditable,
    NotPublishable,
    NotReady,
    accept,
    ask_to_sign,
    certify,
    publish,
    refuse_to_sign,
    reopen,
    return_to_agency,
    save_narrative,
    submit,
)
from cx280.reporting.models import Package, Release, ReportedRow
from cx280.reporting.queries import content_of, latest_version, releases, review_lines, sent_content
from cx280.reporting.rules.content import digest, read_content
from tests.builders import a_person
from tests.reporting.quarters import (
    QUARTER,
    a_scene,
    answer,
    answered,
    released,
    sent,
    signed,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.mark.proves("280.10-h1", "280.10-h2", "280.10-h3", "280.15-a2", "280.15-a3")
def test_the_official_signs_a_whole_quarter_and_the_version_is_frozen() -> None:
    scene = a_scene()
    answered(scene)

    package = signed(scene)
    answer(scene, 50)
    recount(scene.version, QUARTER)

    version = latest_version(package)
    content = read_content(version.content)
    assert package.state == "certified"
    assert version.digest == digest(content) == digest(content_of(package))
    assert content.surveys[0].volumes.respondents == 127
    assert content.surveys[0].response_rate == pytest.approx(127 / 400)
    trust = content.questions_about("trust")[0]
    assert trust.counts == [12, 0, 15, 60, 40]
    assert trust.mean == 3.91


def test_figures_are_counted_a_last_time_when_the_official_signs() -> None:
    scene = a_scene()
    answered(scene)
    answer(scene, 10, trust=5)

    package = signed(scene)

    assert content_of(package).surveys[0].volumes.respondents == 137


@pytest.mark.proves("280.10-h1")
def test_a_quarter_with_an_error_is_not_signed() -> None:
    scene = a_scene()
    package = written(scene)

    with pytest.raises(NotReady, match="Nobody's trust was measured") as refused:
        certify(package, by=scene.official)

    assert refused.value.rule == "280.10-h1"
    assert not package.versions.exists()


def test_a_warning_needs_its_reason_before_anybody_signs() -> None:
    scene = a_scene()
    answered(scene)
    package = written(scene)
    save_narrative(package, accomplishments="", reflection="We learned.", by=scene.manager)

    with pytest.raises(NotReady, match="to explain"):
        certify(package, by=scene.official)


@pytest.mark.parametrize("role", ["manager", "lead", "reviewer"])
def test_nobody_but_the_official_signs(role: str) -> None:
    scene = a_scene()
    answered(scene)
    package = written(scene)

    with pytest.raises(NotAllowed):
        certify(package, by=getattr(scene, role))


def test_another_agencys_official_does_not_sign() -> None:
    scene, other = a_scene(), a_scene("Trail pass")
    answered(scene)

    with pytest.raises(NotAllowed):
        certify(written(scene), by=other.official)


def test_the_official_may_give_it_back_with_a_reason() -> None:
    scene = a_scene()
    package = ask_to_sign(scene.package(), by=scene.lead)

    package = refuse_to_sign(package, because="The wait looks wrong.", by=scene.official)

    assert (package.state, package.asked_to_sign_at) == ("draft", None)
    assert package.not_signed_because == "The wait looks wrong."


def test_a_signed_quarter_cannot_be_changed_until_it_is_opened_again() -> None:
    scene = a_scene()
    answered(scene)
    package = signed(scene)

    with pytest.raises(NotEditable):
        save_narrative(package, accomplishments="x", reflection="y", by=scene.manager)
    reopen(package, because="A number was wrong.", by=scene.lead)
    save_narrative(package, accomplishments="x", reflection="y", by=scene.manager)

    assert package.versions.count() == 1


@pytest.mark.proves("280.16-a2")
def test_the_first_sending_is_the_one_that_counts() -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)
    first = package.submitted_at
    return_to_agency(package, comment="Explain the wait.", by=scene.reviewer)
    certify(package, by=scene.official)

    submit(package, by=scene.lead)
    package.refresh_from_db()

    assert package.submitted_at == first
    assert [each.submitted_at is not None for each in package.versions.all()] == [True, True]
    line = review_lines([scene.service], QUARTER, date(2030, 1, 1))[0]
    assert line.submitted_on is not None
    assert line.days == (line.submitted_on - date(2022, 3, 31)).days


def test_omb_keeps_seeing_what_it_was_sent_while_the_agency_writes() -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)
    return_to_agency(package, comment="Explain the wait.", by=scene.reviewer)
    save_narrative(package, accomplishments="Draft words", reflection="Draft", by=scene.manager)

    seen = sent_content(package)

    assert seen is not None
    assert seen.accomplishments == "We opened online renewal."


def test_a_quarter_is_returned_only_with_words() -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)

    with pytest.raises(Unusable, match="Say what the agency has to change"):
        return_to_agency(package, comment="no", by=scene.reviewer)


@pytest.mark.proves("280.16-a6", "280.10-s1")
def test_publishing_makes_an_immutable_release_of_the_public_version() -> None:
    scene = a_scene()
    answered(scene)

    release = released(scene)

    content = read_content(release.content)
    assert (release.number, release.digest) == (1, digest(content))
    assert b"approver" not in str(release.content).encode()
    assert "permits_release" not in str(release.content)
    assert content.questions_about("trust")[0].counts == [12, 0, 15, 60, 40]
    assert Package.objects.get().state == "published"


@pytest.mark.proves("280.16-a6")
def test_only_published_quarters_are_releases() -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)

    assert not Release.objects.exists()
    with pytest.raises(Conflict):
        publish(package, by=scene.reviewer)
    assert not Release.objects.exists()


@pytest.mark.proves("280.10-s1", "INC-27")
def test_a_clearance_that_forbids_release_stops_publishing() -> None:
    scene = a_scene()
    answered(scene)
    clearance = scene.survey.collection
    assert clearance is not None
    clearance.clearance.permits_release = False
    clearance.clearance.save()
    package = sent(scene)
    accept(package, by=scene.reviewer)

    with pytest.raises(NotPublishable, match="does not permit") as refused:
        publish(package, by=scene.reviewer)

    assert refused.value.rule == "280.10-s1"
    package.refresh_from_db()
    assert package.state == "accepted"


@pytest.mark.parametrize("role", ["manager", "lead", "official"])
def test_only_omb_accepts_returns_and_publishes(role: str) -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)
    person = getattr(scene, role)

    with pytest.raises(NotAllowed):
        accept(package, by=person)
    with pytest.raises(NotAllowed):
        return_to_agency(package, comment="Something to change.", by=person)
    accept(package, by=scene.reviewer)
    with pytest.raises(NotAllowed):
        publish(package, by=person)


def test_a_correction_is_the_next_release_and_names_the_one_it_replaces() -> None:
    scene = a_scene()
    answered(scene)
    first = released(scene)
    package = Package.objects.get()
    reopen(package, because="Answers of one office were missing.", by=scene.lead)
    answer(scene, 20)
    certify(package, by=scene.official)
    submit(package, by=scene.lead)
    accept(package, by=scene.reviewer)

    second = publish(package, by=scene.reviewer)

    assert (second.number, second.replaces) == (2, first)
    assert second.reason == "Answers of one office were missing."
    assert list(releases(standing_only=True)) == [second]
    assert list(releases(quarter=QUARTER)) == [second, first]
    first.refresh_from_db()
    assert read_content(first.content).surveys[0].volumes.respondents == 127


def test_a_release_stands_beside_the_reports_of_earlier_quarters() -> None:
    scene = a_scene()
    answered(scene)

    released(scene)

    row = ReportedRow.objects.get()
    assert (row.source_id, row.customers, row.offered, row.respondents) == (
        "release:1:0", 5000, 400, 127
    )  # fmt: skip
    places = {each.position: each.construct for each in row.questions.all()}
    assert places == {
        1: "satisfaction", 2: "trust", 3: "effectiveness", 4: "ease", 5: "efficiency",
        6: "equity", 7: "employee",
    }  # fmt: skip
    assert row.questions.get(construct="trust").mean == 3.91


def test_every_step_is_in_the_audit_trail() -> None:
    scene = a_scene()
    answered(scene)

    released(scene)

    steps = AuditEntry.objects.filter(subject__startswith="reporting.Package")
    assert list(steps.values_list("action", flat=True)) == [
        "open_quarter",
        "write_quarter_narrative",
        "write_quarter_volumes",
        "write_quarter_indicators",
        "justify_finding",
        "certify_quarter",
        "submit_quarter",
        "review_quarter_accepted",
        "publish_quarter",
    ]
    assert not list(broken_links())


def test_the_database_keeps_one_package_a_quarter_and_no_unsigned_one_leaves() -> None:
    scene = a_scene()
    package = scene.package()

    with pytest.raises(IntegrityError), transaction.atomic():
        Package.objects.filter(pk=package.pk).update(state="submitted")
    with pytest.raises(IntegrityError), transaction.atomic():
        Package.objects.create(service=scene.service, hisp=scene.hisp, fiscal_year=2022, quarter=2)


def test_people_of_nowhere_have_no_part() -> None:
    scene = a_scene()
    answered(scene)

    with pytest.raises(NotAllowed):
        submit(signed(scene), by=a_person())
