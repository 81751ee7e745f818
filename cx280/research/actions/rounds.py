"""Keeps usability rounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.research.models import TestRound


@implements("280.9-f2", "280.14-f5")
@transaction.atomic
def save_round(row: TestRound | None, *, by: Person, values: Mapping[str, Any]) -> TestRound:
    """The round with these values, a new one for None. A drawn flow lends its name.

    A round that needed an approval is kept all the same: what happened is told, and the finding
    stands beside it.
    """
    kept = row or TestRound(written_by=by)
    for name, value in values.items():
        setattr(kept, name, value)
    if kept.flow is not None:
        if kept.flow.service_id != kept.service_id:
            raise Unusable("This flow is another service’s.", field="flow")
        kept.flow_name = kept.flow.name
    if not kept.flow_name.strip():
        raise Unusable("Say what was tried.", field="flow_name")
    kept.save()
    record(
        actor=by.email,
        action="change_test_round" if row else "add_test_round",
        subject=subject_of(kept),
        organization=agency_of(kept.service.owner).code,
        detail={"flow": kept.flow_name, "planned": kept.planned, "came": kept.came},
    )
    return kept
