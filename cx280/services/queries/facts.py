"""Services as the plain facts that checks decide from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from cx280.agencies.models import Organization
from cx280.circular.edition import edition
from cx280.kernel.finding import Finding
from cx280.services.checks import check
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
from cx280.services.rules.facts import (
    JourneyFacts,
    Partner,
    ServiceFacts,
    Step,
    Terms,
    Volume,
)
from cx280.services.rules.names import name_key
from cx280.services.rules.people import needs_a_person
from cx280.services.rules.vocabulary import Channel, PerformerKind, Stage

PARTS = (
    "channels",
    "roles",
    "tools",
    "customers",
    "volumes",
    "partners__organization",
    "reviews",
    Prefetch(
        "journeys",
        Journey.objects.prefetch_related(
            Prefetch("steps", JourneyStep.objects.select_related("organization")), "steps__tools"
        ),
    ),
)


def terms() -> Terms:
    """What services are measured against here and now: settings and the edition in force."""
    low, high = getattr(settings, "CX280_DESCRIPTION_CHARACTERS", (20, 1000))
    types = edition(settings.CX280_EDITION).service_types
    months = getattr(settings, "CX280_REVIEW_MONTHS", 12)
    return Terms(low, high, frozenset(each.code for each in types), months)


def facts_of(service: Service, on: date | None = None) -> ServiceFacts:
    """The facts of one service on a day (today when not given)."""
    return facts_of_many([service], on)[0]


def facts_of_many(services: Sequence[Service], on: date | None = None) -> list[ServiceFacts]:
    """The facts of services on a day, in their order, in a fixed number of queries."""
    day = on or timezone.localdate()
    prefetch_related_objects(list(services), "owner")
    names = _names_used({_root(each.owner) for each in services})
    parts = _parts_of([each.pk for each in services])
    return [_facts(each, day, names, parts) for each in services]


def read_parts(services: Iterable[Service]) -> None:
    """Reads every part of the services anew, whatever was read before, in a few queries."""
    listed = list(services)
    for each in listed:
        each.__dict__.pop("_prefetched_objects_cache", None)
    prefetch_related_objects(listed, "owner", "hisp", *PARTS)


def findings_of(service: Service, on: date | None = None) -> list[Finding]:
    """Everything the checks find wrong with the service on a day."""
    return check(facts_of(service, on), terms())


def has_human_role(service: Service) -> bool:
    """Whether a person does some task of the service: the employee driver then applies."""
    performers = service.roles.values_list("performer", flat=True)
    return needs_a_person(PerformerKind.of(each) for each in performers)


def hisp_of(service: Service) -> Hisp | None:
    """The High-Impact Service Provider the service belongs to, if any."""
    return service.hisp


def is_digital(channel: ServiceChannel) -> bool:
    """Whether the channel is a digital one."""
    return Channel.of(channel.channel).is_digital


def unit_names(units: Iterable[Organization]) -> dict[int, str]:
    """Each unit's way from the root, `Department › Bureau › Office`, by primary key (INC-26)."""
    given = list(units)
    wanted = {int(pk) for unit in given for pk in unit.path.strip("/").split("/")}
    names = dict(Organization.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return {
        unit.pk: " › ".join(names[int(pk)] for pk in unit.path.strip("/").split("/"))
        for unit in given
    }


def _root(unit: Organization) -> str:
    return unit.path.split("/")[1]


def _names_used(roots: set[str]) -> dict[str, Counter[str]]:
    """How often each name is used by the services of an agency that are not retired."""
    where = Q(pk__in=[])
    for root in roots:
        where |= Q(owner__path__startswith=f"/{root}/")
    used: dict[str, Counter[str]] = {root: Counter() for root in roots}
    rows = Service.objects.filter(where, retired_on__isnull=True)
    for name, path in rows.values_list("name", "owner__path"):
        used[path.split("/")[1]][name_key(name)] += 1
    return used


class _Rows(defaultdict[int, list[Any]]):
    """Plain rows by the primary key they belong to, which leads each row."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        super().__init__(list)
        for key, *rest in rows:
            self[key].append(rest)


def _parts_of(pks: list[int]) -> dict[str, _Rows]:
    """Every part of the services as plain rows: objects would take most of a page's time."""
    asked: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
        "channels": (ServiceChannel, ("channel", "until")),
        "performers": (ServiceRole, ("performer",)),
        "tools": (ServiceTool, ("name",)),
        "customers": (ServiceCustomer, ("customer_type", "interaction_path")),
        "volumes": (ServiceVolume, ("fiscal_year", "customers", "source", "channel")),
        "partners": (ServicePartner, ("name", "organization__name", "contact")),
        "journeys": (Journey, ("pk", "name")),
        "reviews": (ServiceReview, ("reviewed_on",)),
    }
    parts = {
        name: _Rows(
            kind._default_manager.filter(service__in=pks).values_list("service_id", *fields)
        )
        for name, (kind, fields) in asked.items()
    }
    steps = JourneyStep.objects.filter(journey__service__in=pks)
    parts["steps"] = _Rows(
        steps.order_by("position").values_list(
            "journey_id",
            "pk",
            "name",
            "stage",
            "is_moment_that_matters",
            "channel",
            "transaction_type",
        )
    )
    used = JourneyStep.tools.through.objects.filter(journeystep__journey__service__in=pks)
    parts["step_tools"] = _Rows(used.values_list("journeystep_id", "servicetool__name"))
    parts["surveys"] = _Rows(_channels_of_open_surveys(pks))
    return parts


def _channels_of_open_surveys(pks: list[int]) -> Iterable[tuple[int, str]]:
    """Channels of surveys open now, by service; surveys stand above, so by their name only."""
    return Service.objects.filter(pk__in=pks, surveys__state="open").values_list(
        "pk", "surveys__channel"
    )


def _facts(
    service: Service, day: date, names: dict[str, Counter[str]], parts: dict[str, _Rows]
) -> ServiceFacts:
    pk = service.pk
    used = names[_root(service.owner)][name_key(service.name)]
    channels = parts["channels"][pk]
    in_use = {Channel.of(each) for each, until in channels if until is None or until >= day}
    return ServiceFacts(
        **{name: getattr(service, name) for name in _SAME},
        unit=service.owner.name,
        unit_is_active=_is_active(service.owner, day),
        namesakes=max(0, used - 1) if service.retired_on is None else 0,
        channels=frozenset(in_use),
        retired_channels=frozenset({Channel.of(each) for each, _ in channels} - in_use),
        performers=tuple(PerformerKind.of(each) for (each,) in parts["performers"][pk]),
        tools=tuple(name for (name,) in parts["tools"][pk]),
        customers=tuple((kind, path) for kind, path in parts["customers"][pk]),
        volumes=tuple(
            Volume(year, customers, source, Channel.of(channel) if channel else None)
            for year, customers, source, channel in parts["volumes"][pk]
        ),
        partners=tuple(
            Partner(name or unit, contact) for name, unit, contact in parts["partners"][pk]
        ),
        journeys=tuple(
            JourneyFacts(name, tuple(_step(step, parts) for step in parts["steps"][journey]))
            for journey, name in parts["journeys"][pk]
        ),
        survey_channels=frozenset(Channel.of(each) for (each,) in parts["surveys"][pk]),
        on=day,
        reviewed_on=max((each for (each,) in parts["reviews"][pk]), default=None),
    )


# Stored under the same name in the facts.
_SAME = (
    "name",
    "description",
    "service_type",
    "service_type_reason",
    "occasion",
    "offering",
    "outcome",
    "why_not_digital",
    "digital_potential",
    "traditional_exemption",
    "traditional_exemption_by",
    "accessible_methods",
    "eligible_population",
)


def _is_active(unit: Organization, day: date) -> bool:
    return (unit.active_from is None or unit.active_from <= day) and (
        unit.active_until is None or day <= unit.active_until
    )


def _step(row: list[Any], parts: dict[str, _Rows]) -> Step:
    pk, name, stage, is_moment, channel, kind = row
    tools = tuple(tool for (tool,) in parts["step_tools"][pk])
    return Step(name, Stage.of(stage), is_moment, tools, channel, kind)
