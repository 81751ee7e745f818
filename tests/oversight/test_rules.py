"""How what waits is piled, and how findings are counted by rule."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.oversight.rules.findings import Found, Report, base_of, raised_in, raising
from cx280.oversight.rules.waiting import Kind, Waiting, piles_of

TODAY = date(2023, 3, 20)


def waiting(kind: Kind, days: int) -> Waiting:
    since = TODAY - timedelta(days=days)
    return Waiting(kind, f"{days} days", "rivers", "Rivers", "Department", since, "/")


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(Kind), st.integers(0, 400)), max_size=30))
def test_piles_lose_nothing_and_what_waited_longest_stands_first(
    given_ones: list[tuple[Kind, int]],
) -> None:
    things = [waiting(*each) for each in given_ones]

    piles = piles_of(things)

    assert sorted(each.words for pile in piles for each in pile.things) == sorted(
        each.words for each in things
    )
    for pile in piles:
        assert pile.longest.days(TODAY) == max(each.days(TODAY) for each in pile.things)
        assert {each.kind for each in pile.things} == {pile.kind}
    assert [each.kind for each in piles] == [each for each in Kind if each in dict(given_ones)]


def report(service: str, *found: Found, provider: str = "Rivers") -> Report:
    return Report("Department", provider, service, service.title(), "FY2023 Q1", found)


def test_a_rule_is_counted_once_a_report_and_its_services_once() -> None:
    late = Found("280.16-a3", "warn", "Late", "The flood")
    silent = Found("280.16-a3", "warn", "Late")
    wrong = Found("280.15-a2:answers-over-respondents", "error", "Too many")
    reports = [
        report("boats", late, late),
        report("boats", silent),
        report("trails", wrong, Found("280.15-a2", "error", "Sum"), provider="Trails"),
        report("lakes"),
    ]

    rows = {each.rule: each for each in raised_in(reports)}

    assert [each.rule for each in raised_in(reports)] == ["280.15-a2", "280.16-a3"]
    assert (rows["280.16-a3"].reports, rows["280.16-a3"].services) == (2, 1)
    assert rows["280.16-a3"].explained == 1
    assert (rows["280.15-a2"].reports, rows["280.15-a2"].providers) == (1, 1)
    assert len(raising(reports, "280.15-a2")) == 2
    assert base_of("280.15-a2:answers-over-respondents") == "280.15-a2"
