"""Brings inventories in from files; running it twice changes nothing the second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.kernel.problem import Problem, Unusable
from cx280.services.actions.services import save_service
from cx280.services.actions.trail import told
from cx280.services.models import (
    Hisp,
    Journey,
    JourneyStep,
    Service,
    ServiceChannel,
    ServiceCustomer,
    ServicePartner,
    ServiceReview,
    ServiceRole,
    ServiceTool,
    ServiceVolume,
)
from cx280.services.queries.facts import facts_of, findings_of
from cx280.services.queries.records import record_of
from cx280.services.rules.record import (
    JourneyRecord,
    RowProblem,
    ServiceRecord,
    StepRecord,
    in_order,
    problems_of,
    with_plain_line_ends,
)
from cx280.services.rules.traditional import retiring_last_traditional
from cx280.services.rules.worksheet import from_worksheet

_OWN_FIELDS = (
    "name", "description", "service_type", "service_type_reason", "transaction_type",
    "process_kind", "occasion_kind", "occasion", "offering", "outcome", "why_not_digital",
    "digital_potential", "traditional_exemption", "traditional_exemption_by",
    "accessible_methods", "website", "eligible_population", "retired_on",
)  # fmt: skip


@dataclass(slots=True)
class Reconciliation:
    """What became of a file's rows: rows in, accepted (of them changed), rejected with reasons.

    findings: how often each rule found something wrong with the services accepted.
    """

    rows: int = 0
    accepted: int = 0
    changed: int = 0
    rejected: list[RowProblem] = field(default_factory=list)
    findings: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "changed": self.changed,
            "rejected": [{"row": each.row, "message": each.message} for each in self.rejected],
            "findings": dict(sorted(self.findings.items())),
        }


@implements("280.4-g1")
def import_services(
    records: Sequence[ServiceRecord],
    *,
    by: Person | None,
    unreadable: Sequence[RowProblem] = (),
    within: QuerySet[Organization] | None = None,
) -> Reconciliation:
    """What became of the rows; each is stored whole or rejected with a reason.

    A row with findings is stored. `within` limits the units whose services may be written;
    None is for the command line. `unreadable` are rows the reader could not make records of.
    """
    done = Reconciliation(rows=len(records) + len(unreadable), rejected=list(unreadable))
    seen: set[str] = set()
    for number, record in enumerate(records, start=1):
        try:
            if record.code in seen:
                raise Unusable("The file names this service twice.")
            seen.add(record.code)
            with transaction.atomic():
                service, changed = _store(record, by, within)
        except Problem as problem:
            done.rejected.append(RowProblem(number, f"{record.code}: {problem.message}"))
            continue
        done.accepted += 1
        done.changed += changed
        done.findings.update(each.rule for each in findings_of(service))
    return done


@implements("280.4-g8")
def import_worksheet(service: Service, text: str, *, by: Person | None) -> bool:
    """Whether the worksheet changed the service's five parts."""
    wanted = _accepted(from_worksheet(text, record_of(service)))
    with transaction.atomic():
        return _change(service, wanted, by)


def _store(
    record: ServiceRecord, by: Person | None, within: QuerySet[Organization] | None
) -> tuple[Service, bool]:
    record = _accepted(record)
    owner = Organization.objects.filter(code=record.unit).first()
    service = Service.objects.filter(code=record.code).select_related("owner", "hisp").first()
    for unit in [owner, service.owner if service else None]:
        if within is not None and unit is not None and not within.filter(pk=unit.pk).exists():
            raise Unusable(f"“{unit.code}” is not one of your units.")
    if owner is None:
        raise Unusable(f"There is no unit with the code “{record.unit}”.", rule="280.5-a4")
    if service is not None:
        return service, _change(service, record, by)
    service = save_service(
        None, by=by, values={"code": record.code, "owner": owner, **_own_values(record)}
    )
    _write_parts(service, record)
    return service, True


def _accepted(record: ServiceRecord) -> ServiceRecord:
    """The record as it is stored; raises Unusable, with each reason, when it cannot be."""
    wrong = problems_of(record)
    if wrong:
        raise Unusable(" ".join(wrong))
    return with_plain_line_ends(record)


def _own_values(record: ServiceRecord) -> dict[str, object]:
    hisp = Hisp.objects.filter(code=record.hisp).first() if record.hisp else None
    if record.hisp and hisp is None:
        raise Unusable(f"There is no provider with the code “{record.hisp}”.")
    return {"hisp": hisp, **{name: getattr(record, name) for name in _OWN_FIELDS}}


def _change(service: Service, record: ServiceRecord, by: Person | None) -> bool:
    before = record_of(service)
    owner = Organization.objects.get(code=record.unit)
    _refuse_losing_the_last_traditional_channel(service, record)
    save_service(service, by=by, values={"owner": owner, **_own_values(record)})
    if _write_parts(service, record):
        told("import_service", service, by=by, organization=service.owner)
    return record_of(service) != before


def _refuse_losing_the_last_traditional_channel(service: Service, record: ServiceRecord) -> None:
    today = timezone.localdate()
    kept = {each.channel for each in record.channels if each.until is None or each.until >= today}
    facts = facts_of(service)
    for found in retiring_last_traditional(facts, facts.channels - kept):
        raise Unusable(found.message, rule=found.rule)


def _write_parts(service: Service, record: ServiceRecord) -> bool:
    """Whether any part differed and was written."""
    before = record_of(service)
    wanted = in_order(record)
    differ = [part for part in _WRITERS if getattr(before, part) != getattr(wanted, part)]
    try:
        for part in differ:
            _WRITERS[part](service, wanted)
    except IntegrityError as problem:
        raise Unusable("A part of the service is listed twice.") from problem
    return bool(differ)


def _write_channels(service: Service, record: ServiceRecord) -> None:
    service.channels.all().delete()
    for each in record.channels:
        ServiceChannel.objects.create(
            service=service, channel=each.channel, since=each.since, until=each.until
        )


def _write_roles(service: Service, record: ServiceRecord) -> None:
    service.roles.all().delete()
    for each in record.roles:
        ServiceRole.objects.create(service=service, task=each.task, performer=each.performer)


def _write_tools(service: Service, record: ServiceRecord) -> None:
    """Writes the tools anew, in their order, and links the steps that use them again."""
    service.tools.all().delete()
    for name in record.tools:
        ServiceTool.objects.create(service=service, name=name)
    _write_journeys(service, record)


def _write_customers(service: Service, record: ServiceRecord) -> None:
    service.customers.all().delete()
    for each in record.customers:
        ServiceCustomer.objects.create(
            service=service, customer_type=each.type, interaction_path=each.path
        )


def _write_volumes(service: Service, record: ServiceRecord) -> None:
    service.volumes.all().delete()
    for each in record.volumes:
        ServiceVolume.objects.create(
            service=service,
            fiscal_year=each.fiscal_year,
            channel=each.channel,
            customers=each.customers,
            source=each.source,
        )


def _write_partners(service: Service, record: ServiceRecord) -> None:
    service.partners.all().delete()
    for each in record.partners:
        ServicePartner.objects.create(
            service=service,
            organization=_unit(each.unit),
            name=each.name,
            contact=each.contact,
        )


def _write_reviews(service: Service, record: ServiceRecord) -> None:
    service.reviews.all().delete()
    for each in record.reviews:
        ServiceReview.objects.create(
            service=service,
            reviewed_on=each.on,
            outcome=each.outcome,
            reason=each.reason,
            reviewer=each.reviewer,
        )


def _write_journeys(service: Service, record: ServiceRecord) -> None:
    service.journeys.exclude(name__in=[each.name for each in record.journeys]).delete()
    for each in record.journeys:
        journey, _ = Journey.objects.get_or_create(service=service, name=each.name)
        _write_steps(service, journey, each)


def _write_steps(service: Service, journey: Journey, record: JourneyRecord) -> None:
    """Changes steps rather than making them anew, so that what names one still does: steps of the
    same name first, wherever they stand, then the others where they stand."""
    held = list(journey.steps.all())
    rows = _same_steps(held, record.steps)
    journey.steps.exclude(pk__in=[each.pk for each in rows if each]).delete()
    free = max((each.position for each in held), default=0) + len(rows) + 1
    journey.steps.update(position=F("position") + free)
    tools = {each.name: each for each in service.tools.all()}
    for position, (row, each) in enumerate(zip(rows, record.steps, strict=True)):
        step = row or JourneyStep(journey=journey)
        for name, value in {**_step_values(each), "position": position}.items():
            setattr(step, name, value)
        step.save()
        step.tools.set([tools[name] for name in each.tools])


def _same_steps(
    held: Sequence[JourneyStep], wanted: Sequence[StepRecord]
) -> list[JourneyStep | None]:
    """For each step of the record the one it is in the journey; None for a new one."""
    free = list(held)
    rows: list[JourneyStep | None] = []
    for each in wanted:
        same = next((row for row in free if row.name == each.name), None)
        if same is not None:
            free.remove(same)
        rows.append(same)
    for at, row in enumerate(held[: len(rows)]):
        if rows[at] is None and row in free:
            rows[at] = row
            free.remove(row)
    return rows


def _step_values(step: StepRecord) -> dict[str, object]:
    return {
        "name": step.name,
        "stage": step.stage,
        "channel": step.channel,
        "transaction_type": step.transaction_type,
        "organization": _unit(step.unit),
        "is_moment_that_matters": bool(step.moment),
        "moment_reason": step.moment,
        "front_stage": step.front_stage,
        "back_stage": step.back_stage,
        "policy": step.policy,
    }


def _unit(code: str) -> Organization | None:
    if not code:
        return None
    found = Organization.objects.filter(code=code).first()
    if found is None:
        raise Unusable(f"There is no unit with the code “{code}”.")
    return found


_WRITERS: dict[str, Callable[[Service, ServiceRecord], None]] = {
    "channels": _write_channels,
    "roles": _write_roles,
    "tools": _write_tools,
    "customers": _write_customers,
    "volumes": _write_volumes,
    "partners": _write_partners,
    "journeys": _write_journeys,
    "reviews": _write_reviews,
}
