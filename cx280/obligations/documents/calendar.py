"""A calendar file (RFC 5545) of what somebody owes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from cx280.obligations.rules.calendar import Entry

_PRODUCT = "-//cx280//Obligations of Section 280//EN"
# How often a calendar program asks anew.
_ANEW = timedelta(hours=6)


def calendar_of(name: str, entries: Iterable[Entry], *, now: datetime) -> bytes:
    """The file; its entries are whole days that keep nobody from being free."""
    found = Calendar()
    found.add("prodid", _PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    found.add("refresh-interval", _ANEW, parameters={"VALUE": "DURATION"})
    for each in entries:
        found.add_component(_event(each, now))
    return bytes(found.to_ical())


def _event(entry: Entry, now: datetime) -> Event:
    found = Event()
    found.add("uid", entry.key)
    found.add("dtstamp", now)
    found.add("dtstart", entry.day)
    found.add("dtend", entry.day + timedelta(days=1))
    found.add("summary", entry.title)
    found.add("description", f"{entry.text}\n{entry.address}")
    found.add("url", entry.address)
    found.add("transp", "TRANSPARENT")
    if entry.alarm_days is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", -timedelta(days=entry.alarm_days))
        found.add_component(alarm)
    return found
