"""What facts tell the record: first days of flows, types of events, evidence of practices."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from cx280.telemetry.models import Flow
from cx280.telemetry.queries.evidence import evidence_of
from cx280.telemetry.queries.flows import findings_of
from cx280.telemetry.queries.plan import plan_of
from cx280.telemetry.queries.seen import heard
from cx280.telemetry.rules.plan import Event, untraced_events
from cx280.telemetry.tasks import look_for_first_events
from tests.builders import a_service
from tests.telemetry.builders import a_flow, a_metric, a_site
from tests.telemetry.happened import an_event, counted, finished, kept

pytestmark = pytest.mark.django_db
# Ten at night in New York, when the day of UTC is already the next.
NIGHT = datetime(2022, 3, 2, 3, tzinfo=UTC)
TODAY = date(2022, 3, 20)


@pytest.fixture(autouse=True)
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lake of the test's own; nothing is in it, not even a table."""
    monkeypatch.setattr(settings, "CX280_LAKE", str(tmp_path / "lake"))
    return tmp_path / "lake"


@pytest.mark.proves("280.7-i1")
def test_the_warning_of_a_silent_launch_ends_with_its_first_event(lake: Path) -> None:
    flow = a_flow(key="permit")
    assert look_for_first_events(timezone.now()) == 0
    assert [each.rule for each in findings_of(flow, date(2022, 3, 2))] == ["280.7-i1"]

    kept(lake, [finished(NIGHT, "v1", service=flow.service_id)])
    counted()
    noted = look_for_first_events(timezone.now())

    flow.refresh_from_db()
    assert (noted, flow.first_event_on) == (1, date(2022, 3, 1))
    assert findings_of(flow, TODAY) == []
    assert look_for_first_events(timezone.now()) == 0


def test_robots_and_other_services_are_no_first_event(lake: Path) -> None:
    flow, other = a_flow(key="permit"), a_service()

    kept(
        lake,
        [
            finished(NIGHT, "v1", service=flow.service_id, bot=True),
            finished(NIGHT, "v2", service=other.pk),
        ],
    )
    counted()

    assert look_for_first_events(timezone.now()) == 0
    assert Flow.objects.get().first_event_on is None


@pytest.mark.proves("280.7-c1")
def test_an_event_that_arrives_and_answers_no_question_is_told_of(lake: Path) -> None:
    metric = a_metric(flow="permit")
    service = metric.question.service
    at = NIGHT + timedelta(days=3)
    kept(
        lake,
        [
            finished(at, "v1", service=service.pk),
            an_event(at, "error", name="form", service=service.pk),
            an_event(at - timedelta(days=60), "click", name="old", service=service.pk),
        ],
    )
    counted()

    plan = plan_of(service, TODAY)

    assert plan.seen == {
        Event("transaction_complete", flow="permit"),
        Event("error", "form"),
    }
    assert [each.message for each in untraced_events(plan)] == [
        "Error “form” is collected and answers no question."
    ]


@pytest.mark.proves("280.7-c1")
def test_an_event_of_this_evening_has_arrived_though_utc_is_in_tomorrow(lake: Path) -> None:
    service = a_service()
    kept(lake, [finished(NIGHT, "v1", service=service.pk)])
    counted()

    seen_the_same_evening = plan_of(service, timezone.localdate(NIGHT)).seen
    seen_the_day_before = plan_of(service, timezone.localdate(NIGHT) - timedelta(days=1)).seen

    assert seen_the_same_evening == {Event("transaction_complete", flow="permit")}
    assert seen_the_day_before == frozenset()


def test_the_evidence_counts_what_facts_hold(lake: Path) -> None:
    service = a_service()
    assert evidence_of(service, TODAY).events is None

    kept(
        lake,
        [
            finished(NIGHT, "v1", service=service.pk),
            finished(NIGHT + timedelta(days=5), "v2", service=service.pk),
            an_event(NIGHT + timedelta(days=5), "page_view", visit="v2", service=service.pk),
            an_event(NIGHT - timedelta(days=90), "page_view", visit="v3", service=service.pk),
        ],
    )
    counted()
    found = evidence_of(service, TODAY)

    assert (found.events, found.visits, found.days, found.span_days) == (3, 2, 2, 96)
    assert found.kinds == {"transaction_complete", "page_view"}


def test_a_site_is_heard_when_its_newest_event_came_in(lake: Path) -> None:
    service = a_service()
    boats, quiet = a_site(service, key="boats"), a_site(service, key="quiet")
    noon = datetime(2022, 3, 10, 17, tzinfo=UTC)
    late = round(noon.timestamp() + 7200) * 1_000_000
    kept(
        lake,
        [
            an_event(noon - timedelta(days=40), service=service.pk),
            an_event(noon - timedelta(days=3), service=service.pk, received=late),
            an_event(noon, service=service.pk),
            an_event(noon, service=service.pk, bot=True, site="quiet"),
        ],
    )
    counted()

    found = heard(boats, noon + timedelta(days=1))

    assert found is not None
    assert (found.events, found.received) == (2, noon + timedelta(hours=2))
    assert heard(quiet, noon + timedelta(days=1)) is None


def test_plan_scorecard_and_site_never_ask_the_lake(
    lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = a_metric(flow="permit").question.service
    kept(lake, [finished(NIGHT, "v1", service=service.pk)])
    counted()
    monkeypatch.setattr(settings, "CX280_ENGINE", "nobody://here")

    assert plan_of(service, TODAY).seen == {Event("transaction_complete", flow="permit")}
    assert evidence_of(service, TODAY).events == 1
    assert heard(a_site(service, key="boats"), NIGHT) is not None
