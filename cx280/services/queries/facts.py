"""Services as the plain facts that checks decide from."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from cx280.agencies.models import Organization
from cx280.circular.edition import edition
from cx280.kernel.finding import Finding
from cx280.services.checks import check
from cx280.services.models import Hisp, Journey, JourneyStep, Service, ServiceChannel
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
    return Terms(low, high, frozenset(each.code for each in types))


def facts_of(service: Service, on: date | None = None) -> ServiceFacts:
    """The facts of one service on a day (today when not given)."""
    return facts_of_many([service], on)[0]


def facts_of_many(services: Sequence[Service], on: date | None = None) -> list[ServiceFacts]:
    """The facts of services on a day, in their order, in a fixed number of queries."""
    day = on or timezone.localdate()
    read_parts(services)
    names = _names_used({_root(each.owner) for each in services})
    surveys = _channels_of_open_surveys(services)
    return [_facts(each, day, names, surveys) for each in services]


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


def _channels_of_open_surveys(services: Sequence[Service]) -> dict[int, set[Channel]]:
    """By service, the channels of surveys open now; surveys stand above, so by name only."""
    rows = Service.objects.filter(
        pk__in=[each.pk for each in services], surveys__state="open"
    ).values_list("pk", "surveys__channel")
    found: dict[int, set[Channel]] = {}
    for pk, channel in rows:
        found.setdefault(pk, set()).add(Channel.of(channel))
    return found


def _facts(
    service: Service,
    day: date,
    names: dict[str, Counter[str]],
    surveys: dict[int, set[Channel]],
) -> ServiceFacts:
    used = names[_root(service.owner)][name_key(service.name)]
    in_use = frozenset(
        Channel.of(each.channel)
        for each in service.channels.all()
        if each.until is None or each.until >= day
    )
    ended = frozenset(Channel.of(each.channel) for each in service.channels.all()) - in_use
    return ServiceFacts(
        name=service.name,
        description=service.description,
        unit=service.owner.name,
        unit_is_active=_is_active(service.owner, day),
        namesakes=max(0, used - 1) if service.retired_on is None else 0,
        service_type=service.service_type,
        service_type_reason=service.service_type_reason,
        occasion=service.occasion,
        offering=service.offering,
        outcome=service.outcome,
        channels=in_use,
        retired_channels=ended,
        why_not_digital=service.why_not_digital,
        digital_potential=service.digital_potential,
        traditional_exemption=service.traditional_exemption,
        traditional_exemption_by=service.traditional_exemption_by,
        accessible_methods=service.accessible_methods,
        performers=tuple(PerformerKind.of(each.performer) for each in service.roles.all()),
        tools=tuple(each.name for each in service.tools.all()),
        customers=tuple(
            (each.customer_type, each.interaction_path) for each in service.customers.all()
        ),
        volumes=tuple(
            Volume(
                each.fiscal_year,
                each.customers,
                each.source,
                Channel.of(each.channel) if each.channel else None,
            )
            for each in service.volumes.all()
        ),
        partners=tuple(Partner(str(each), each.contact) for each in service.partners.all()),
        journeys=tuple(_journey(each) for each in service.journeys.all()),
        eligible_population=service.eligible_population,
        survey_channels=frozenset(surveys.get(service.pk, set())),
    )


def _is_active(unit: Organization, day: date) -> bool:
    return (unit.active_from is None or unit.active_from <= day) and (
        unit.active_until is None or day <= unit.active_until
    )


def _journey(journey: Journey) -> JourneyFacts:
    return JourneyFacts(
        journey.name,
        tuple(
            Step(
                each.name,
                Stage.of(each.stage),
                each.is_moment_that_matters,
                tuple(tool.name for tool in each.tools.all()),
            )
            for each in journey.steps.all()
        ),
    )
