"""Adds and removes the parts of a service: channels, roles, tools, customers, volumes, partners."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction

from cx280.accounts.models import Person
from cx280.kernel.problem import Conflict, NotFound, Unusable
from cx280.services.actions.trail import tidy, told
from cx280.services.models import (
    Service,
    ServiceChannel,
    ServiceCustomer,
    ServicePartner,
    ServiceReview,
    ServiceRole,
    ServiceTool,
    ServiceVolume,
)
from cx280.services.queries.facts import facts_of
from cx280.services.rules.traditional import retiring_last_traditional
from cx280.services.rules.vocabulary import Channel

PARTS: dict[str, type[models.Model]] = {
    "channels": ServiceChannel,
    "roles": ServiceRole,
    "tools": ServiceTool,
    "customers": ServiceCustomer,
    "volumes": ServiceVolume,
    "partners": ServicePartner,
    "reviews": ServiceReview,
}


def add_part(
    service: Service, part: str, *, by: Person | None, values: Mapping[str, Any]
) -> models.Model:
    """The row added to a part of the service; Unusable when the same is listed already."""
    kind = _kind(part)
    try:
        with transaction.atomic():
            row = kind._default_manager.create(service=service, **tidy(values))
            told(f"add_{part}", service, by=by, organization=service.owner, added=str(row))
    except IntegrityError as problem:
        raise Unusable("That is listed already.") from problem
    return row


def remove_part(service: Service, part: str, pk: int, *, by: Person | None) -> None:
    """The row is gone; Conflict when it is the last traditional channel."""
    with transaction.atomic():
        row = _kind(part)._default_manager.filter(service=service, pk=pk).first()
        if row is None:
            raise NotFound("That is not listed any more.")
        if isinstance(row, ServiceChannel):
            _keep_a_traditional_channel(service, row)
        told(f"remove_{part}", service, by=by, organization=service.owner, removed=str(row))
        row.delete()


def retire_channel(channel: ServiceChannel, *, last_day: date, by: Person | None) -> None:
    """The channel is in use until that day, included; Conflict when none traditional is left."""
    service = channel.service
    with transaction.atomic():
        _keep_a_traditional_channel(service, channel)
        channel.until = last_day
        channel.save(update_fields=["until"])
        told(
            "retire_channel",
            service,
            by=by,
            organization=service.owner,
            channel=channel.channel,
            until=str(last_day),
        )


def _keep_a_traditional_channel(service: Service, channel: ServiceChannel) -> None:
    found = retiring_last_traditional(facts_of(service), [Channel.of(channel.channel)])
    for each in found:
        raise Conflict(each.message, rule=each.rule, fix=each.fix)


def _kind(part: str) -> type[models.Model]:
    kind = PARTS.get(part)
    if kind is None:
        raise NotFound(f"A service has no part called “{part}”.")
    return kind
