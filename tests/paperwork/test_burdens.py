"""What a service takes of people: by segment, step by step, and what changes spared them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.kernel.problem import Conflict
from cx280.paperwork.actions.burdens import add_change, add_estimate
from cx280.paperwork.models import BurdenChange, BurdenEstimate
from cx280.paperwork.queries.burdens import burden_of
from cx280.paperwork.rules.inventory import Estimate, by_segment, inventory, reductions, unequal
from cx280.services.models import Service
from tests.builders import a_journey, a_person, a_service, an_agency

SMALLEST = 10
DAY = date(2022, 1, 1)
BASE = Estimate("Applies", "", DAY, 600, Decimal(10), Decimal(20), Decimal(5), None, 40, "Diary")
ESTIMATES = st.lists(
    st.builds(
        Estimate,
        step=st.sampled_from(["Finds out", "Applies", "Renews"]),
        segment=st.sampled_from(["", "Rural", "Veterans", "New"]),
        from_on=st.dates(date(2020, 1, 1), date(2023, 12, 31)),
        people=st.integers(1, 10**6),
        learning=st.decimals(0, 600, places=2),
        compliance=st.decimals(0, 600, places=2),
        cost=st.decimals(0, 500, places=2),
        strain=st.one_of(st.none(), st.decimals(1, 5, places=2)),
        observed=st.integers(0, 40),
        source=st.just("Diary"),
    ),
    max_size=10,
)


def estimate(**changed: Any) -> Estimate:
    return replace(BASE, **changed)


@pytest.mark.proves("280.11-b2")
@given(ESTIMATES, st.dates(date(2020, 1, 1), date(2024, 1, 1)))
def test_of_each_step_and_segment_the_newest_holds(every: list[Estimate], on: date) -> None:
    held = inventory(every, on)

    assert len({each.key for each in held}) == len(held)
    for each in every:
        if each.from_on <= on:
            holds = next(one for one in held if one.key == each.key)
            assert holds.from_on >= each.from_on
    assert all(each.from_on <= on for each in held)


@pytest.mark.proves("280.11-b1", "280.11-b3")
@given(ESTIMATES)
def test_no_segment_of_too_few_is_shown_and_none_follows_from_the_total(
    every: list[Estimate],
) -> None:
    held = inventory(every, date(2024, 1, 1))
    lines = by_segment(held, SMALLEST)
    *rows, total = lines
    hidden = [each.segment for each in rows if not each.is_shown]

    for each in held:
        if 0 < each.observed < SMALLEST:
            assert each.segment in hidden
    assert all(each.observed is None and each.minutes is None for each in rows if not each.is_shown)
    if total.is_shown:
        assert len(hidden) != 1
        assert behind(held, hidden) == 0 or behind(held, hidden) >= SMALLEST
        assert total.hours == sum((each.hours for each in held), Decimal(0))


def behind(held: Sequence[Estimate], hidden: list[str]) -> int:
    """The people behind the hidden segments together."""
    return sum(
        min((each.observed for each in held if each.segment == name and each.observed), default=0)
        for name in hidden
    )


@pytest.mark.proves("280.11-b1")
def test_the_hours_money_and_strain_of_a_segment_are_those_of_its_steps() -> None:
    every = [
        estimate(segment="Rural", strain=Decimal(4), observed=30),
        estimate(segment="Rural", step="Finds out", learning=Decimal(50), compliance=Decimal(0),
                 cost=Decimal(0), strain=Decimal(2), observed=10),
        estimate(observed=0),
    ]  # fmt: skip

    everybody, rural, total = by_segment(every, SMALLEST)

    assert (rural.observed, rural.learning, rural.compliance) == (10, Decimal(60), Decimal(20))
    assert (rural.hours, rural.dollars, rural.strain) == (
        Decimal(800),
        Decimal(3000),
        Decimal("3.5"),
    )
    assert (everybody.observed, everybody.hours, everybody.strain) == (0, Decimal(300), None)
    assert total.hours == Decimal(1100)


@pytest.mark.proves("280.11-b3")
def test_whom_it_takes_longest_is_told_of_shown_segments_alone() -> None:
    everybody, rural = estimate(), estimate(segment="Rural", learning=Decimal(70))
    few = estimate(segment="New", learning=Decimal(500), observed=9)

    found = unequal(by_segment([everybody, rural], SMALLEST))

    assert found is not None
    assert (found[0].segment, found[1].segment, found[2]) == ("Rural", "", Decimal(3))
    assert unequal(by_segment([everybody, few], SMALLEST)) is None
    assert unequal(by_segment([], SMALLEST)) is None


@pytest.mark.proves("280.11-b2")
def test_a_reduction_is_before_less_after_for_the_people_after() -> None:
    before = estimate()
    older = estimate(from_on=date(2020, 1, 1), learning=Decimal(500))
    after = estimate(from_on=date(2022, 6, 1), people=1200, compliance=Decimal(5),
                     cost=Decimal(4), change=7)  # fmt: skip

    (found,) = reductions([after, older, before], 7)

    assert (found.before, found.hours, found.dollars) == (before, Decimal(300), Decimal(1200))
    assert reductions([before], 7) == []
    assert reductions([estimate(change=7)], 7) == []


@pytest.mark.proves("280.11-b2")
@given(st.integers(0, 10**6), *[st.decimals(0, 600, places=2)] * 2)
def test_undoing_a_change_takes_back_what_it_spared(n: int, one: Decimal, other: Decimal) -> None:
    first = estimate(people=n, compliance=one)
    second = estimate(people=n, compliance=other, from_on=date(2022, 2, 1), change=1)
    third = estimate(people=n, compliance=one, from_on=date(2022, 3, 1), change=2)

    every = [first, second, third]
    assert reductions(every, 1)[0].hours + reductions(every, 2)[0].hours == 0


VALUES: dict[str, Any] = {
    "step": None, "step_name": "Applies", "segment": "", "people_per_year": 600,
    "learning_minutes": Decimal(10), "compliance_minutes": Decimal(20), "cost": Decimal(0),
    "strain": None, "observed": 40, "source": "Diary study", "from_on": DAY, "change": None,
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.proves("280.11-b2")
def test_an_estimate_replaces_an_older_one_and_keeps_it() -> None:
    service, person = a_service(), a_person()
    add_estimate(service, by=person, values=VALUES)
    change = add_change(service, by=person, title="One page less", changed_on=date(2022, 5, 1))
    later = {**VALUES, "from_on": date(2022, 6, 1), "compliance_minutes": Decimal(5)}
    add_estimate(service, by=person, values={**later, "change": change})

    with pytest.raises(Conflict):
        add_estimate(service, by=person, values=later)

    before, after = (burden_of(service, day, SMALLEST) for day in (DAY, date(2023, 1, 1)))
    assert before.total is not None
    assert after.total is not None
    assert (before.total.hours, after.total.hours) == (Decimal(300), Decimal(150))
    assert [each.hours for each in after.spared] == [Decimal(150)]


@pytest.mark.django_db
@pytest.mark.proves("280.11-b3")
def test_steps_and_changes_of_too_few_people_are_not_told() -> None:
    service, person = a_service(), a_person()
    add_estimate(service, by=person, values={**VALUES, "observed": 9})
    change = add_change(service, by=person, title="One page less", changed_on=DAY)
    after = {**VALUES, "from_on": date(2022, 6, 1), "change": change}
    add_estimate(service, by=person, values=after)

    assert burden_of(service, DAY, SMALLEST).estimates == []
    assert burden_of(service, date(2023, 1, 1), SMALLEST).spared[0].parts == []


@pytest.fixture
def service() -> Service:
    found = a_service()
    a_journey(found)
    return found


@pytest.mark.django_db
@pytest.mark.proves("280.11-b1", "280.11-b2")
def test_from_an_estimate_to_what_a_change_spared_on_the_pages(
    service: Service, sign_in: Callable[[Person], Client]
) -> None:
    client = sign_in(a_person(Role.PROGRAM_MANAGER, service.owner))
    add, here = (
        reverse(f"paperwork:{name}", args=[service.code]) for name in ("add-burden", "burden")
    )
    step = service.journeys.get().steps.all()[1]
    typed = {
        "step": step.pk, "people_per_year": "600", "learning_minutes": "10",
        "compliance_minutes": "20", "cost": "0", "observed": "40", "source": "Diary study",
        "from_on": "2022-01-01",
    }  # fmt: skip

    assert client.post(add, {**typed, "step": ""}).status_code == 422
    client.post(add, typed)
    assert "300 hours of people’s time in a year" in text_of(client.get(here))
    client.post(
        reverse("paperwork:add-change", args=[service.code]),
        {"title": "One page less", "changed_on": "2022-05-01"},
    )
    change = BurdenChange.objects.get()
    client.post(
        add, {**typed, "from_on": "2022-06-01", "compliance_minutes": "5", "change": change.pk}
    )

    page = text_of(client.get(here))
    assert "One page less: 150 hours a year less" in page
    assert "30 minutes before, 15 after, 600 people a year" in page
    assert BurdenEstimate.objects.latest("pk").step_name == step.name
    kept = b"".join(client.get(reverse("paperwork:burden-file", args=[service.code])))
    assert b"everybody else,40,600,10.00,5.00,150" in kept


@pytest.mark.django_db
def test_another_agency_does_not_see_the_burden(
    service: Service, sign_in: Callable[[Person], Client]
) -> None:
    stranger = sign_in(a_person(Role.CX_LEAD, an_agency()))

    assert stranger.get(reverse("paperwork:burden", args=[service.code])).status_code == 404
    reader = sign_in(a_person(Role.ANALYST, service.owner))
    assert reader.get(reverse("paperwork:burden", args=[service.code])).status_code == 200
    assert reader.get(reverse("paperwork:add-burden", args=[service.code])).status_code == 403


def text_of(response: Any) -> str:  # noqa: ANN401
    """The page's words and tags with single spaces."""
    return " ".join(response.content.decode().split())
