"""Falls of the same hours are one incident, within one agency."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cx280.alarms.rules.joint import Fall, belong_together, joined
from cx280.alarms.rules.vocabulary import Kind
from tests.alarms.builders import HOUR, NOON

FALLS = st.builds(
    lambda agency, service, kind, hour, hours: Fall(
        agency, service, kind, NOON + hour * HOUR, NOON + (hour + hours) * HOUR
    ),
    st.integers(1, 2), st.integers(1, 3), st.sampled_from(Kind), st.integers(0, 60),
    st.sampled_from([1, 24]),
)  # fmt: skip


def fell(**fields: object) -> Fall:
    values = {"agency": 1, "service": 1, "kind": Kind.EVENTS_BY_HOUR, "period": NOON,
              "end": NOON + HOUR, **fields}  # fmt: skip
    return Fall(**values)  # type: ignore[arg-type]


@given(one=FALLS, other=FALLS)
def test_it_does_not_matter_which_fell_first(one: Fall, other: Fall) -> None:
    assert belong_together(one, other) == belong_together(other, one)


@given(one=FALLS, other=FALLS)
def test_what_lies_a_day_apart_is_never_one(one: Fall, other: Fall) -> None:
    far = other.period - one.end > timedelta(days=1)

    assert not (far and belong_together(one, other))


def test_two_services_that_fall_in_the_same_hours_are_one_incident() -> None:
    later = fell(service=2, period=NOON + 2 * HOUR, end=NOON + 3 * HOUR)

    assert joined(later, [(7, [fell()])]) == 7


def test_two_agencies_are_never_one_incident() -> None:
    assert joined(fell(agency=2), [(7, [fell()])]) is None


def test_a_survey_of_another_service_is_another_incident() -> None:
    assert not belong_together(fell(), fell(service=2, kind=Kind.SCORE))
    assert belong_together(fell(), fell(kind=Kind.SCORE))


def test_the_day_after_is_another_incident() -> None:
    tomorrow = NOON + timedelta(days=1)

    assert joined(fell(period=tomorrow, end=tomorrow + HOUR), [(7, [fell()])]) is None
