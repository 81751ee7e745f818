"""A designated service with answers in a quarter, and the people who report it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from cx280.accounts.actions import justify
from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.audit.actions import subject_of
from cx280.kernel.finding import warnings
from cx280.kernel.quarter import Quarter
from cx280.measures.actions import recount
from cx280.reporting.actions import (
    TypedVolumes,
    accept,
    build_draft,
    certify,
    publish,
    save_indicators,
    save_narrative,
    save_volumes,
    submit,
)
from cx280.reporting.models import Package, Release
from cx280.reporting.queries import findings_of
from cx280.reporting.rules.content import Indicator
from cx280.responses.models import Response
from cx280.services.models import Hisp, Service
from cx280.surveys.models import Survey, SurveyVersion
from tests.builders import (
    a_designation,
    a_document,
    a_hisp,
    a_journey,
    a_person,
    a_service,
    a_survey,
    a_unit,
    a_version,
    an_agency,
)

QUARTER = Quarter.parse("FY2022 Q2")
LIKERT = ("trust", "satisfaction", "effectiveness", "ease", "efficiency", "equity", "employee")


@dataclass(frozen=True, slots=True)
class Scene:
    """An agency with one designated service, its survey, and everybody who handles the report."""

    agency: Organization
    hisp: Hisp
    service: Service
    survey: Survey
    version: SurveyVersion
    manager: Person
    lead: Person
    official: Person
    reviewer: Person

    def package(self, quarter: Quarter = QUARTER) -> Package:
        """The draft of the quarter, opened when there is none."""
        return build_draft(self.service, quarter)


def a_scene(name: str = "Boat permit", **document: Any) -> Scene:
    """A service whose prompt asked 400 people; nobody has answered yet."""
    agency = an_agency()
    office = a_unit(agency, "bureau")
    hisp = a_hisp(agency)
    service = a_service(office, name=name)
    a_designation(hisp, service)
    journey = a_journey(service)
    step = journey.steps.get(is_moment_that_matters=True)
    draft = a_document(name, placement="prompt", **document)
    survey = a_survey(service, journey_step=step, draft=draft)
    version = a_version(survey, opened_at=datetime(2021, 10, 1, tzinfo=UTC))
    return Scene(
        agency=agency,
        hisp=hisp,
        service=service,
        survey=survey,
        version=version,
        manager=a_person(Role.PROGRAM_MANAGER, office),
        lead=a_person(Role.CX_LEAD, agency),
        official=a_person(Role.ACCOUNTABLE_OFFICIAL, agency),
        reviewer=a_person(Role.OMB_REVIEWER),
    )


def answer(scene: Scene, times: int, on: date = date(2022, 2, 1), **answers: Any) -> None:
    """So many people give the same answers (4 to everything) on a day."""
    given = {**dict.fromkeys(LIKERT, 4), **answers}
    Response.objects.bulk_create(
        Response(
            version=scene.version,
            channel="website",
            day=on,
            received_at=datetime.combine(on, time(15), tzinfo=UTC),
            answers=given,
        )
        for _ in range(times)
    )


def answered(scene: Scene, quarter: Quarter = QUARTER) -> None:
    """A believable spread: 12 very unhappy, 15 neither, 60 agree, 40 strongly agree."""
    day = quarter.first_day
    for code, times in ((1, 12), (3, 15), (4, 60), (5, 40)):
        answer(scene, times, on=day, **dict.fromkeys(LIKERT, code))
    recount(scene.version, quarter)


def written(scene: Scene, quarter: Quarter = QUARTER) -> Package:
    """The draft with everything people write; nothing is left to fix."""
    package = scene.package(quarter)
    save_narrative(
        package,
        accomplishments="We opened online renewal.",
        reflection="People want to know where their permit is.",
        by=scene.manager,
    )
    save_volumes(
        package,
        customers_served=5_000,
        surveys={scene.survey.code: TypedVolumes(customers=None, offered=400)},
        by=scene.manager,
    )
    indicator = Indicator(
        name="Average wait",
        unit="minutes",
        direction="down",
        target=5.0,
        value=4.2,
        numerator=None,
        denominator=None,
    )
    save_indicators(package, indicators=[indicator], by=scene.manager)
    package.refresh_from_db()
    return package


def explained(scene: Scene, package: Package, today: date) -> None:
    """A justification for every warning."""
    for each in warnings(findings_of(package, today)):
        justify(
            subject_of(package), finding=each.key, text="There is a good reason.", by=scene.lead
        )


def signed(scene: Scene, quarter: Quarter = QUARTER) -> Package:
    """The quarter signed by the official; a late one has its reason."""
    package = written(scene, quarter)
    explained(scene, package, date(2030, 1, 1))
    certify(package, by=scene.official)
    package.refresh_from_db()
    return package


def sent(scene: Scene, quarter: Quarter = QUARTER) -> Package:
    """The quarter sent to OMB."""
    package = submit(signed(scene, quarter), by=scene.lead)
    package.refresh_from_db()
    return package


def released(scene: Scene, quarter: Quarter = QUARTER) -> Release:
    """The quarter accepted and published."""
    package = sent(scene, quarter)
    accept(package, by=scene.reviewer)
    return publish(package, by=scene.reviewer)
