"""Days, ledgers and the gate, decided from plain values."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.clearance.rules.control_number import is_control_number
from cx280.clearance.rules.force import (
    WARNING_DAYS,
    Standing,
    days_left,
    is_in_force,
    last_day,
    standing,
    warning_due,
)
from cx280.clearance.rules.gate import Permission, gate
from cx280.clearance.rules.ledger import Ceiling, Line, burden_hours, ledger, over_ceiling
from cx280.clearance.rules.release import release_forbidden
from cx280.kernel.finding import Severity

FIRST, LAST = date(2021, 10, 1), date(2024, 9, 30)
DAYS = st.dates(date(2020, 1, 1), date(2026, 1, 1))
LINES = st.lists(
    st.builds(
        Line,
        title=st.just("Collection"),
        kind=st.sampled_from(["survey", "customer_research", "usability_test"]),
        responses=st.integers(0, 10_000),
        minutes=st.decimals("0.01", 60, places=2),
        counts=st.booleans(),
    ),
    max_size=5,
)
CEILINGS = st.builds(Ceiling, st.integers(0, 20_000), st.decimals(0, 20_000, places=2))


def a_permission(**fields: object) -> Permission:
    """An approved collection within its ceiling under a clearance from FIRST to LAST."""
    return Permission(
        **{
            "control_number": "1094-0123",
            "starts_on": FIRST,
            "expires_on": LAST,
            "withdrawn_on": None,
            "is_approved": True,
            "is_closed": False,
            "ceiling": Ceiling(1000, Decimal(100)),
            "lines": [Line("Permits", "survey", 1000, Decimal(2))],
            **fields,
        }  # type: ignore[arg-type]
    )


@pytest.mark.proves("280.11-a1")
@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        ("1094-0123", True),
        ("1094-012", False),
        ("10940123", False),
        (" 1094-0123", False),
        ("1094-0123\n", False),
        ("1094-012٣", False),
    ],
)
def test_a_control_number_is_four_digits_a_hyphen_and_four_digits(
    written: str, is_one: bool
) -> None:
    assert is_control_number(written) == is_one


@pytest.mark.proves("280.11-a1")
@pytest.mark.parametrize(
    ("on", "stands"),
    [
        (FIRST - timedelta(1), Standing.NOT_YET),
        (FIRST, Standing.IN_FORCE),
        (LAST, Standing.IN_FORCE),
        (LAST + timedelta(1), Standing.EXPIRED),
    ],
)
def test_a_clearance_holds_from_its_first_day_through_its_last(on: date, stands: Standing) -> None:
    assert standing(FIRST, LAST, None, on) == stands


@pytest.mark.proves("280.11-a1")
@given(DAYS, DAYS, st.none() | DAYS, DAYS)
def test_in_force_means_covered_and_not_withdrawn(
    starts_on: date, expires_on: date, withdrawn_on: date | None, on: date
) -> None:
    covered = starts_on <= on <= expires_on and (withdrawn_on is None or on < withdrawn_on)

    assert is_in_force(starts_on, expires_on, withdrawn_on, on) == covered
    assert covered == (starts_on <= on <= last_day(expires_on, withdrawn_on))
    assert (days_left(expires_on, on) < 0) == (on > expires_on)


@pytest.mark.proves("280.11-a1")
@given(st.integers(0, 400), st.lists(st.integers(0, 450), max_size=8))
def test_each_warning_is_given_once_and_never_too_early(start: int, steps: list[int]) -> None:
    told: set[int] = set()
    sent: list[tuple[int, int]] = []
    left = start
    for step in [0, *steps]:
        left -= step
        due = warning_due(LAST, LAST - timedelta(left), told)
        if due is not None:
            sent.append((left, due.days_ahead))
            assert not told & {due.days_ahead, *due.also_told}
            told |= {due.days_ahead, *due.also_told}
        assert warning_due(LAST, LAST - timedelta(left), told) is None

    assert all(0 <= left <= days for left, days in sent)
    assert len({days for _, days in sent}) == len(sent)


@pytest.mark.proves("280.11-a1")
def test_a_watch_that_looks_every_day_warns_at_180_90_and_30_days() -> None:
    told: set[int] = set()
    sent = []
    for left in range(400, -10, -1):
        due = warning_due(LAST, LAST - timedelta(left), told)
        if due is not None:
            sent.append((left, due.days_ahead))
            told |= {due.days_ahead, *due.also_told}

    assert sent == [(days, days) for days in WARNING_DAYS] == [(180, 180), (90, 90), (30, 30)]


def test_a_watch_that_slept_sends_the_nearest_warning_only() -> None:
    due = warning_due(LAST, LAST - timedelta(20), set())

    assert due is not None
    assert (due.days_ahead, due.also_told) == (30, (90, 180))


@pytest.mark.proves("280.11-a2")
def test_burden_is_responses_times_minutes_in_hours() -> None:
    assert burden_hours(1000, Decimal(3)) == 50
    assert burden_hours(1, Decimal("0.5")) == Decimal(1) / 120


@pytest.mark.proves("280.11-a2")
def test_collections_at_the_ceiling_pass_and_one_response_more_fails() -> None:
    ceiling = Ceiling(1000, Decimal(100))
    at = [Line("A", "survey", 600, Decimal(3)), Line("B", "survey", 400, Decimal(3))]

    assert over_ceiling(ceiling, at) == []
    (found,) = over_ceiling(ceiling, [*at, Line("C", "survey", 1, Decimal("0.01"))])
    assert (found.rule, found.severity, found.where) == (
        "280.11-a2",
        Severity.ERROR,
        "responses",
    )


@pytest.mark.proves("280.11-a2")
def test_hours_over_the_ceiling_are_an_error_of_their_own() -> None:
    (found,) = over_ceiling(Ceiling(1000, Decimal(10)), [Line("A", "survey", 600, Decimal("1.01"))])

    assert (found.rule, found.severity, found.where) == ("280.11-a2", Severity.ERROR, "hours")


@pytest.mark.proves("280.11-a2", "280.11-a4")
@given(CEILINGS, LINES)
def test_the_ledger_adds_up_whatever_the_kind(ceiling: Ceiling, lines: list[Line]) -> None:
    kept = ledger(ceiling, lines)
    all_hours = sum((Decimal(each.responses) * each.minutes / 60 for each in lines), Decimal(0))

    assert kept.responses + kept.asked_responses == sum(each.responses for each in lines)
    assert abs(kept.hours + kept.asked_hours - all_hours) < Decimal("0.0000001")
    assert kept.responses == sum(each.responses for each in lines if each.counts)
    over = {each.where for each in over_ceiling(ceiling, lines)}
    assert ("responses" in over) == (sum(each.responses for each in lines) > ceiling.responses)


@pytest.mark.proves("280.11-a4")
def test_surveys_research_and_usability_tests_share_one_ceiling() -> None:
    lines = [
        Line(kind, kind, 400, Decimal(1))
        for kind in ("survey", "customer_research", "usability_test")
    ]

    assert over_ceiling(Ceiling(1200, Decimal(100)), lines) == []
    assert over_ceiling(Ceiling(1199, Decimal(100)), lines)


@pytest.mark.proves("280.11-a1")
def test_an_approved_collection_in_force_opens_the_gate_on_its_first_and_last_day() -> None:
    assert gate(a_permission(), FIRST) == gate(a_permission(), LAST) == []


@pytest.mark.proves("280.11-a1", "280.11-a2")
@pytest.mark.parametrize(
    ("permission", "on", "rule", "says"),
    [
        (None, FIRST, "280.11-a1", "No collection"),
        (a_permission(is_approved=False), FIRST, "280.11-a1", "not approved"),
        (a_permission(is_approved=False, is_closed=True), FIRST, "280.11-a1", "closed"),
        (a_permission(), FIRST - timedelta(1), "280.11-a1", "starts on Friday, October 1, 2021"),
        (a_permission(), LAST + timedelta(1), "280.11-a1", "expired on Monday, September 30"),
        (a_permission(withdrawn_on=FIRST), FIRST, "280.11-a1", "withdrawn"),
        (a_permission(ceiling=Ceiling(999, Decimal(100))), FIRST, "280.11-a2", "999"),
    ],
)
def test_the_gate_says_what_keeps_a_survey_closed(
    permission: Permission | None, on: date, rule: str, says: str
) -> None:
    (found,) = gate(permission, on)

    assert (found.rule, found.severity) == (rule, Severity.ERROR)
    assert says in found.message
    assert found.fix


@pytest.mark.proves("280.11-a1")
def test_asking_nine_people_needs_no_clearance_and_asking_ten_does() -> None:
    assert gate(None, FIRST, members_of_public=9) == []
    assert gate(None, FIRST, members_of_public=10)
    assert gate(None, FIRST)


@given(DAYS, st.none() | DAYS, st.booleans())
def test_the_gate_is_open_exactly_under_an_approval_in_force(
    on: date, withdrawn_on: date | None, is_approved: bool
) -> None:
    found = gate(a_permission(withdrawn_on=withdrawn_on, is_approved=is_approved), on)

    assert (found == []) == (is_approved and is_in_force(FIRST, LAST, withdrawn_on, on))


def test_results_are_public_only_when_the_terms_say_so() -> None:
    assert release_forbidden("1094-0123", permits_release=True) == []
    (forbidden,) = release_forbidden("1094-0123", permits_release=False)
    (unknown,) = release_forbidden(None, permits_release=True)

    assert forbidden.rule == unknown.rule == "280.10-s1"
    assert forbidden.severity is unknown.severity is Severity.ERROR
