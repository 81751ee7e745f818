"""Who took part, what is stale, and when OMB has to approve a round first."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cx280.kernel.finding import Severity
from cx280.kernel.quarter import fiscal_year_of
from cx280.research.checks import check_service, check_study, crowded_rounds
from cx280.research.rules.facts import ServiceFacts, StudyFacts
from cx280.research.rules.freshness import freshness
from cx280.research.rules.participants import (
    Part,
    by_segment,
    members_of_public,
    participation_of,
    turnout,
)
from cx280.research.rules.periods import months_before
from cx280.research.rules.rounds import Round, crowds, rounds_by_year
from cx280.research.rules.searching import folded, for_postgresql, for_sqlite, forms_of, words_in
from cx280.research.rules.vocabulary import Approach, Experience, Freshness

TRIED = Experience.TRIED
DAYS = some.dates(date(2021, 1, 1), date(2024, 12, 31))
COUNTS = some.integers(0, 40)
PARTS = some.lists(
    some.builds(
        Part,
        some.sampled_from(("Anglers", "Rangers", "Far away")),
        some.sampled_from(Experience),
        COUNTS,
        some.none() | COUNTS,
        some.booleans(),
    ),
    max_size=6,
)
ROUNDS = some.lists(
    some.builds(
        Round,
        some.sampled_from(("Renew", "Pay")),
        some.sampled_from(("Tasks", "Other tasks")),
        DAYS,
        some.integers(0, 12),
        some.booleans(),
        some.booleans(),
    ),
    max_size=8,
)


@pytest.mark.proves("280.4-b3")
def test_planned_and_actual_stand_side_by_side_and_a_shortfall_is_said_plainly() -> None:
    parts = [Part("Anglers", TRIED, 8, 5), Part("Anglers", Experience.COMPLETED, 4, 4),
             Part("Far away", TRIED, 6, None)]  # fmt: skip

    anglers, far = by_segment(parts, {})

    assert (anglers.planned, anglers.came, anglers.short) == (12, 9, 3)
    assert anglers.words == "9 of 12 planned came, 3 short"
    assert far.words == "6 planned, not counted yet"
    assert turnout([anglers, far]).words == "9 of 18 planned took part: 3 short"


@pytest.mark.proves("280.4-b3")
@settings(max_examples=50)
@given(PARTS, some.dictionaries(some.sampled_from(("Anglers", "Businesses")), some.floats(0, 1)))
def test_no_segment_is_lost_and_a_surplus_makes_up_for_nobody_else(
    parts: list[Part], mix: dict[str, float]
) -> None:
    counts = by_segment(parts, mix)

    assert {each.segment for each in counts} == {each.segment for each in parts} | set(mix)
    assert sum(each.planned for each in counts) == sum(each.planned for each in parts)
    assert turnout(counts).short == sum(
        max(each.planned - each.came, 0) for each in counts if each.came is not None
    )


@pytest.mark.proves("280.4-b3")
@pytest.mark.parametrize(
    ("share", "came", "is_told"), [(0.06, 0, True), (0.05, 0, False), (0.06, 1, False)]
)
def test_a_segment_of_more_than_five_percent_without_anybody_raises_a_warning(
    share: float, came: int, is_told: bool
) -> None:
    counts = by_segment([Part("Far away", TRIED, 4, came)], {"Far away": share})

    found = check_study(StudyFacts(counts, 4, is_cleared=True))

    assert [(each.rule, each.severity) for each in found] == (
        [("280.4-b3", Severity.WARN)] if is_told else []
    )


@pytest.mark.proves("280.9-f2", "280.11-a1")
@settings(max_examples=50)
@given(PARTS, some.booleans())
def test_more_than_nine_of_the_public_need_an_approval_and_employees_never_do(
    parts: list[Part], is_cleared: bool
) -> None:
    public = members_of_public(parts)
    found = check_study(StudyFacts((), public, is_cleared))

    assert public == sum(max(each.planned, each.came or 0) for each in parts if not each.is_federal)
    assert bool(found) == (public > 9 and not is_cleared)
    assert all(each.severity is Severity.ERROR and each.fix for each in found)


@pytest.mark.proves("280.9-f2")
@settings(max_examples=50)
@given(ROUNDS)
def test_a_crowd_is_the_fullest_twelve_months_of_rounds_that_ask_the_same(
    rounds: list[Round],
) -> None:
    found = {(each.flow, each.asks): each.people for each in crowds(rounds)}

    for (flow, asks), people in found.items():
        mine = [each for each in rounds if (each.flow, each.asks) == (flow, asks)
                and not each.is_cleared]  # fmt: skip
        windows = [
            sum(each.public for each in mine if first <= each.held_on < _a_year_after(first))
            for first in {each.held_on for each in mine}
        ]
        assert people == max(windows)
    cleared = {(each.flow, each.asks) for each in rounds if not each.is_cleared}
    assert set(found) == cleared


def _a_year_after(first: date) -> date:
    """The first day that is no longer within twelve months of it."""
    day = first + timedelta(days=365)
    return day if months_before(day, 12) >= first else day + timedelta(days=1)


@pytest.mark.proves("280.9-f2")
def test_the_tenth_person_asked_the_same_within_a_year_needs_approval() -> None:
    five = Round("Renew", "Tasks", date(2023, 3, 1), 5)
    four = Round("Renew", "Tasks", date(2023, 9, 1), 4)
    one = Round("Renew", "Tasks", date(2024, 2, 29), 1)
    later = Round("Renew", "Tasks", date(2024, 3, 1), 1)

    assert crowded_rounds([five, four]) == []
    assert crowded_rounds([five, four, later]) == []
    (found,) = crowded_rounds([five, four, one])
    assert "10 members of the public" in found.message


@pytest.mark.proves("280.9-f2")
@settings(max_examples=50)
@given(ROUNDS)
def test_rounds_that_were_held_are_counted_by_flow_and_fiscal_year(rounds: list[Round]) -> None:
    assert rounds_by_year(rounds) == Counter(
        (each.flow, fiscal_year_of(each.held_on)) for each in rounds if each.is_held
    )


@pytest.mark.proves("280.9-e4")
@given(DAYS, some.integers(1, 60), DAYS)
def test_an_insight_is_stale_only_after_the_agency_s_period(
    confirmed: date, months: int, today: date
) -> None:
    standing = freshness(confirmed, None, months, today)

    assert (standing is Freshness.STALE) == (confirmed < months_before(today, months))
    assert freshness(confirmed, today, months, today) is Freshness.RETIRED


def test_months_are_counted_back_to_a_day_that_exists() -> None:
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_before(date(2023, 1, 15), 12) == date(2022, 1, 15)


GOOD = ServiceFacts("Boat permits", 24, 2023, 1, 1, 1, {"Renew": 2})


@pytest.mark.proves("280.9-e2", "280.14-f2", "280.14-f5")
@pytest.mark.parametrize(
    ("lacking", "rule", "says"),
    [
        ((0, 1, 1, {"Renew": 2}), "280.9-e2", "No qualitative study of the last 24 months"),
        ((1, 0, 1, {"Renew": 2}), "280.9-e2", "No quantitative study of the last 24 months"),
        ((1, 1, 0, {"Renew": 2}), "280.14-f2", "Nobody drew a journey"),
        ((1, 1, 1, {"Renew": 2, "Pay": 0}), "280.14-f5", "No customer tested “Pay”"),
    ],
)
def test_what_a_designated_service_lacks_raises_exactly_one_warning(
    lacking: tuple[int, int, int, dict[str, int]], rule: str, says: str
) -> None:
    assert check_service(GOOD) == []

    (found,) = check_service(ServiceFacts("Boat permits", 24, 2023, *lacking))

    assert (found.rule, found.severity) == (rule, Severity.WARN)
    assert says in found.message
    assert found.fix


def test_a_mixed_study_counts_as_both_kinds() -> None:
    assert Approach.MIXED.parts == {"qualitative", "quantitative"}


@given(some.text(max_size=60))
def test_what_is_typed_is_never_a_command_of_a_search(typed: str) -> None:
    words = words_in(typed)

    assert all(each.replace("_", "").isalnum() for each in words)
    forms = sum(len(forms_of(each)) for each in words)
    assert for_sqlite(words).count('"') == 2 * forms
    assert for_postgresql(words).count(":*") == forms


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("renovacion", "La renovación"), ("RENOVACIÓN", "renovaciones"), ("permisos", "un permiso"),
        ("permiso", "los permisos"), ("raices", "la raíz"), ("nuevas", "un trámite nuevo"),
        ("anos", "muchos años"), ("oficina", "las oficinas"),
    ],
)  # fmt: skip
def test_a_spanish_word_is_known_in_its_other_forms_with_or_without_accents(
    typed: str, written: str
) -> None:
    (word,) = words_in(typed)

    starts = tuple(forms_of(word))
    assert any(each.startswith(starts) for each in folded(written).split())


def test_a_short_word_is_not_cut_to_what_begins_every_other() -> None:
    assert forms_of("gas") == ["gas"]
    assert forms_of("citas") == ["citas", "cita"]


@pytest.mark.proves("INC-43")
def test_participation_is_the_segment_s_customers_by_those_of_it_who_could() -> None:
    assert participation_of(0.2, 10_000, 8_000) == 0.25
    assert participation_of(0.2, None, 8_000) is None
    assert participation_of(0.2, 10_000, None) is None
