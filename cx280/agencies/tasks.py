"""Carries out planned changes of the organization tree when their day comes; safe to run twice."""

import logging
from datetime import date

from cx280.agencies.actions import carry_out
from cx280.agencies.queries import planned_changes
from cx280.kernel.problem import Problem

log = logging.getLogger(__name__)


def carry_out_planned_changes(on: date) -> int:
    """How many planned changes were carried out. One that no longer fits stays planned.

    The organization's page shows it as overdue, for a person to withdraw or plan anew.
    """
    before = planned_changes(on).count()
    for change in planned_changes(on):
        try:
            carry_out(change, today=on)
        except Problem as problem:
            log.warning("Planned change %s was not carried out: %s", change.pk, problem)
    return before - planned_changes(on).count()
