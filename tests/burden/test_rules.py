"""What was not assessed is never 0, sums say what they leave out, strain is never money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cx280.burden.rules.amounts import (
    NOT_ASSESSED,
    Amount,
    each_times,
    money_told,
    time_told,
    total,
)
from cx280.burden.rules.assessment import Assessment, Inputs, Strain, compliance_of, money_of
from cx280.burden.rules.journey import (
    JourneyCost,
    by_segment,
    effect_of,
    effort_of,
    held_on,
    in_money,
    journey_cost,
)

STEPS = ("Finds out", "Applies", "Sends papers")
FIRST = date(2023, 1, 1)
NUMBERS = some.decimals(0, 500, places=2)
AMOUNTS = some.none().map(lambda _: NOT_ASSESSED) | some.builds(Amount, NUMBERS, some.booleans())
STRAINS = some.none() | some.builds(Strain, some.decimals(1, 5, places=1), some.integers(1, 60))
ASSESSMENTS = some.builds(
    Assessment,
    step=some.sampled_from(STEPS),
    segment=some.sampled_from(("", "Far away", "Spanish")),
    from_on=some.dates(FIRST, date(2023, 12, 31)),
    repeats=some.decimals(0, 4, places=1),
    people=some.none() | some.integers(0, 5000),
    learning=AMOUNTS,
    compliance=AMOUNTS,
    money=AMOUNTS,
    strain=STRAINS,
    observed=some.integers(0, 60),
    source=some.just("A count"),
)
MANY = some.lists(ASSESSMENTS, max_size=8)


def an_assessment(step: str = "Applies", **fields: object) -> Assessment:
    whole = Amount.of
    return replace(
        Assessment(step, "", FIRST, Decimal(1), 100, whole(Decimal(10)), whole(Decimal(30)),
                   whole(Decimal(5)), None, 20, "A count"),
        **fields,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.proves("280.14-f3")
@given(some.lists(AMOUNTS, max_size=6))
def test_a_sum_is_not_assessed_at_least_or_whole_as_its_parts_are(amounts: list[Amount]) -> None:
    found = total(amounts)
    known = [each.value for each in amounts if each.value is not None]

    assert found.value == (sum(known, Decimal(0)) if known else None)
    assert found.is_whole == (bool(amounts) and all(each.is_whole for each in amounts))
    assert total(amounts[::-1]) == found
    told = found.told(time_told)
    assert (told == "not assessed") == (not known)
    assert told.startswith("at least") == (bool(known) and not found.is_whole)


@pytest.mark.proves("280.14-f3")
def test_not_assessed_is_never_told_as_nothing() -> None:
    assert compliance_of(Inputs()) == NOT_ASSESSED
    assert money_of(Inputs(fees=Decimal(0), trips=0)) == Amount(Decimal(0), True)
    assert compliance_of(Inputs(Decimal(20), 0, None, 2, Decimal(45))) == Amount(Decimal(110), True)
    assert compliance_of(Inputs(Decimal(20), 3, None, 0)) == Amount(Decimal(20), False)
    assert each_times(0, None) == Amount(Decimal(0), True)
    with pytest.raises(ValueError, match="not whole"):
        Amount(None, True)


@pytest.mark.proves("280.14-f4")
def test_the_journey_is_the_sum_of_its_steps_each_as_often_as_people_go_through_it() -> None:
    held = held_on(
        [
            an_assessment("Finds out", repeats=Decimal(2), compliance=Amount.of(Decimal(0))),
            an_assessment("Applies", repeats=Decimal("1.5")),
            an_assessment("Sends papers", repeats=Decimal(3), people=None),
        ],
        FIRST,
    )

    found = journey_cost(STEPS, held, "", 10)

    # 2 x (10 + 0), 1.5 x (10 + 30), 3 x (10 + 30)
    assert found.time == Amount(Decimal(200), True)
    assert found.money == Amount(Decimal("32.5"), True)
    assert found.words == "One person spends 3 hours 20 minutes and pays $32.50 on the whole way."
    # 100 people x 80 minutes; of the third step nobody stated how many
    assert found.hours == Amount(Decimal(8000) / 60, False)


@pytest.mark.proves("280.14-f3", "280.14-f4")
def test_a_step_that_nobody_assessed_makes_the_journey_a_least_one() -> None:
    found = journey_cost(STEPS, held_on([an_assessment()], FIRST), "", 10)

    assert found.time == Amount(Decimal(40), False)
    assert found.missing == ["Finds out", "Sends papers"]
    assert found.words == (
        "One person spends at least 40 minutes and pays at least $5 on the whole way."
        " 2 steps are not wholly assessed, so it may be more."
    )
    bare = journey_cost(STEPS, {}, "", 10)
    assert bare.time == NOT_ASSESSED
    assert "time nobody assessed" in bare.words


@pytest.mark.proves("280.14-f4")
@settings(max_examples=30)
@given(MANY)
def test_a_journey_is_always_its_steps_times_their_repeats(rows: list[Assessment]) -> None:
    held = held_on(rows, date(2024, 1, 1))
    found = journey_cost(STEPS, held, "", 10)

    known = [held[each, ""] for each in STEPS if (each, "") in held]
    for name in ("learning", "compliance", "money"):
        amounts = [getattr(each, name).times(each.repeats) for each in known]
        missing = [NOT_ASSESSED] * (len(STEPS) - len(known))
        assert getattr(found, name) == total([*amounts, *missing])


@pytest.mark.proves("280.14-f3")
@settings(max_examples=30)
@given(MANY, some.none() | some.decimals(1, 90, places=2))
def test_strain_is_never_turned_into_time_or_money(
    rows: list[Assessment], wage: Decimal | None
) -> None:
    def figures(given: list[Assessment]) -> list[object]:
        cost = journey_cost(STEPS, held_on(given, date(2024, 1, 1)), "", 10)
        return [cost.time, cost.money, cost.hours, in_money(cost.time, wage)]

    calm = [replace(each, strain=None) for each in rows]

    assert figures(rows) == figures(calm)
    assert (figures(rows)[-1] is None) == (wage is None)


@pytest.mark.proves("280.14-f3")
def test_strain_stands_with_its_n_and_few_people_are_not_told_of() -> None:
    held = held_on(
        [
            an_assessment("Finds out", strain=Strain(Decimal(2), 30)),
            an_assessment("Applies", strain=Strain(Decimal(4), 10)),
            an_assessment("Sends papers", strain=Strain(Decimal(5), 9)),
        ],
        FIRST,
    )

    found = journey_cost(STEPS, held, "", 10)

    assert [each.strain is None for each in found.steps] == [False, False, True]
    assert found.strain == Strain(Decimal("2.5"), 40)


@pytest.mark.proves("280.11-b3", "280.14-f3")
@settings(max_examples=30)
@given(MANY)
def test_a_segment_with_too_few_people_is_hidden_whole(rows: list[Assessment]) -> None:
    found = by_segment(STEPS, held_on(rows, date(2024, 1, 1)), 10)

    shown = [each for each in found if isinstance(each, JourneyCost)]
    assert all(not 0 < each.observed < 10 for each in shown)
    names = [each.segment if isinstance(each, JourneyCost) else each for each in found]
    assert names == sorted({each.segment for each in rows})


@pytest.mark.proves("280.14-f4", "280.11-b2")
def test_a_change_is_told_by_before_and_after_and_by_what_it_touched_alone() -> None:
    rows = [
        an_assessment("Applies"),
        an_assessment("Finds out"),
        an_assessment("Applies", from_on=date(2023, 6, 1), compliance=Amount.of(Decimal(12)),
                      people=200, change=7),
        an_assessment("Sends papers", from_on=date(2023, 6, 1), repeats=Decimal(0), change=8),
        an_assessment("Finds out", from_on=date(2023, 6, 2), learning=Amount.of(Decimal(1))),
    ]  # fmt: skip

    found = effect_of(("Finds out", "Applies"), rows, 7, "", 10)

    assert found is not None
    assert (found.before.time, found.after.time) == (
        Amount(Decimal(80), True),
        Amount(Decimal(62), True),
    )
    assert (found.saved, found.hours) == (Decimal(18), Decimal(60))
    assert effect_of(STEPS, rows, 9, "", 10) is None


@pytest.mark.proves("280.14-f3", "280.11-b2")
def test_what_was_not_assessed_before_is_no_saving() -> None:
    before = an_assessment("Applies", learning=NOT_ASSESSED)
    after = an_assessment("Applies", from_on=date(2023, 6, 1), change=7)

    found = effect_of(STEPS, [before, after], 7, "", 10)

    assert found is not None
    assert (found.saved, found.hours, found.unknown) == (None, None, ["Applies"])


@settings(max_examples=30)
@given(MANY)
def test_what_holds_is_the_newest_of_each_step_and_segment(rows: list[Assessment]) -> None:
    day = date(2023, 7, 1)

    for key, each in held_on(rows, day).items():
        same = [row for row in rows if row.key == key and row.from_on <= day]
        assert each.from_on == max(row.from_on for row in same)


def test_time_and_money_are_told_as_people_say_them() -> None:
    assert [time_told(Decimal(each)) for each in ("0", "1", "59.6", "60", "125")] == [
        "0 minutes", "1 minute", "1 hour", "1 hour", "2 hours 5 minutes",
    ]  # fmt: skip
    assert (money_told(Decimal("1204.5")), money_told(Decimal(12))) == ("$1,204.50", "$12")


@pytest.mark.proves("INC-43")
@pytest.mark.parametrize(
    ("easy", "n", "says"),
    [
        (0.714, 4120, "71 % of 4,120 people found it easy"),
        (0.714, 9, "nobody was asked whether it was easy, or too few to show"),
        (None, None, "nobody was asked whether it was easy, or too few to show"),
    ],
)
def test_effort_is_the_burden_beside_the_ease_and_never_one_number(
    easy: float | None, n: int | None, says: str
) -> None:
    cost = journey_cost(("Applies",), held_on([an_assessment()], FIRST), "", 10)

    assert effort_of(cost, easy, n).words == f"Time 40 minutes, to pay $5; {says}."
