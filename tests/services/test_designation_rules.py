"""Two services at least, from a certified inventory, in time; and OMB's list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.circular.deadlines import Due, Standing, obligations_of
from cx280.circular.edition import edition
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.designation import (
    Designated,
    check_designations,
    designation_standing,
    too_few,
)
from cx280.services.rules.hisp_list import (
    Entry,
    NameChange,
    Period,
    difference,
    name_on,
    was_designated,
)

SIGNED, CONCURRED, DUE = date(2021, 12, 1), date(2021, 12, 20), date(2021, 12, 31)
DAYS = st.dates(date(2021, 1, 1), date(2022, 12, 31))


def designated(code: str) -> Designated:
    return Designated(code, code.title(), SIGNED, CONCURRED, in_certified_inventory=True)


def due_on(day: date) -> Due:
    (due,) = (d for d in obligations_of(edition("FY2022"), 2022) if d.source == "280.14-a1")
    assert due.due == DUE
    return replace(due, due=day)


def rules_of(found: list[Finding]) -> list[tuple[str, Severity]]:
    return [(each.rule, each.severity) for each in found]


@pytest.mark.proves("280.13-b6")
def test_two_concurred_services_of_the_inventory_are_enough() -> None:
    assert check_designations([designated("permits"), designated("camping")]) == []


@pytest.mark.proves("280.13-b6")
def test_one_designated_service_is_an_error() -> None:
    found = check_designations([designated("permits")])

    assert rules_of(found) == [("280.13-b6", Severity.ERROR)]


@pytest.mark.proves("280.13-b6")
def test_the_same_service_twice_counts_once() -> None:
    found = check_designations([designated("permits"), designated("permits")])

    assert rules_of(found) == [("280.13-b6", Severity.ERROR)]


@pytest.mark.proves("280.13-b6")
def test_a_designated_service_outside_the_inventory_is_an_error() -> None:
    stray = replace(designated("camping"), in_certified_inventory=False)

    found = check_designations([designated("permits"), stray])

    assert rules_of(found) == [("280.13-b6", Severity.ERROR)]
    assert "Camping" in found[0].message


@pytest.mark.proves("INC-25")
def test_a_service_counts_once_omb_concurred() -> None:
    waiting = replace(designated("camping"), concurred_on=None)

    (found,) = too_few([designated("permits"), waiting])

    assert "1 of 2" in found.message
    assert "1 more" in found.message


@pytest.mark.proves("280.14-a2")
def test_a_designated_service_below_the_minimum_is_an_error() -> None:
    wrong = Finding("280.5-a3", Severity.ERROR, "This service has no description.")
    weak = replace(designated("camping"), minimum=(wrong,))

    found = check_designations([designated("permits"), weak])

    assert rules_of(found) == [("280.14-a2", Severity.ERROR)]


@pytest.mark.proves("280.14-a2")
def test_a_warning_of_the_minimum_does_not_stop_a_designation() -> None:
    short = Finding("280.5-a3", Severity.WARN, "The description is short.")

    found = check_designations(
        [designated("permits"), replace(designated("camping"), minimum=(short,))]
    )

    assert found == []


@pytest.mark.proves("280.14-a1")
@pytest.mark.parametrize(
    ("signed", "on", "status"),
    [
        ([SIGNED, DUE], DUE, Standing.ON_TIME),
        ([SIGNED, DUE + timedelta(1)], DUE + timedelta(1), Standing.LATE),
        ([SIGNED], DUE, Standing.OPEN),
        ([SIGNED], DUE + timedelta(1), Standing.MISSING),
        ([], DUE + timedelta(1), Standing.MISSING),
    ],
)
def test_the_duty_is_met_on_the_day_of_the_second_service(
    signed: list[date], on: date, status: Standing
) -> None:
    assert designation_standing(signed, due=due_on(DUE), on=on) == status


@pytest.mark.proves("280.14-a1")
@given(st.lists(DAYS, max_size=4), DAYS, DAYS)
def test_on_time_never_turns_late(signed: list[date], due: date, on: date) -> None:
    now = designation_standing(signed, due=due_on(due), on=on)
    later = designation_standing(signed, due=due_on(due), on=date(2023, 1, 1))

    if now is Standing.ON_TIME:
        assert later is Standing.ON_TIME
    assert (later is Standing.ON_TIME) == (sum(day <= due for day in signed) >= 2)


@pytest.mark.proves("280.13-a1")
@given(DAYS, DAYS, DAYS)
def test_a_provider_is_one_between_its_days(since: date, until: date, on: date) -> None:
    inside = since <= on <= until

    assert was_designated([Period(since, until)], on) == inside
    assert was_designated([Period(since)], on) == (since <= on)
    assert not was_designated([], on)


@given(st.none() | DAYS, st.none() | DAYS)
def test_a_period_is_read_as_it_was_written(since: date | None, until: date | None) -> None:
    period = Period(since, until)

    assert Period.parse(str(period)) == period


@pytest.mark.proves("280.13-a2")
def test_a_new_list_shows_who_was_added_removed_and_renamed() -> None:
    before = [Entry("boats", "Boat Office"), Entry("trails", "Trail Service")]
    after = [Entry("boats", "Boats and Harbors"), Entry("parks", "Park Service")]

    found = difference(before, after)

    assert [each.code for each in found.added] == ["parks"]
    assert [each.code for each in found.removed] == ["trails"]
    assert [(old.name, new.name) for old, new in found.renamed] == [
        ("Boat Office", "Boats and Harbors")
    ]


LISTS = st.lists(
    st.builds(Entry, st.sampled_from("abcd"), st.sampled_from("XYZ")),
    unique_by=lambda entry: entry.code,
)


@pytest.mark.proves("280.13-a2")
@given(LISTS, LISTS)
def test_the_difference_applied_to_the_old_list_gives_the_new(
    before: list[Entry], after: list[Entry]
) -> None:
    found = difference(before, after)

    names = {each.code: each.name for each in before}
    for each in found.removed:
        del names[each.code]
    names |= {each.code: each.name for each in found.added}
    names |= {new.code: new.name for _, new in found.renamed}
    assert names == {each.code: each.name for each in after}
    assert difference(after, after).is_empty


@pytest.mark.proves("280.13-a1")
def test_a_renamed_provider_keeps_its_old_name_in_the_past() -> None:
    changes = [
        NameChange("Boat Office", "Boats", date(2020, 1, 1)),
        NameChange("Boats", "Boats and Harbors", date(2021, 1, 1)),
    ]

    names = [
        name_on("Boats and Harbors", changes, day)
        for day in (date(2019, 6, 1), date(2020, 1, 1), date(2021, 1, 1))
    ]

    assert names == ["Boat Office", "Boats", "Boats and Harbors"]
