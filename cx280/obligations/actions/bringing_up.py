"""Makes the obligations there should be: each once, however often this runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from cx280.agencies.models import Level, Organization
from cx280.audit.actions import record, subject_of
from cx280.circular.deadlines import edition_for
from cx280.circular.edition import editions
from cx280.circular.implements import implements
from cx280.kernel.quarter import fiscal_year_of
from cx280.obligations.models import Obligation
from cx280.obligations.rules.expected import (
    DesignatedService,
    Expected,
    Provider,
    expected,
    expected_of_agency,
)
from cx280.obligations.rules.vocabulary import Scope
from cx280.services.models import Designation, Hisp
from cx280.services.queries import hisp_periods
from cx280.services.rules.hisp_list import Period

# A year's obligations are made so many days before it begins: its first day is December 31.
_AHEAD = timedelta(days=30)


def bring_up(today: date) -> int:
    """How many obligations were made, of all providers and years up to the one that runs."""
    hisps = list(Hisp.objects.select_related("organization").prefetch_related("changes"))
    made = sum(bring_up_provider(each, today) for each in hisps)
    agencies = Organization.objects.filter(level=Level.DEPARTMENT, executive_agency=True)
    for agency in agencies:
        own = [hisp_periods(each) for each in hisps if agency.contains(each.organization)]
        made += bring_up_agency(agency, own, today)
    return made


@implements("280.9-g1")
@transaction.atomic
def bring_up_agency(agency: Organization, own: Sequence[Sequence[Period]], today: date) -> int:
    """How many obligations of the agency itself were made: those no provider meets for it.

    own: the days on which each of its units was a provider.
    """
    known = set(Obligation.objects.filter(organization=agency).values_list("code", "period"))
    rows = [
        Obligation(organization=agency, **_days(each))
        for year in _years(today)
        for each in expected_of_agency(edition_for(year), year, own)
        if agency.is_active(each.due.due) and (each.due.obligation, each.due.period) not in known
    ]
    if rows:
        Obligation.objects.bulk_create(rows, ignore_conflicts=True)
        record(
            actor="system",
            action="make_obligations",
            subject=subject_of(agency),
            organization=agency.code,
            detail={"obligations": len(rows), "years": [each.fiscal_year for each in rows]},
        )
    return len(rows)


@implements("280.1-a3", "280.13-a2", "280.14-c1", "INC-24")
@transaction.atomic
def bring_up_provider(hisp: Hisp, today: date) -> int:
    """How many obligations of the provider were made.

    Two workers at once make each but once: the record refuses a second, which is passed over.
    """
    known = set(Obligation.objects.filter(hisp=hisp).values_list("service_id", "code", "period"))
    missing = [
        row
        for row in (_row(hisp, each) for each in _expected(hisp, today))
        if (row.service_id, row.code, row.period) not in known
    ]
    if not missing:
        return 0
    before = len(known)
    Obligation.objects.bulk_create(missing, ignore_conflicts=True)
    made = Obligation.objects.filter(hisp=hisp).count() - before
    if made > 0:
        record(
            actor="system",
            action="make_obligations",
            subject=subject_of(hisp),
            organization=hisp.organization.code,
            detail={"obligations": made, "years": sorted({each.fiscal_year for each in missing})},
        )
    return max(made, 0)


def _expected(hisp: Hisp, today: date) -> Iterator[Expected]:
    provider = Provider(
        hisp_periods(hisp),
        [
            DesignatedService(each.service_id, Period(each.concurred_on, each.ended_on))
            for each in Designation.objects.filter(hisp=hisp, concurred_on__isnull=False).order_by(
                "concurred_on"
            )
        ],
    )
    for year in _years(today):
        yield from expected(edition_for(year), year, provider)


def _years(today: date) -> range:
    first = int(editions()[0].removeprefix("FY"))
    return range(first, fiscal_year_of(today + _AHEAD) + 1)


def _row(hisp: Hisp, each: Expected) -> Obligation:
    return Obligation(hisp=hisp, service_id=each.service, **_days(each))


def _days(each: Expected) -> dict[str, Any]:
    due = each.due
    return {
        "scope": Scope.of(due.scope).value,
        "code": due.obligation,
        "name": due.name,
        "period": due.period,
        "fiscal_year": int(due.period[2:6]),
        "due": due.due,
        "rule_date": due.rule_date,
        "act_by": due.act_by,
        "published": due.published,
        "source": due.source,
        "edition": due.edition,
        "before_edition": due.before_edition,
    }
