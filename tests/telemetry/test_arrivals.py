"""What arrives now is told as finely as it may be without telling of fewer than five people."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.lake.columns import EventRow
from cx280.telemetry.queries import lake as asking
from cx280.telemetry.queries.arrivals import arrivals
from cx280.telemetry.rules.arrivals import Step, in_words, may_be_shown
from tests.builders import a_person, a_service
from tests.telemetry.happened import an_event, kept

SERVICE = 7
STEPS = st.lists(st.builds(Step, st.just(1), st.integers(1, 50), st.integers(0, 50)))


@given(STEPS)
def test_no_steps_are_shown_of_which_one_tells_of_one_to_four_people(steps: list[Step]) -> None:
    fewest = min((each.visits or each.events for each in steps), default=0)

    assert may_be_shown(steps) == (fewest == 0 or fewest >= 5)


def test_a_count_is_zero_few_or_itself() -> None:
    assert [in_words(each) for each in (0, 1, 4, 5, 1204)] == [
        "0", "fewer than 5", "fewer than 5", "5", "1,204",
    ]  # fmt: skip


def came(lake: Path, settings: Any, every: float, people: int) -> None:  # noqa: ANN401
    """A page view every so many seconds over the last hour, by so many people in turn."""
    now = timezone.now()
    rows: list[EventRow] = [
        an_event(now - timedelta(seconds=every * at), service=SERVICE, visit=f"v{at % people}")
        for at in range(int(3600 // every))
    ]
    kept(lake, rows)
    settings.CX280_LAKE = str(lake)
    asking._engine.cache_clear()


@pytest.mark.parametrize(
    ("every", "people", "seconds"), [(4, 100, 60), (20, 90, 300), (100, 36, 900), (400, 9, 1800)]
)
def test_the_grain_is_the_finest_with_enough_people_in_every_step(
    tmp_path: Path, settings: Any, every: float, people: int, seconds: int  # noqa: ANN401
) -> None:  # fmt: skip
    came(tmp_path / "lake", settings, every, people)

    found = arrivals(SERVICE, timezone.now())

    assert found.seconds == seconds
    assert all(not each.is_few for _, each in found.steps)
    assert len(found.steps) == (1800 // seconds if seconds < 1800 else 0)
    if seconds < 1800:
        assert sum(each.events for _, each in found.steps) > 0


@pytest.mark.django_db
def test_of_few_people_neither_page_nor_file_says_when_or_how_many(
    sign_in: Callable[[Person], Client], tmp_path: Path, settings: Any  # noqa: ANN401
) -> None:  # fmt: skip
    service = a_service(pk=SERVICE)
    came(tmp_path / "lake", settings, 200, 3)
    client = sign_in(a_person(Role.CX_LEAD, service.owner))
    address = f"/measures/{service.code}/digital/now/"

    page = " ".join(client.get(address).content.decode().split())
    file = client.get(f"{address}?table=minutes").getvalue().decode("utf-8-sig")

    assert "fewer than 5" in page
    assert "within the hour" in page
    assert "Too few people came to tell when" in page
    assert "s ago" not in page
    assert ">over 10<" in page  # of 18 in thirty days
    (row,) = csv.DictReader(io.StringIO(file))
    assert row == {"from": "", "minutes": "30", "events": "", "visits": "fewer than 5"}


@pytest.mark.django_db
def test_of_many_people_the_file_has_every_step(
    sign_in: Callable[[Person], Client], tmp_path: Path, settings: Any  # noqa: ANN401
) -> None:  # fmt: skip
    service = a_service(pk=SERVICE)
    came(tmp_path / "lake", settings, 4, 100)
    client = sign_in(a_person(Role.CX_LEAD, service.owner))

    answer = client.get(f"/measures/{service.code}/digital/now/?table=minutes")

    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 30
    assert all(int(each["visits"]) == 0 or int(each["visits"]) >= 5 for each in rows)
    assert {each["minutes"] for each in rows} == {"1"}
