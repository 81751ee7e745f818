"""Paper forms of one office that a clerk keyed, and a telephone line that is switched on.

The answers are those that are there already: which of them came on paper changes no figure.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count

from cx280.responses.models import Entry, FormRun, PaperBatch, PhoneLine, Response, SecondKeying
from cx280.responses.rules.entering import EntryMode, Mark, Outcome
from cx280.responses.rules.form_numbers import form_number
from cx280.services.rules.vocabulary import Channel
from cx280.site.demo.records import Built

_SERVICE, _SHEETS, _HANDED_OUT, _DAYS = "boat-permits", 12, 50, 60
_ZONE = ZoneInfo("America/New_York")


def add_entered(built: Built, today: date) -> int:
    """A batch of keyed forms and a telephone line; how many forms."""
    versions = built.versions.get(_SERVICE)
    if not versions:
        return 0
    version, clerk = versions[-1], built.people["entry_clerk"]
    PhoneLine.objects.create(survey=version.survey, is_on=True)
    given = Response.objects.filter(
        version=version, channel=Channel.IN_PERSON, day__lt=today, suspected=""
    )
    recent = given.filter(day__gt=today - timedelta(days=_DAYS)).values("day", "unit")
    busiest = recent.annotate(n=Count("pk")).order_by("-n", "-day", "unit").first()
    if busiest is None:
        return 0
    on_that_day = given.filter(day=busiest["day"], unit=busiest["unit"]).order_by("pk")
    sheets = list(on_that_day.select_related("unit")[:_SHEETS])
    latest = sheets[0]
    keyed_at = datetime.combine(latest.day + timedelta(days=1), time(9), _ZONE)
    FormRun.objects.create(
        version=version, unit=latest.unit, language="en", first=1, copies=_HANDED_OUT,
        return_to=f"{latest.unit}\n1 Harbor Road", printed_by=clerk,
        printed_at=keyed_at - timedelta(days=14),
    )  # fmt: skip
    batch = PaperBatch.objects.create(
        version=version, unit=latest.unit, channel=Channel.IN_PERSON, received_on=latest.day,
        handed_out=_HANDED_OUT, check_percent=10, seed="demo", opened_by=clerk, opened_at=keyed_at,
    )  # fmt: skip
    entries = [_entry(batch, each, number, clerk.pk) for number, each in enumerate(sheets, start=1)]
    Response.objects.filter(pk__in=[each.pk for each in sheets]).update(
        source=Response.Source.KEYED, seconds=None
    )
    Entry.objects.bulk_create(entries)
    _keyed_again(entries[0], sheets[0], built)
    return len(entries)


def _entry(batch: PaperBatch, response: Response, number: int, clerk: int) -> Entry:
    blank = [name for name, answer in response.answers.items() if answer is None]
    return Entry(
        id=response.pk, version=batch.version, batch=batch, unit=batch.unit, mode=EntryMode.PAPER,
        outcome=Outcome.ANSWERED, day=batch.received_on, response=response, entered_by_id=clerk,
        form_number=form_number(batch.version.number, number), to_check=number in {1, 2},
        marks=dict.fromkeys(blank, (Mark.SEVERAL if number == 3 else Mark.BLANK).value),
        entered_at=batch.opened_at + timedelta(seconds=40 * number),
    )  # fmt: skip


def _keyed_again(entry: Entry, response: Response, built: Built) -> None:
    """One sheet keyed by somebody else, who read one circle differently."""
    differing = next((name for name, each in response.answers.items() if each), None)
    SecondKeying.objects.create(
        entry=entry, answers=response.answers, marks=entry.marks, compared=len(response.answers),
        differing=[differing] if differing else [], keyed_by=built.people["program_manager"],
        keyed_at=entry.entered_at + timedelta(hours=3),
    )  # fmt: skip
