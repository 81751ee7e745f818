"""Which obligations there are: exactly those the edition asks of a provider, each once."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cx280.circular.deadlines import edition_for
from cx280.kernel.quarter import Quarter
from cx280.obligations.rules.expected import DesignatedService, Provider, expected
from cx280.services.rules.hisp_list import Period

LONG_AGO = Period(date(2018, 10, 1))
YEARLY = {"designation", "capacity_assessment", "deep_dive", "action_plan"}


def owed(year: int, provider: Provider) -> Counter[tuple[str, int | None]]:
    found = expected(edition_for(year), year, provider)
    return Counter((each.due.obligation, each.service) for each in found)


@pytest.mark.proves(
    "280.1-a3", "280.14-c1", "280.14-d1", "280.14-d2", "280.14-e1", "INC-24", "280.16-a1"
)
@pytest.mark.parametrize("year", [2022, 2023])
def test_a_provider_with_two_services_owes_four_things_a_year_and_four_reports_of_each_service(
    year: int,
) -> None:
    services = [DesignatedService(pk, Period(date(2021, 12, 1))) for pk in (1, 2)]

    found = owed(year, Provider([LONG_AGO], services))

    assert found == Counter(
        dict.fromkeys([(code, None) for code in YEARLY], 1)
        | dict.fromkeys([("quarterly", 1), ("quarterly", 2)], 4)
    )


@pytest.mark.proves("280.1-a3")
def test_who_is_no_provider_owes_nothing() -> None:
    assert not owed(2023, Provider([], [DesignatedService(1, Period(date(2021, 12, 1)))]))


@pytest.mark.proves("INC-02", "280.13-a2")
def test_nobody_owes_what_was_due_before_they_were_designated_or_after_they_ceased() -> None:
    provider = Provider(
        [Period(date(2023, 2, 1), date(2023, 4, 30))],
        [DesignatedService(1, Period(date(2023, 2, 10)))],
    )

    found = expected(edition_for(2023), 2023, provider)

    assert [(each.due.obligation, each.due.period) for each in found] == [
        ("capacity_assessment", "FY2023"),
        ("deep_dive", "FY2023"),
        ("quarterly", "FY2023 Q2"),
    ]


DAYS = some.dates(date(2020, 1, 1), date(2026, 12, 31))
PERIODS = some.tuples(DAYS, some.none() | some.integers(0, 900)).map(
    lambda each: Period(each[0], None if each[1] is None else each[0] + timedelta(days=each[1]))
)


@given(some.lists(PERIODS, max_size=2), some.lists(PERIODS, max_size=4), some.integers(2022, 2026))
def test_a_service_owes_a_quarter_exactly_when_it_and_its_provider_stood_at_its_end(
    provider: list[Period], services: list[Period], year: int
) -> None:
    given_services = [DesignatedService(at % 2, each) for at, each in enumerate(services)]

    found = expected(edition_for(year), year, Provider(provider, given_services))

    reports = [(each.service, each.due.period) for each in found if each.service is not None]
    assert len(reports) == len(set(reports))
    for quarter in (Quarter(year, number) for number in (1, 2, 3, 4)):
        ends = quarter.last_day
        stood = {
            each.service
            for each in given_services
            if ends in each.period and any(ends in period for period in provider)
        }
        assert {service for service, period in reports if period == str(quarter)} == stood
