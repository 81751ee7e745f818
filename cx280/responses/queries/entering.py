"""Reads what staff entered: today, by batch, how two keyings agree, and what came of each mode."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum

from cx280.accounts.models import Person
from cx280.circular.implements import implements
from cx280.kernel.problem import NotFound
from cx280.responses import queries
from cx280.responses.models import Entry, PaperBatch
from cx280.responses.rules.entering import EntryMode, Mark, Outcome, received_too_late
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import Survey, SurveyVersion


def versions_of(survey: Survey) -> list[SurveyVersion]:
    """The versions of the survey, newest first."""
    found = SurveyVersion.objects.filter(survey=survey).select_related("survey__service__owner")
    return list(found.order_by("-number"))


def batches_of(survey: Survey, units: QuerySet[Any] | None) -> QuerySet[PaperBatch]:
    """The batches, newest first, with how many sheets each has; of these units when given."""
    found = PaperBatch.objects.filter(version__survey=survey).select_related(
        "version__survey", "unit", "opened_by"
    )
    if units is not None:
        found = found.filter(unit__in=units)
    waiting = Count("entries", filter=Q(entries__to_check=True, entries__second=None))
    return found.annotate(sheets=Count("entries"), waiting=waiting)


def entered_since(person: Person, since: datetime, survey: Survey, mode: EntryMode) -> int:
    """How many sheets, or calls, of the survey the person entered since that moment."""
    found = Entry.objects.filter(entered_by=person, entered_at__gte=since, mode=mode)
    return found.filter(version__survey=survey).count()


def latest_entries(entries: QuerySet[Entry], most: int = 10) -> list[Entry]:
    """The newest of them."""
    found = entries.select_related("entered_by", "second")
    return list(found.order_by("-entered_at")[:most])


def entries_to_check(batch: PaperBatch, person: Person) -> list[Entry]:
    """The sheets drawn for a second keying that wait for somebody else than who keyed them."""
    found = batch.entries.filter(to_check=True, second=None).exclude(entered_by=person)
    return list(found.order_by("entered_at"))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two keyings agree: sheets keyed twice, questions, and the sheets that differ."""

    sheets: int
    compared: int
    differing: int
    which: list[Entry]

    @property
    def share(self) -> float | None:
        """The share of questions keyed alike, in [0, 1]; None before anything was keyed twice."""
        return 1 - self.differing / self.compared if self.compared else None


def agreement_of(batch: PaperBatch) -> Agreement:
    """The agreement of the batch, with the sheets that somebody should look at."""
    twice = list(
        batch.entries.exclude(second=None).select_related("second__keyed_by", "entered_by")
    )
    return Agreement(
        sheets=len(twice),
        compared=sum(each.second.compared for each in twice),
        differing=sum(len(each.second.differing) for each in twice),
        which=[each for each in twice if each.second.differing],
    )


def marks_of(batch: PaperBatch) -> list[tuple[Mark, int]]:
    """How many questions of the batch had no answer, by why; most first."""
    counts: Counter[str] = Counter()
    for marks in batch.entries.values_list("marks", flat=True):
        counts.update(marks.values())
    return [(Mark.of(each), n) for each, n in counts.most_common()]


@dataclass(frozen=True, slots=True)
class ModeReach:
    """What came of one way of asking: people it was offered to, None where nobody counted them."""

    mode: EntryMode
    offered: int | None
    outcomes: dict[Outcome, int]

    @property
    def answered(self) -> int:
        """How many answered."""
        return self.outcomes.get(Outcome.ANSWERED, 0)

    @property
    def others(self) -> list[tuple[str, int]]:
        """What else came of them, in words, with how many."""
        return [(each.label, n) for each, n in self.outcomes.items() if each != Outcome.ANSWERED]

    @property
    def response_rate(self) -> float | None:
        """Answered of those it was offered to, in [0, 1]; None where it cannot be computed."""
        return self.answered / self.offered if self.offered and self.answered <= self.offered else (
            None
        )  # fmt: skip


@implements("280.6-a2", "INC-33")
def reach_by_mode(survey: Survey, since: date) -> list[ModeReach]:
    """Paper and phone of the survey since that day; a mode without a sheet or call is left out.

    By phone every call counts, asked or not. On paper the forms handed out count, where they were.
    """
    rows = Entry.objects.filter(version__survey=survey, day__gte=since)
    found: dict[EntryMode, dict[Outcome, int]] = {}
    for mode, outcome, n in rows.order_by().values_list("mode", "outcome").annotate(n=Count("pk")):
        found.setdefault(EntryMode.of(mode), {})[Outcome.of(outcome)] = n
    return [
        ModeReach(mode, _offered(survey, since, mode, found[mode]), found[mode])
        for mode in EntryMode
        if mode in found
    ]


def _offered(
    survey: Survey, since: date, mode: EntryMode, outcomes: dict[Outcome, int]
) -> int | None:
    if mode is EntryMode.PHONE:
        return sum(outcomes.values())
    batches = PaperBatch.objects.filter(version__survey=survey, received_on__gte=since)
    if batches.filter(handed_out=None).exists():
        return None
    total = batches.aggregate(all=Sum("handed_out"))["all"]
    return None if total is None else int(total)


@dataclass(frozen=True, slots=True)
class SurveyToEnter:
    """A survey with what a person entered for it today."""

    survey: Survey
    is_open: bool
    sheets: int
    calls: int


def surveys_to_enter(
    surveys: QuerySet[Survey], person: Person, since: datetime
) -> list[SurveyToEnter]:
    """The surveys that were ever open, those open now first, with what the person entered."""
    rows = Entry.objects.filter(entered_by=person, entered_at__gte=since)
    counts = {
        (survey, mode): n
        for survey, mode, n in rows.order_by()
        .values_list("version__survey", "mode")
        .annotate(n=Count("pk"))
    }
    asked = surveys.exclude(versions=None).defer("draft").distinct().order_by("title")
    found = [
        SurveyToEnter(
            each, each.state == Survey.State.OPEN,
            counts.get((each.pk, "paper"), 0), counts.get((each.pk, "phone"), 0),
        )
        for each in asked
    ]  # fmt: skip
    return sorted(found, key=lambda each: not each.is_open)


def channels_of(survey: Survey) -> list[tuple[str, str]]:
    """The channels of the survey's service as (value, words), the survey's own first."""
    given = survey.service.channels.values_list("channel", flat=True)
    found = dict.fromkeys([survey.channel, *given])
    return [(each, Channel.of(each).label) for each in found]


def usual_channel(survey: Survey) -> str:
    """Where paper forms most likely come from: in person rather than from a website."""
    own = Channel.of(survey.channel)
    offered = {value for value, _ in channels_of(survey)}
    in_person = Channel.IN_PERSON.value
    return in_person if own.is_digital and in_person in offered else own.value


def late_for(version: SurveyVersion, received_on: date) -> str:
    """Why forms received that day cannot be keyed for the version, or ""."""
    zone = ZoneInfo(queries.owner_of(version).time_zone)
    ended = queries.ended_at(version)
    # Midnight ends the day before: what came on the last day came in time.
    last = None if ended is None else (ended.astimezone(zone) - timedelta(seconds=1)).date()
    return received_too_late(received_on, version.opened_at.astimezone(zone).date(), last)


def entry_to_check(batch: PaperBatch, number: str) -> Entry:
    """The sheet of the batch with that number; NotFound otherwise."""
    found = batch.entries.filter(form_number=number).select_related("response", "entered_by")
    entry = found.first()
    if entry is None:
        raise NotFound("No form with this number was keyed in this batch.")
    return entry


def calls_of(survey: Survey, person: Person) -> QuerySet[Entry]:
    """The calls of the survey that the person entered."""
    found = Entry.objects.filter(version__survey=survey, mode=EntryMode.PHONE, entered_by=person)
    return found.select_related("batch", "version__survey__service__owner")
