"""The worker brings events into the lake, and the lake forgets what was promised."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cx280.lake.buffer import own_buffer
from cx280.lake.engines import DuckDB
from cx280.lake.tables import Lake, arrow_of
from cx280.telemetry.actions.lake import tend
from cx280.telemetry.tasks import seal_events, tend_lake
from tests.lake.rows import DAY, NOON, event, lines
from tests.telemetry.builders import a_site

NOW = datetime(2024, 3, 4, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db
BY_SITE = "SELECT site, count(*) AS n FROM events GROUP BY site ORDER BY site"


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:  # noqa: ANN401
    settings.DATA = tmp_path
    settings.CX280_LAKE = str(tmp_path / "lake")
    return tmp_path


def sites() -> dict[object, object]:
    """Events of each site in the lake."""
    found = DuckDB(Lake(settings_lake())).answer(BY_SITE)
    return {each["site"]: each["n"] for each in found}


def settings_lake() -> str:
    from django.conf import settings

    return str(settings.CX280_LAKE)


def test_what_the_buffer_took_is_in_the_lake_after_one_run_and_once_after_two(data: Path) -> None:
    buffer = own_buffer(data / "buffer")
    buffer.append(lines(event("a"), event("b", site="va")))
    buffer.close()

    counts = (seal_events(NOW), seal_events(NOW))

    assert counts == (2, 0)
    assert sites() == {"irs": 1, "va": 1}


def test_with_nothing_new_no_lake_is_made(data: Path) -> None:
    assert seal_events(NOW) == 0
    assert tend_lake(date(2024, 3, 9)) == 0
    assert not (data / "lake").exists()


def test_each_site_forgets_after_its_own_days(data: Path) -> None:
    a_site(key="short", retention_days=2)
    a_site(key="long", retention_days=30)
    rows = [
        event(f"{site}{days}", NOON + days * DAY, site=site)
        for site in ("short", "long")
        for days in range(4)
    ]
    Lake(settings_lake()).append(arrow_of(rows))

    tended = tend(date(2024, 3, 4))  # events are of February 29 to March 3

    assert (tended.forgotten, sites()) == (2, {"long": 4, "short": 2})
    assert tended.days == 4
    assert tend(date(2024, 3, 4)).forgotten == 0
