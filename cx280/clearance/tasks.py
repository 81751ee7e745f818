"""Watches when clearances end."""

import logging
from datetime import date

from django.db import IntegrityError

from cx280.circular.implements import implements
from cx280.clearance.actions import announce_expiry
from cx280.clearance.queries import clearances_ending
from cx280.clearance.rules.force import WARNING_DAYS, warning_due

log = logging.getLogger(__name__)


@implements("280.11-a1")
def watch_expiry(on: date) -> int:
    """How many clearances' ends were announced on that day; 180, 90 and 30 days ahead, once each.

    Safe to run as often as wanted. One that fails is logged and tried again by the next run.
    """
    announced = 0
    for clearance in clearances_ending(on, max(WARNING_DAYS)):
        told = set(clearance.warnings.values_list("days_ahead", flat=True))
        due = warning_due(clearance.expires_on, on, told)
        if due is None:
            continue
        try:
            announce_expiry(clearance, due, on=on)
            announced += 1
        except IntegrityError:
            log.info("another worker announced the end of %s", clearance.control_number)
        except OSError as problem:  # the mail server does not answer
            log.warning("could not announce the end of %s: %s", clearance.control_number, problem)
    return announced
