"""Writes indicators, their years, and what was changed of their meaning."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.indicators.access import may_write
from cx280.indicators.models import FigureNote, Indicator, Redefinition, YearFigure
from cx280.indicators.rules.definition import binding_fault, what_changed
from cx280.indicators.rules.measures import read_measure
from cx280.indicators.rules.vocabulary import Kind
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.kernel.quarter import fiscal_year_of


@implements("280.12-a1", "280.9-b1")
def save_indicator(
    agency: Organization,
    indicator: Indicator | None,
    *,
    fields: dict[str, Any],
    by: Person,
    now: datetime,
    because: str = "",
    from_year: int | None = None,
) -> Indicator:
    """The indicator with these fields, new when there is none yet.

    A change of what it means is kept with its reason and breaks the series from `from_year`, this
    fiscal year when not given.
    """
    row = indicator or Indicator(agency=agency)
    service = fields.get("service", row.service)
    _only(by, agency, row.service if indicator else service)
    _only(by, agency, service)
    if service is not None and agency_of(service.owner) != agency:
        raise Unusable("This service belongs to another agency.", field="service")
    changed = what_changed({each: getattr(row, each) for each in fields}, fields)
    if indicator and changed and not because.strip():
        raise Unusable(
            "Say why its meaning changes: years before and after will not be compared.",
            field="because", rule="INC-05",
        )  # fmt: skip
    for name, value in fields.items():
        setattr(row, name, value)
    _check_binding(row)
    try:
        with transaction.atomic():
            row.save()
            if indicator and changed:
                _redefine(row, changed, because, from_year, by, now)
            _audit("write_indicator", row, by, new=indicator is None,
                   changed={name: list(pair) for name, pair in changed.items()})  # fmt: skip
    except IntegrityError as error:
        raise Conflict(
            "The service has an indicator of this name already.", field="name",
            fix="Change that one, or choose another name.",
        ) from error  # fmt: skip
    return row


def _check_binding(row: Indicator) -> None:
    fault = binding_fault(
        Kind.of(row.kind), read_measure(row.measure), has_service=row.service is not None
    )
    if fault:
        raise Unusable(fault, field="measure", rule="280.12-a2")


def _redefine(
    row: Indicator,
    changed: dict[str, tuple[Any, Any]],
    because: str,
    from_year: int | None,
    by: Person,
    now: datetime,
) -> None:
    Redefinition.objects.create(
        indicator=row, why=because.strip(),
        fiscal_year=from_year or fiscal_year_of(timezone.localdate(now)),
        before={name: pair[0] for name, pair in changed.items()},
        after={name: pair[1] for name, pair in changed.items()}, at=now, by=by,
    )  # fmt: skip


@implements("280.12-a1")
@transaction.atomic
def set_year(
    indicator: Indicator,
    fiscal_year: int,
    *,
    target: float | None,
    actual: float | None = None,
    actual_source: str = "",
    why: str = "",
    by: Person,
    now: datetime,
) -> YearFigure:
    """The year's target, and its figure where that is stated by hand; what was before is kept.

    Raises Unusable for a figure typed where the measure gives it, or one without its source.
    """
    _only(by, indicator.agency, indicator.service)
    if actual is not None and indicator.measure:
        raise Unusable("This figure is drawn from its measure and cannot be typed.", field="actual")
    if actual is not None and not actual_source.strip():
        raise Unusable("Say where the figure is from.", field="actual_source")
    source = actual_source.strip() if actual is not None else ""
    year, _ = YearFigure.objects.select_for_update().get_or_create(
        indicator=indicator, fiscal_year=fiscal_year
    )
    before = {"target": year.target, "actual": year.actual, "source": year.actual_source}
    after = {"target": target, "actual": actual, "source": source}
    if before == after:
        return year
    year.target, year.actual, year.actual_source = target, actual, source
    year.save(update_fields=["target", "actual", "actual_source"])
    FigureNote.objects.create(year=year, target=target, actual=actual, actual_source=source,
                              why=why.strip(), at=now, by=by)  # fmt: skip
    _audit("set_indicator_year", indicator, by, fiscal_year=fiscal_year, before=before, after=after,
           why=why.strip())  # fmt: skip
    return year


@transaction.atomic
def retire_indicator(indicator: Indicator, *, on: date, by: Person) -> Indicator:
    """Takes it out of plans and scorecards; its years stay."""
    _only(by, indicator.agency, indicator.service)
    indicator.retired_on = on
    indicator.save(update_fields=["retired_on"])
    _audit("retire_indicator", indicator, by, on=on.isoformat())
    return indicator


def _only(by: Person, agency: Organization, service: Any) -> None:  # noqa: ANN401
    if not may_write(by, agency, service):
        raise NotAllowed("You may not write indicators here.")


def _audit(action: str, indicator: Indicator, by: Person, **detail: object) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(indicator),
        organization=indicator.agency.code,
        detail={"name": indicator.name, **detail},
    )
