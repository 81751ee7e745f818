"""`cx280 facts` counts what waits, or some days anew, and says what it did."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from cx280.services.models import Service
from cx280.site.command_line import commands
from cx280.telemetry.models import DayFacts
from cx280.telemetry.queries import facts
from tests.builders import a_service
from tests.telemetry.happened import an_event, kept

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def service(settings: Any, tmp_path: Path) -> Service:  # noqa: ANN401
    """A service with an event on each of three days."""
    settings.DATA = tmp_path
    settings.CX280_LAKE = str(tmp_path / "lake")
    found = a_service()
    kept(tmp_path / "lake", [
        an_event(NOON + timedelta(days=n), service=found.pk) for n in range(3)
    ])  # fmt: skip
    return found


def run(*arguments: str) -> tuple[int, str]:
    """The command's exit status and what it printed."""
    found = CliRunner().invoke(commands(), ["facts", *arguments])
    return found.exit_code, found.output


def test_it_counts_what_waits_and_then_nothing(service: Service) -> None:
    first, second = run(), run("--json")

    assert first[0] == 0
    assert "Counted days: 3, from 2026-03-10 to 2026-03-12; services: 1" in first[1]
    assert json.loads(second[1])["parts"] == 0
    assert len(facts.figures(service.pk, NOON.date(), timezone.localdate(), "totals")) == 3


def test_days_are_counted_anew_even_where_they_seem_right(service: Service) -> None:
    run()
    DayFacts.objects.filter(part="totals").update(body=b"broken")

    status, said = run("--again", "2026-03-10", "2026-03-11", "--json")

    assert status == 0
    assert (json.loads(said)["days"], json.loads(said)["first"]) == (2, "2026-03-10")
    broken = DayFacts.objects.filter(part="totals", body=b"broken")
    assert [each.day.day for each in broken] == [12]


def test_final_days_stay_and_it_says_so(service: Service) -> None:
    run()
    DayFacts.objects.filter(day=NOON.date()).update(is_final=True, body=b"final")

    status, said = run("--again", "2026-03-10", "2026-03-12")

    assert status == 0
    assert "final, so they stay as they are: 1." in said
    assert bytes(DayFacts.objects.filter(day=NOON.date())[0].body) == b"final"


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    found = CliRunner().invoke(commands(), ["facts", "--again", "2026-03-12", "2026-03-10"])

    assert found.exit_code != 0
    assert "not a span" in str(found.exception)
