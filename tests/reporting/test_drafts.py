"""A draft is there for each quarter a service owes, and follows what is answered and written."""

from __future__ import annotations

from datetime import date

import pytest

from cx280.kernel.problem import NotAllowed
from cx280.kernel.quarter import Quarter
from cx280.measures.actions import recount
from cx280.reporting.actions import accept_handover, build_draft, say_not_applicable
from cx280.reporting.models import Package
from cx280.reporting.queries import content_of, facts_for, review_lines
from cx280.reporting.rules.lateness import Standing
from cx280.reporting.tasks import open_drafts
from tests.builders import a_service
from tests.reporting.quarters import QUARTER, a_scene, answer, written

pytestmark = pytest.mark.django_db
YEAR = [Quarter(2022, number) for number in (1, 2, 3, 4)]


@pytest.mark.proves("280.16-a2", "280.14-c1")
def test_the_day_after_a_quarter_a_draft_exists_for_each_designated_service_once() -> None:
    scene = a_scene()
    a_service(scene.agency)

    opened = open_drafts(date(2022, 4, 1))
    again = open_drafts(date(2022, 4, 2))

    assert (opened, again) == (1, 0)
    assert [(each.service, each.state) for each in Package.objects.all()] == [
        (scene.service, "draft")
    ]
    assert str(Package.objects.get()) == f"{scene.service}, FY2022 Q2"


@pytest.mark.proves("280.14-c1", "280.16-a1")
def test_a_fiscal_year_has_four_packages_for_a_designated_service() -> None:
    scene = a_scene()

    for quarter in YEAR:
        open_drafts(quarter.next.first_day)

    quarters = Package.objects.filter(service=scene.service).values_list("quarter", flat=True)
    assert sorted(quarters) == [1, 2, 3, 4]


@pytest.mark.proves("280.16-a1")
def test_a_service_handed_over_to_the_api_owes_no_file_from_that_day() -> None:
    scene = a_scene()
    with pytest.raises(NotAllowed):
        accept_handover(scene.service, starts_on=date(2022, 4, 1), by=scene.lead)

    accept_handover(scene.service, starts_on=date(2022, 4, 1), by=scene.reviewer)
    opened = [open_drafts(quarter.next.first_day) for quarter in YEAR]

    assert opened == [1, 1, 0, 0]


@pytest.mark.proves("280.16-b1")
def test_before_its_target_quarter_a_provider_has_no_draft_and_nothing_missing() -> None:
    scene = a_scene()
    scene.hisp.target_quarter = "FY2022 Q3"
    scene.hisp.save()

    opened = [open_drafts(quarter.next.first_day) for quarter in YEAR]
    line = review_lines([scene.service], YEAR[1], date(2023, 1, 1))[0]

    assert opened == [0, 0, 1, 1]
    assert line.standing is Standing.DEFERRED


def test_a_draft_follows_the_answers_and_counts_the_last_day_of_the_quarter() -> None:
    scene = a_scene()
    package = scene.package()
    answer(scene, 3, on=date(2021, 12, 31))
    answer(scene, 5, on=date(2022, 1, 1))
    answer(scene, 7, on=date(2022, 3, 31))
    answer(scene, 11, on=date(2022, 4, 1))
    recount(scene.version, QUARTER)

    survey = content_of(package).surveys[0]

    assert survey.volumes.respondents == 12
    assert (survey.collected_from, survey.collected_to) == (date(2022, 1, 1), date(2022, 3, 31))


def test_a_new_draft_starts_with_last_quarters_reasons_and_indicators_without_values() -> None:
    scene = a_scene()
    before = written(scene)
    say_not_applicable(before, driver="ease", reason="One click.", agreed=True, by=scene.lead)

    package = build_draft(scene.service, QUARTER.next)

    assert [(each.name, each.value) for each in package.indicators.all()] == [
        ("Average wait", None)
    ]
    assert package.not_applicable["ease"]["reason"] == "One click."


@pytest.mark.proves("INC-21")
def test_an_agreement_to_a_reason_ends_when_the_reason_changes() -> None:
    scene = a_scene()
    package = scene.package()

    say_not_applicable(package, driver="ease", reason="One click.", agreed=True, by=scene.lead)
    kept = say_not_applicable(
        package, driver="ease", reason="No steps.", agreed=False, by=scene.manager
    )

    assert kept.not_applicable["ease"] == {"reason": "No steps.", "approver": ""}
    said = content_of(kept).not_applicable[0]
    assert (said.driver, said.approver) == ("ease", "")


def test_the_employee_driver_follows_the_services_own_roles() -> None:
    scene = a_scene()
    package = scene.package()
    assert facts_for(package, date(2022, 4, 1)).needs_people

    scene.service.roles.all().update(performer="automated")

    assert not facts_for(package, date(2022, 4, 1)).needs_people
