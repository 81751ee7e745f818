"""Sends a digest to whoever wants their alarms together; two workers never send one twice."""

from __future__ import annotations

import logging
from datetime import datetime

from cx280.alarms.channels.email.digest import send_digest
from cx280.alarms.channels.shape import Failed
from cx280.alarms.models import Contact
from cx280.alarms.queries.digests import all_alarms, digest_for
from cx280.alarms.queries.recipients import quiet_hours_of
from cx280.alarms.rules.hours import is_digest_due, latest_digest
from cx280.alarms.rules.vocabulary import Pace
from cx280.delivery.sealing import CannotOpen

log = logging.getLogger(__name__)


def send_digest_to(contact: Contact, now: datetime) -> bool:
    """Whether it was due and its mail server took it; what was not taken is tried at the next run.

    The day is claimed before: a worker that is killed while it sends leaves one digest out.
    """
    zone, pace = quiet_hours_of(contact).zone, Pace.of(contact.pace)
    if not is_digest_due(pace, contact.digest_on, now, zone):
        return False
    before, day = contact.digest_on, latest_digest(pace, now, zone)
    mine = Contact.objects.filter(pk=contact.pk, digest_on=before)
    if not mine.update(digest_on=day):
        return False
    digest = digest_for(contact, now, zone)
    if digest is None:
        return False
    try:
        send_digest(
            contact.told_at, digest, delivery=f"{contact.pk}-{day:%Y%m%d}", now=now,
            all_alarms=all_alarms(),
        )  # fmt: skip
    except (Failed, CannotOpen) as problem:
        log.warning("digest for contact %s failed: %s", contact.pk, problem)
        if not (isinstance(problem, Failed) and problem.permanent):
            Contact.objects.filter(pk=contact.pk, digest_on=day).update(digest_on=before)
        return False
    return True
