"""Obligations in the record: made once, met by evidence, reminded of once."""

from __future__ import annotations

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail

from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.obligations.actions.bringing_up import bring_up
from cx280.obligations.actions.handing_in import (
    record_submission,
    sign_submission,
    withdraw_submission,
)
from cx280.obligations.actions.reminding import remind
from cx280.obligations.models import Obligation, Reminder
from cx280.obligations.queries.standing import line_of, lines_of
from cx280.obligations.rules.vocabulary import State
from cx280.reporting.actions import accept_handover
from cx280.reporting.models import Package
from cx280.services.models import Hisp
from tests.builders import a_hisp, a_person, a_service
from tests.obligations.builders import Owing, a_provider_that_owes, at

pytestmark = pytest.mark.django_db
TODAY = date(2023, 2, 1)


@pytest.fixture
def owing() -> Owing:
    return a_provider_that_owes(TODAY)


def state(row: Obligation, today: date = TODAY) -> State:
    return line_of(row, today).state


@pytest.mark.proves("280.1-a3", "280.14-c1", "280.14-d1", "280.14-e1", "INC-24")
def test_two_years_of_a_provider_are_made_and_a_second_run_makes_nothing(owing: Owing) -> None:
    def count() -> dict[int, int]:
        years = Obligation.objects.values_list("fiscal_year", flat=True)
        return {year: list(years).count(year) for year in (2022, 2023)}

    assert count() == {2022: 12, 2023: 12}
    assert bring_up(TODAY) == 0
    assert count() == {2022: 12, 2023: 12}
    assert AuditEntry.objects.filter(action="make_obligations").count() == 1


@pytest.mark.proves("280.1-a3")
def test_an_agency_without_a_provider_owes_its_own_reflection_only() -> None:
    a_service()

    bring_up(TODAY)

    assert set(Obligation.objects.values_list("code", flat=True)) == {"reflection"}


@pytest.mark.proves("280.13-a2")
def test_a_provider_that_ceases_owes_what_came_before(owing: Owing) -> None:
    Hisp.objects.filter(pk=owing.hisp.pk).update(ended_on=date(2023, 1, 15))
    owing.hisp.designations.update(ended_on=date(2023, 1, 15))

    rows = lines_of(Obligation.objects.filter(fiscal_year=2023), TODAY)

    assert {each.obligation.period for each in rows} == {"FY2023", "FY2023 Q1"}
    assert {each.obligation.code for each in rows} == {"designation", "quarterly"}


@pytest.mark.proves("280.16-b1")
def test_before_its_target_quarter_a_provider_is_deferred_and_not_missing(owing: Owing) -> None:
    Hisp.objects.filter(pk=owing.hisp.pk).update(target_quarter="FY2023 Q1")

    def states(quarter: str) -> set[State]:
        rows = Obligation.objects.filter(code="quarterly", period=quarter)
        return {each.state for each in lines_of(rows, date(2023, 3, 1))}

    assert states("FY2022 Q4") == {State.DEFERRED}
    assert states("FY2023 Q1") == {State.MISSING}


@pytest.mark.proves("280.16-a1", "280.14-c2")
def test_a_service_that_reports_through_the_api_owes_no_file(owing: Owing) -> None:
    reviewer = a_person(Role.OMB_REVIEWER)
    accept_handover(owing.services[0], starts_on=date(2023, 1, 1), by=reviewer)

    rows = Obligation.objects.filter(code="quarterly", period="FY2023 Q2")

    found = {each.obligation.whose: each.state for each in lines_of(rows, TODAY)}
    assert found == {"Boat permits": State.HANDED_OVER, "Trail passes": State.NOT_STARTED}


@pytest.mark.proves("280.14-c1")
def test_a_quarter_is_met_by_the_report_that_was_sent_and_by_nothing_typed(owing: Owing) -> None:
    row = Obligation.objects.get(service=owing.services[0], period="FY2023 Q1")
    package = Package.objects.create(
        service=owing.services[0], hisp=owing.hisp, fiscal_year=2023, quarter=1
    )
    assert state(row, date(2023, 1, 20)) is State.IN_PROGRESS

    Package.objects.filter(pk=package.pk).update(submitted_at=at(date(2023, 2, 2)))

    line = line_of(row, TODAY)
    assert (line.state, line.when) == (State.LATE, "2 days late")
    with pytest.raises(Conflict, match="its own page"):
        record_submission(row, submitted_on=TODAY, document="Report", by=owing.lead, now=at(TODAY))


@pytest.mark.proves("280.14-a1")
def test_designating_is_met_on_the_day_the_second_service_was_signed(owing: Owing) -> None:
    assert state(owing.owes("designation", "FY2023")) is State.ON_TIME
    owing.hisp.designations.filter(service=owing.services[1]).update(
        proposed_on=date(2023, 1, 3), signed_on=date(2023, 1, 5), concurred_on=date(2023, 1, 9)
    )

    line = line_of(owing.owes("designation", "FY2023"), TODAY)

    assert (line.state, line.met_on) == (State.LATE, date(2023, 1, 5))


@pytest.mark.proves("280.13-b2", "280.13-b3", "280.14-d1", "280.14-e1")
@pytest.mark.parametrize("code", ["capacity_assessment", "action_plan"])
def test_what_the_official_has_to_sign_counts_once_it_is_signed(owing: Owing, code: str) -> None:
    row, summer = owing.owes(code, "FY2023"), date(2023, 7, 3)
    kept = record_submission(
        row, submitted_on=row.due, document="The document", by=owing.lead, now=at(summer)
    )
    assert state(row, summer) is State.MISSING
    with pytest.raises(NotAllowed):
        sign_submission(kept, by=owing.lead, now=at(summer))

    sign_submission(kept, by=owing.official, now=at(summer) + timedelta(hours=1))

    assert state(row, summer) is State.ON_TIME
    about = AuditEntry.objects.filter(subject=f"obligations.Obligation:{row.pk}")
    actions = about.exclude(action="change_obligation")
    assert [each.action for each in actions.order_by("pk")] == [
        "record_submission",
        "sign_submission",
    ]


@pytest.mark.proves("280.14-d2")
def test_a_deep_dive_counts_without_a_signature_until_it_is_withdrawn(owing: Owing) -> None:
    row = owing.owes("deep_dive", "FY2023")
    kept = record_submission(
        row, submitted_on=TODAY, document="Slides", by=owing.lead, now=at(TODAY)
    )
    assert state(row) is State.ON_TIME
    with pytest.raises(Conflict, match="recorded this already"):
        record_submission(row, submitted_on=TODAY, document="More", by=owing.lead, now=at(TODAY))
    with pytest.raises(Unusable, match="why"):
        withdraw_submission(kept, because=" ", by=owing.lead, now=at(TODAY))

    withdraw_submission(kept, because="It was the rehearsal.", by=owing.lead, now=at(TODAY))

    assert state(row) is State.NOT_STARTED
    assert row.submissions.get().withdrawn_because == "It was the rehearsal."


def test_nobody_records_a_day_that_has_not_come_or_for_somebody_else(owing: Owing) -> None:
    row = owing.owes("deep_dive", "FY2023")
    with pytest.raises(Unusable, match="has not come") as found:
        record_submission(
            row, submitted_on=TODAY + timedelta(days=1), document="Slides", by=owing.lead,
            now=at(TODAY),
        )  # fmt: skip
    assert (found.value.field, found.value.rule) == ("submitted_on", "280.14-d2")
    stranger = a_person(Role.CX_LEAD)
    with pytest.raises(NotAllowed):
        record_submission(row, submitted_on=TODAY, document="Slides", by=stranger, now=at(TODAY))


def test_one_mail_a_day_tells_the_lead_everything_and_later_the_official_too(owing: Owing) -> None:
    assert remind(date(2023, 1, 24)) == 2  # a week before the quarter's report

    assert [each.to for each in mail.outbox] == [["lead@example.gov"], ["official@example.gov"]]
    text = mail.outbox[0].body
    assert text.count("FY2023 Q1. Not started. Due Tuesday, January 31, 2023, in 7 days.") == 2
    assert "Submit the CX Capacity Assessment, Rivers and Trails, FY2023" in text
    assert "Capacity Assessment" not in mail.outbox[1].body
    assert remind(date(2023, 1, 24)) == 0


def test_a_mail_server_that_fails_leaves_the_reminder_to_the_next_run(owing: Owing) -> None:
    with patch("cx280.obligations.actions.reminding.send_mail", side_effect=SMTPServerDisconnected):
        assert remind(date(2023, 1, 24)) == 0
    assert not Reminder.objects.exists()

    assert remind(date(2023, 1, 25)) == 2


def test_nobody_is_reminded_of_what_is_done(owing: Owing) -> None:
    Package.objects.bulk_create(
        Package(
            service=each, hisp=owing.hisp, fiscal_year=2023, quarter=1,
            submitted_at=at(date(2023, 1, 20)),
        )
        for each in owing.services
    )  # fmt: skip

    remind(date(2023, 1, 30))

    assert not any("Q1" in each.body for each in mail.outbox)


def test_how_many_stand_takes_the_same_queries_for_one_as_for_all(
    owing: Owing,
    django_assert_max_num_queries: Any,  # noqa: ANN401
) -> None:
    for _ in range(4):
        a_hisp(owing.agency)
    bring_up(TODAY)

    with django_assert_max_num_queries(16):
        assert len(lines_of(Obligation.objects.all(), TODAY)) == 24 + 4 * 8
