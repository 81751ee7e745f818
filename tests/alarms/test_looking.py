"""From facts to alarms: what falls is found in the next look, and what is as usual is not told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from cx280.alarms.actions.watching import choose_sensitivity
from cx280.alarms.models import Incident, Part, Watch
from cx280.alarms.queries.series import Record
from cx280.alarms.queries.waiting import watches_to_look_at
from cx280.alarms.queries.watching import replay_of
from cx280.alarms.rules.vocabulary import Kind, State
from cx280.alarms.tasks import look_at_what_is_watched
from cx280.measures.models import DayCount, Refresh
from cx280.services.models import Service
from cx280.telemetry.models import Counting, Flow
from tests.alarms.watched import a_digital_service, days_counted, hours_counted
from tests.builders import a_document, a_person, a_service, a_survey, a_version

pytestmark = pytest.mark.django_db
# A Tuesday in New York, 13:12.
NOW = datetime(2022, 5, 10, 17, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def service() -> Service:
    service = a_service(name="Passport renewal")
    a_digital_service(service)
    return service


def renewing(service: Service, **fields: object) -> Flow:
    values = {"key": "renew", "name": "Renew a passport", "steps": [["photo", "Photo"]],
              "launched_on": date(2021, 1, 1), **fields}  # fmt: skip
    return Flow.objects.create(service=service, **values)


def looked(at: datetime) -> int:
    return look_at_what_is_watched(at)


@pytest.mark.proves("280.7-h1")
def test_a_transaction_that_drops_by_40_percent_is_told_within_the_hour(service: Service) -> None:
    drop = NOW.replace(hour=16, minute=0)
    hours_counted(service, NOW.replace(minute=0), level=400,
                  factor=lambda hour: 0.6 if hour >= drop else 1.0)  # fmt: skip
    assert looked(NOW - HOUR) == 0

    looked(NOW)

    fell = {part.watch.key: part for part in Part.objects.select_related("watch")}
    assert set(fell) == {"page_view", "transaction_complete"}
    part = fell["transaction_complete"]
    assert part.period == drop
    assert part.low is not None
    assert part.seen < part.low
    assert "were to be expected" in part.words
    assert Incident.objects.count() == 1, "both are one incident"


@pytest.mark.any_database
@pytest.mark.proves("280.7-h1", "280.7-h2")
def test_a_quiet_week_with_a_holiday_is_told_of_hardly_ever(service: Service) -> None:
    """Eight figures, about one false alarm a month together: a week has a quarter of one."""
    choose_sensitivity(service, a_month=0.08, by=a_person())
    start = datetime(2022, 5, 27, 4, tzinfo=UTC)
    quiet = date(2022, 5, 30)  # Memorial Day
    zone = timezone.get_current_timezone()
    hours_counted(
        service, start + timedelta(days=5), days=61,
        factor=lambda hour: 0.4 if hour.astimezone(zone).date() == quiet else 1.0,
    )  # fmt: skip
    looked(start)

    assert looked(start + timedelta(days=5, minutes=12)) == 0
    assert Watch.objects.get(kind=Kind.EVENTS_BY_HOUR, key="page_view").looked_to == (
        start + timedelta(days=5)
    )


@pytest.mark.any_database
@pytest.mark.proves("280.7-h1")
def test_silence_is_told_as_silence(service: Service) -> None:
    stopped = NOW.replace(hour=14, minute=0)
    hours_counted(service, NOW.replace(minute=0),
                  factor=lambda hour: 0.0 if hour >= stopped else 1.0)  # fmt: skip
    looked(stopped + timedelta(minutes=12))

    looked(stopped + timedelta(hours=1, minutes=12))

    part = Part.objects.get(watch__key="page_view", watch__kind=Kind.EVENTS_BY_HOUR)
    assert (part.seen, part.silent) == (0, True)


def test_looking_twice_does_nothing_more(service: Service) -> None:
    drop = NOW.replace(hour=16, minute=0)
    hours_counted(service, NOW.replace(minute=0),
                  factor=lambda hour: 0.1 if hour >= drop else 1.0)  # fmt: skip
    looked(NOW - HOUR)
    looked(NOW)
    before = list(Part.objects.values())

    assert looked(NOW) == 0
    assert list(Part.objects.values()) == before


def test_a_fall_that_passes_ends_by_itself(service: Service) -> None:
    drop = NOW.replace(hour=16, minute=0)
    hours_counted(service, NOW.replace(minute=0) + 6 * HOUR,
                  factor=lambda hour: 0.2 if hour == drop else 1.0)  # fmt: skip
    looked(NOW - HOUR)
    looked(NOW)
    assert Incident.objects.get().state == State.OPEN

    looked(NOW + 5 * HOUR)

    assert Incident.objects.get().state == State.RESOLVED


@pytest.mark.any_database
def test_hours_that_are_not_counted_yet_are_not_looked_at(service: Service) -> None:
    hours_counted(service, NOW.replace(minute=0))
    looked(NOW)
    Counting.objects.create(behind_since=NOW)

    looked(NOW + 5 * HOUR)

    watch = Watch.objects.get(kind=Kind.EVENTS_BY_HOUR, key="page_view")
    assert watch.looked_to == NOW.replace(minute=0)
    assert not Incident.objects.exists(), "a count that is late is no silence"


@pytest.mark.proves("280.7-h2")
def test_a_flow_is_watched_step_by_step_and_its_fall_is_one_incident(service: Service) -> None:
    renewing(service)
    fell = date(2022, 5, 9)
    days_counted(service, fell, completes=lambda day: 0.25 if day == fell else 0.6)
    looked(NOW - timedelta(days=1))

    looked(NOW)

    kinds = {part.watch.kind for part in Part.objects.select_related("watch")}
    assert {Kind.FLOW, Kind.COMPLETION, Kind.STEP} <= kinds
    step = Part.objects.get(watch__kind=Kind.STEP)
    assert step.watch.key == "renew/1", "the way from the photo to the end broke"
    assert Incident.objects.count() == 1


@pytest.mark.any_database
@pytest.mark.proves("280.7-i2")
def test_a_deprecated_flow_that_nobody_uses_any_more_is_no_alarm(service: Service) -> None:
    flow = renewing(service)
    ended = date(2022, 5, 9)
    days_counted(service, ended, completes=lambda day: 0.02 if day == ended else 0.6)
    looked(NOW - timedelta(days=1))
    flow.state = "deprecated"
    flow.save()

    looked(NOW)

    assert not Part.objects.filter(watch__kind__in=[Kind.FLOW, Kind.COMPLETION, Kind.STEP]).exists()


@pytest.mark.any_database
def test_a_flow_that_was_made_better_begins_anew(service: Service) -> None:
    flow = renewing(service)
    flow.changes.create(on=date(2022, 4, 1), state="optimised", note="fewer fields")
    days_counted(service, date(2022, 5, 9))
    looked(NOW)

    watch = Watch.objects.get(kind=Kind.COMPLETION)
    series = Record(service, NOW).series_of(watch)

    assert series is not None
    assert timezone.localtime(series.starts[0]).date() == date(2022, 4, 1)


def answers_counted(service: Service, last: date, trust_fell: date) -> None:
    """60 answers a day; eight in ten trust, from a day on six in ten."""
    version = a_version(a_survey(service, draft=a_document("Passport renewal")))
    for n in range(120):
        day = last - timedelta(days=119 - n)
        good = 36 if day >= trust_fell else 48
        DayCount.objects.create(
            version=version, day=day, channel="website", completed=60,
            counts={"seconds": {}, "questions": {
                "trust": [60, 60, {"5": good, "2": 60 - good}],
                "satisfaction": [60, 60, {"5": 51, "2": 9}],
            }, "patterns": {}},
        )  # fmt: skip
    Refresh.objects.update_or_create(id=1, defaults={"counted_to": NOW + timedelta(days=30)})


@pytest.mark.proves("280.7-h1")
def test_trust_that_falls_is_told_from_the_answers(service: Service) -> None:
    survey = a_service(name="Passport by mail")
    answers_counted(survey, date(2022, 5, 9), trust_fell=date(2022, 5, 5))
    looked(NOW - timedelta(days=5))

    looked(NOW)

    part = Part.objects.select_related("watch").get()
    assert (part.watch.kind, part.watch.key) == (Kind.SCORE, "trust")
    assert part.n >= 60
    assert timezone.localtime(part.since).date() >= date(2022, 5, 3)


def test_every_scale_of_an_open_survey_and_its_answers_are_watched() -> None:
    survey = a_service()
    answers_counted(survey, date(2022, 5, 9), trust_fell=date(2023, 1, 1))

    looked(NOW)

    found = set(Watch.objects.filter(service=survey).values_list("kind", "key"))
    assert {("score", "trust"), ("score", "satisfaction"), ("answers", "all")} <= found


@pytest.mark.any_database
def test_the_detectors_are_started_only_when_an_hour_or_a_day_is_over(service: Service) -> None:
    hours_counted(service, NOW.replace(minute=0) + 2 * HOUR)
    assert watches_to_look_at(NOW, None)
    looked(NOW)

    assert not watches_to_look_at(NOW + timedelta(minutes=5), NOW)
    assert watches_to_look_at(NOW + HOUR, NOW)


def test_the_history_is_played_again_for_each_choice(service: Service) -> None:
    renewing(service)
    fell = date(2022, 4, 26)
    days_counted(service, date(2022, 5, 9), completes=lambda day: 0.25 if day == fell else 0.6)

    looked(NOW)

    told, days = replay_of(service)
    assert days == 28
    many = [count for _, count in told]
    assert many == sorted(many, reverse=True), "stricter choices tell less"
    assert many[-1] >= 1, "what was planted is told by the strictest"
    assert not Incident.objects.exists(), "history is not told"
