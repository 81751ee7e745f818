"""Keeping what was found about drivers, so that a page does not work it out."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction

from cx280.measures.models import DriverResult, TypeResult
from cx280.measures.queries.patterns import Question
from cx280.measures.queries.service_types import TypeQuestion
from cx280.measures.rules.drivers import Finding
from cx280.measures.rules.service_types import TypeFinding


@transaction.atomic
def store_driver_result(
    asked: Question, finding: Finding, *, made_from: str, made_at: datetime
) -> None:
    """Keeps what was found for the pages; replaces what was found before."""
    DriverResult.objects.update_or_create(
        service=asked.service,
        unit=asked.cut.unit,
        channel=asked.cut.channel,
        starts_on=asked.period.last.first_day,
        quarters=asked.period.quarters,
        outcome=asked.outcome,
        defaults={
            "made_from": made_from,
            "made_at": made_at,
            "result": msgspec.to_builtins(finding),
        },
    )


@transaction.atomic
def store_type_result(
    asked: TypeQuestion, finding: TypeFinding, *, made_from: str, made_at: datetime
) -> None:
    """Keeps what was found for services of a type; replaces what was found before."""
    TypeResult.objects.update_or_create(
        service_type=asked.service_type,
        services=asked.who,
        starts_on=asked.last.first_day,
        outcome=asked.outcome,
        defaults={
            "made_from": made_from,
            "made_at": made_at,
            "result": msgspec.to_builtins(finding),
        },
    )
