"""Services as the records that files carry."""

from collections.abc import Iterable

from cx280.circular.implements import implements
from cx280.services.models import Journey, JourneyStep, Service, ServiceReview
from cx280.services.queries.facts import read_parts, unit_names
from cx280.services.rules.record import (
    ChannelRecord,
    CustomerRecord,
    JourneyRecord,
    PartnerRecord,
    ReviewRecord,
    RoleRecord,
    ServiceRecord,
    StepRecord,
    VolumeRecord,
    in_order,
)

# Stored under the same name in the record.
_SAME = (
    "code",
    "name",
    "description",
    "service_type",
    "service_type_reason",
    "transaction_type",
    "process_kind",
    "occasion_kind",
    "occasion",
    "offering",
    "outcome",
    "why_not_digital",
    "digital_potential",
    "traditional_exemption",
    "traditional_exemption_by",
    "accessible_methods",
    "website",
    "eligible_population",
    "retired_on",
)


@implements("280.4-g1", "INC-26")
def records_of(services: Iterable[Service]) -> list[ServiceRecord]:
    """The services with every part, each with the way to its unit, in their order."""
    listed = list(services)
    read_parts(listed)
    paths = unit_names(each.owner for each in listed)
    return [in_order(_record(each, paths[each.owner.pk])) for each in listed]


def record_of(service: Service) -> ServiceRecord:
    """One service with every part."""
    return records_of([service])[0]


def _record(service: Service, path: str) -> ServiceRecord:
    return ServiceRecord(
        **{name: getattr(service, name) for name in _SAME},
        unit=service.owner.code,
        unit_path=path,
        hisp=service.hisp.code if service.hisp else "",
        channels=tuple(
            ChannelRecord(channel=each.channel, since=each.since, until=each.until)
            for each in service.channels.all()
        ),
        roles=tuple(
            RoleRecord(task=each.task, performer=each.performer) for each in service.roles.all()
        ),
        tools=tuple(each.name for each in service.tools.all()),
        customers=tuple(
            CustomerRecord(type=each.customer_type, path=each.interaction_path)
            for each in service.customers.all()
        ),
        volumes=tuple(
            VolumeRecord(
                fiscal_year=each.fiscal_year,
                customers=each.customers,
                source=each.source,
                channel=each.channel,
            )
            for each in service.volumes.all()
        ),
        partners=tuple(
            PartnerRecord(
                unit=each.organization.code if each.organization else "",
                name=each.name,
                contact=each.contact,
            )
            for each in service.partners.all()
        ),
        journeys=tuple(journey_record(each) for each in service.journeys.all()),
        reviews=tuple(_review(each) for each in service.reviews.all()),
    )


@implements("280.4-a2")
def journey_record(journey: Journey) -> JourneyRecord:
    """A journey with the blueprint under its steps."""
    return JourneyRecord(
        name=journey.name, steps=tuple(_step(each) for each in journey.steps.all())
    )


def _review(review: ServiceReview) -> ReviewRecord:
    return ReviewRecord(
        on=review.reviewed_on,
        outcome=review.outcome,
        reason=review.reason,
        reviewer=review.reviewer,
    )


def _step(step: JourneyStep) -> StepRecord:
    return StepRecord(
        name=step.name,
        stage=step.stage,
        channel=step.channel,
        transaction_type=step.transaction_type,
        unit=step.organization.code if step.organization else "",
        moment=step.moment_reason if step.is_moment_that_matters else "",
        front_stage=step.front_stage,
        back_stage=step.back_stage,
        policy=step.policy,
        tools=tuple(each.name for each in step.tools.all()),
    )
