"""The simulated agency's rows: organizations, people, providers, services, clearance, surveys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from cx280.accounts.models import Assignment, Person
from cx280.agencies.models import Level, Organization
from cx280.circular.edition import edition
from cx280.clearance.models import Clearance, Collection, CollectionKind
from cx280.kernel.quarter import Quarter
from cx280.services.models import (
    Designation,
    Hisp,
    Journey,
    JourneyStep,
    Service,
    ServiceChannel,
    ServiceCustomer,
    ServiceReview,
    ServiceRole,
    ServiceTool,
    ServiceVolume,
)
from cx280.services.rules.vocabulary import (
    Channel,
    CustomerType,
    InteractionPath,
    OccasionKind,
    PerformerKind,
    ProcessKind,
    ReviewOutcome,
    Stage,
    TransactionType,
)
from cx280.site.demo.documents import document_for
from cx280.site.demo.plan import PersonPlan, Plan, Provider, ServicePlan
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.queries import frozen
from cx280.surveys.rules.document import as_data
from cx280.surveys.rules.opening import digest_of


@dataclass(frozen=True, slots=True)
class Built:
    """What was made, by code."""

    department: Organization
    offices: list[Organization]
    services: dict[str, Service]
    versions: dict[str, list[SurveyVersion]]
    people: dict[str, Person]


def build(plan: Plan, quarters: list[Quarter], today: date) -> Built:
    """Makes every row of the simulated agency except answers and packages."""
    department = _organization(None, Level.DEPARTMENT, **plan.department)
    offices = [
        _organization(
            department, Level.SERVICE_CENTER, code=each.code, name=each.name,
            time_zone=each.time_zone,
        )
        for each in plan.offices
    ]  # fmt: skip
    people = {each.role: _person(each, department, quarters) for each in plan.people}
    hisps = {each.code: _provider(each, department, quarters[0]) for each in plan.providers}
    clearance = _clearance(department, quarters[0], today)
    services: dict[str, Service] = {}
    versions: dict[str, list[SurveyVersion]] = {}
    for each in plan.services:
        service = _service(each, hisps[each.provider], quarters)
        services[each.code] = service
        survey = _survey(each, service, _collection(clearance, service, quarters[0]))
        versions[each.code] = _versions(each, survey, quarters, people["cx_lead"])
    return Built(department, offices, services, versions, people)


def _organization(parent: Organization | None, level: str, **fields: Any) -> Organization:
    unit = Organization.objects.create(parent=parent, level=level, simulated=True, **fields)
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def _person(each: PersonPlan, department: Organization, quarters: list[Quarter]) -> Person:
    person = Person(email=each.email, name=each.name, simulated=True)
    person.set_unusable_password()
    person.save()
    Assignment.objects.create(
        person=person,
        role=each.role,
        organization=department if each.organization else None,
        since=quarters[0].first_day - timedelta(days=365),
    )
    return person


def _provider(each: Provider, department: Organization, first: Quarter) -> Hisp:
    bureau = _organization(department, Level.BUREAU, code=f"{each.code}-bureau", name=each.bureau)
    return Hisp.objects.create(
        code=each.code, name=each.name, organization=bureau, reason=each.reason,
        description=each.description, designated_on=first.first_day - timedelta(days=30),
        simulated=True,
    )  # fmt: skip


def _clearance(department: Organization, first: Quarter, today: date) -> Clearance:
    return Clearance.objects.create(
        organization=department, control_number="1094-0123",
        title="Rivers and Trails customer experience umbrella",
        starts_on=first.first_day - timedelta(days=30), expires_on=today + timedelta(days=820),
        responses_ceiling=2_000_000, hours_ceiling=Decimal(100_000), permits_release=True,
        permits_contact=True,
    )  # fmt: skip


def _collection(clearance: Clearance, service: Service, first: Quarter) -> Collection:
    return Collection.objects.create(
        clearance=clearance, title=f"{service.name} feedback", kind=CollectionKind.SURVEY,
        state=Collection.State.APPROVED, approved_on=first.first_day - timedelta(days=20),
        responses=150_000, minutes=Decimal(2),
    )  # fmt: skip


def _service(each: ServicePlan, hisp: Hisp, quarters: list[Quarter]) -> Service:
    service = Service.objects.create(
        owner=hisp.organization, hisp=hisp, code=each.code, name=each.name,
        description=each.description, service_type=each.service_type,
        transaction_type=each.transaction_type, process_kind=ProcessKind.SERIES,
        occasion_kind=OccasionKind.STORY, occasion=each.occasion, offering=each.offering,
        outcome=f"{each.offering} The customer has it in hand.",
        accessible_methods="TTY relay, large print, English and Spanish at every office.",
        website=f"https://{each.code}.drt.example.gov/", simulated=True,
        why_not_digital="", digital_potential="",
    )  # fmt: skip
    for channel in sorted({*each.channels, Channel.IN_PERSON.value}):
        ServiceChannel.objects.create(service=service, channel=channel)
    ServiceCustomer.objects.create(
        service=service, customer_type=CustomerType.INDIVIDUAL,
        interaction_path=InteractionPath.DIRECT,
    )  # fmt: skip
    ServiceRole.objects.create(
        service=service, task="Counter clerk", performer=PerformerKind.EMPLOYEE
    )
    ServiceTool.objects.create(service=service, name="Booking and permit platform")
    for year in sorted({quarter.fiscal_year for quarter in quarters}):
        ServiceVolume.objects.create(
            service=service, fiscal_year=year, customers=each.yearly,
            source="Simulated transaction counts",
        )  # fmt: skip
    # Some were looked at this year; the last look at the others is too long ago.
    ServiceReview.objects.create(
        service=service, outcome=ReviewOutcome.DIGITISE, reviewer="Casey Lindqvist",
        reviewed_on=quarters[-1].first_day - timedelta(days=60 if each.designated else 420),
        reason="Booking by phone could be booking on the web.",
    )  # fmt: skip
    _journey(service, each.transaction_type)
    if each.designated:
        _designate(hisp, service, quarters[0])
    return service


def _journey(service: Service, kind: str) -> None:
    journey = Journey.objects.create(service=service, name=f"{service.name}, start to end")
    steps = [
        ("The need arises", Stage.START, "", ""),
        ("Finds out what to do", Stage.PROCESS, TransactionType.SEEK, ""),
        ("Applies or asks", Stage.PROCESS, kind, "Most people who give up do so here."),
        ("Has what was needed", Stage.END, "", ""),
    ]
    for position, (name, stage, transaction, reason) in enumerate(steps):
        JourneyStep.objects.create(
            journey=journey, position=position, name=name, stage=stage,
            transaction_type=transaction,
            is_moment_that_matters=bool(reason), moment_reason=reason,
        )  # fmt: skip


def _designate(hisp: Hisp, service: Service, first: Quarter) -> None:
    proposed = first.first_day + timedelta(days=5)
    Designation.objects.create(
        hisp=hisp, service=service, proposed_on=proposed, signed_on=proposed,
        concurred_on=proposed + timedelta(days=25),
        why="Many customers, and much depends on it for them.",
    )  # fmt: skip


def _survey(each: ServicePlan, service: Service, collection: Collection) -> Survey:
    moment = JourneyStep.objects.filter(
        journey__service=service, is_moment_that_matters=True
    ).first()
    return Survey.objects.create(
        service=service, code=each.code, title=f"{service.name}, after the visit",
        state=Survey.State.OPEN, channel=Channel.WEBSITE, journey_step=moment,
        collection=collection, draft=document_for(each, edition("FY2022"), _last_trust(each)),
        simulated=True,
    )  # fmt: skip


def _last_trust(each: ServicePlan) -> str:
    return "T2" if each.reworded is not None else each.trust


def _versions(
    each: ServicePlan, survey: Survey, quarters: list[Quarter], lead: Person
) -> list[SurveyVersion]:
    """One version, or two where the trust question was reworded at the start of a quarter."""
    starts = [(quarters[0].first_day, each.trust)]
    if each.reworded is not None:
        starts.append((quarters[each.reworded].first_day, "T2"))
    made = []
    for number, (day, trust) in enumerate(starts, start=1):
        survey.draft = document_for(each, edition("FY2022"), trust)
        document = frozen(survey)
        following = starts[number][0] if number < len(starts) else None
        made.append(
            SurveyVersion.objects.create(
                survey=survey,
                number=number,
                document=as_data(document),
                digest=digest_of(document),
                opened_at=_midnight(day),
                opened_by=lead,
                closed_at=_midnight(following) if following else None,
                closed_because="The trust question was reworded." if following else "",
            )
        )
    return made


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
