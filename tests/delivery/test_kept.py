"""What is kept of interactions that were handed over, and what becomes of each row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from cx280.delivery.actions.handing import hand_over
from cx280.delivery.actions.mailing import save_mailing
from cx280.delivery.models import (
    HandOver,
    Invitation,
)
from cx280.delivery.rules.files import read_row
from cx280.delivery.rules.vocabulary import Reason
from cx280.kernel.problem import Conflict
from cx280.surveys.models import Survey
from tests.delivery.builders import NOON, a_mailing, an_open_survey, handed_over, rows, states

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TWO_DAYS = timedelta(hours=48)


def test_no_address_and_no_id_stands_in_the_record_readable() -> None:
    survey = a_mailing()
    handed_over(survey, rows("ana@example.org", "bo@example.org"))

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text = str(cursor.fetchall())
            assert "ana@" not in text, table
            assert "case ana" not in text, table


def test_of_those_not_drawn_no_address_is_kept_at_all() -> None:
    survey = a_mailing()
    survey.sampling_plans.update(rate=0.0001)

    kept = handed_over(survey, rows("ana@example.org", "bo@example.org"))

    assert kept.accepted == 2
    assert not Invitation.objects.exists()


def test_every_row_is_accounted_for_with_its_finding() -> None:
    survey = a_mailing()
    cells = [
        {"interaction": "1", "address": "ana@example.org", "ended_at": NOON.isoformat()},
        {"interaction": "1", "address": "ana@example.org", "ended_at": NOON.isoformat()},
        {"interaction": "2", "address": "nowhere", "ended_at": NOON.isoformat()},
        {"interaction": "", "address": "bo@example.org", "ended_at": NOON.isoformat()},
        {"interaction": "4", "address": "cy@example.org", "ended_at": NOON.isoformat(),
         "unit": "x"},
        {"interaction": "5", "address": "di@example.org",
         "ended_at": (NOON - 49 * HOUR).isoformat()},
    ]  # fmt: skip
    given = [read_row(line, each, services=frozenset(), now=NOON)
             for line, each in enumerate(cells, start=2)]  # fmt: skip

    kept = handed_over(survey, given)

    assert (kept.rows, kept.accepted, kept.known, kept.refused) == (6, 4, 1, 1)
    assert [line for line, _ in kept.findings] == [4, 5, 6, 7]
    assert states(survey) == {"waiting": 2, Reason.NO_ADDRESS: 1, "expired": 1}


@pytest.mark.parametrize("lacking", ["mailing", "open", "plan"])
def test_what_is_not_ready_takes_nothing(lacking: str) -> None:
    survey = a_mailing()
    if lacking == "mailing":
        save_mailing(survey, by=None, sender="x", reminder_hours=0, is_on=False)
    elif lacking == "open":
        Survey.objects.update(state=Survey.State.CLOSED)
    else:
        survey.sampling_plans.update(until=NOON)

    with pytest.raises(Conflict):
        hand_over(survey, rows=rows("ana@example.org"), by=None, source="api", now=NOON)
    assert not HandOver.objects.exists()


def test_a_survey_that_is_a_link_sends_no_messages() -> None:
    with pytest.raises(Conflict, match="not placed as a message"):
        save_mailing(an_open_survey(), by=None, sender="x", reminder_hours=0)
