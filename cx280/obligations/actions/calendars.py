"""Opens a person's calendar feed, and changes its secret address."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from cx280.accounts.models import Person
from cx280.audit.actions import record, subject_of
from cx280.obligations.models import CalendarFeed


def open_feed(person: Person) -> CalendarFeed:
    """The person's feed, made at the first asking."""
    return CalendarFeed.objects.get_or_create(person=person)[0]


@transaction.atomic
def renew_feed(person: Person) -> CalendarFeed:
    """A new address; the old one stops working at once."""
    feed = open_feed(person)
    CalendarFeed.objects.filter(pk=feed.pk).update(number=F("number") + 1)
    feed.refresh_from_db()
    record(actor=person.email, action="renew_calendar_address", subject=subject_of(person))
    return feed
