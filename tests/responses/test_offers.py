"""Offered is counted where somebody can know it, and never guessed from page views (INC-33)."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import OperationalError, connection

from cx280.kernel.problem import Conflict
from cx280.responses import actions, queries, starts
from cx280.responses.models import OfferCount
from cx280.responses.starts import Start, Starts
from tests.builders import a_unit
from tests.responses.visits import an_open_survey, only_with_writers_at_once

DAY = date(2022, 1, 28)


@pytest.mark.django_db
@pytest.mark.proves("INC-33")
def test_a_link_has_no_count_of_people_offered() -> None:
    version = an_open_survey(placement="link")

    with pytest.raises(Conflict, match="Nobody knows"):
        actions.count_offered(version)
    actions.count_people(version.pk, unit=None, channel="website", day=DAY, started=9)

    assert OfferCount.objects.get().offered is None
    assert queries.offers_of(version.survey, DAY) == {"offered": None, "started": 9}


@pytest.mark.django_db
@pytest.mark.proves("INC-33")
@pytest.mark.parametrize("placement", ["prompt", "message", "kiosk"])
def test_other_placements_count_by_day_unit_and_channel(placement: str) -> None:
    version = an_open_survey(placement=placement)
    office = a_unit(version.survey.service.owner, code="office-7")

    for _ in range(3):
        actions.count_offered(version, day=DAY, people=2)
    actions.count_offered(version, unit_code="office-7", channel="in_person", day=DAY)

    rows = OfferCount.objects.order_by("channel").values_list("unit", "channel", "offered")
    assert list(rows) == [(office.pk, "in_person", 1), (None, "website", 6)]


@pytest.mark.django_db
def test_a_failed_flush_keeps_its_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    version = an_open_survey()
    kept = Starts()
    kept.add(Start(version.pk, "", "website", DAY))

    def locked(*_: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(starts, "_write", locked)
        assert kept.flush() == 0

    assert kept.flush() == 1
    assert OfferCount.objects.get().started == 1


@only_with_writers_at_once
@pytest.mark.django_db(transaction=True)
def test_counts_from_many_threads_add_up() -> None:
    version = an_open_survey(placement="prompt")

    def count() -> None:
        try:
            for _ in range(5):
                actions.count_people(version.pk, unit=None, channel="website", day=DAY, offered=1)
        finally:
            connection.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert OfferCount.objects.get().offered == 20


@pytest.mark.django_db(transaction=True)
def test_the_flusher_writes_at_its_end() -> None:
    version = an_open_survey()
    counting = Starts()
    counting.begin()
    counting.add(Start(version.pk, "", "website", DAY))

    counting.end()

    assert OfferCount.objects.get().started == 1
