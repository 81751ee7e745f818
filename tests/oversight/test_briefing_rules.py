"""Each slide states its finding, suppresses small groups, and says how sure it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.kernel.quarter import Quarter
from cx280.measures.rules.basis import Basis
from cx280.measures.rules.comparability import Key
from cx280.measures.rules.scores import share_of
from cx280.measures.rules.trends import Break, Trend, TrendPoint
from cx280.obligations.rules.vocabulary import State
from cx280.oversight.rules.briefing.drivers import Driving, drivers_slide
from cx280.oversight.rules.briefing.duties import (
    Assessed,
    Duty,
    assessment_slide,
    duties_slide,
)
from cx280.oversight.rules.briefing.outcomes import CHOSE, Outcomes, outcomes_slide
from cx280.oversight.rules.briefing.progress import Commitment, Plan, progress_slide
from cx280.oversight.rules.briefing.shown import TOO_FEW, cell_of, dot_of, may_show
from cx280.oversight.rules.briefing.stops import Stops, stops_slide
from cx280.oversight.rules.briefing.talks import Asked, asked_slide, asks_slide
from cx280.oversight.rules.briefing.themes import Named, Said, themes_slide
from cx280.oversight.rules.briefing.who import Designated, Who, who_slide
from cx280.oversight.rules.slides import Chart, Deck, Lines, Slide, Table, as_content, read_deck
from cx280.plans.rules.progress import Reading, progress
from cx280.telemetry.rules.funnels import Place, finding, stages

SMALLEST = 10
LAST = Quarter(2023, 4)
KEY = Key("transaction", "trust_change", "T1", "exact", "agree5", "web", "service")


def a_trend(*shares: tuple[int, int], basis: Basis = Basis.ASKED) -> Trend:
    """(agreeing, n) of the quarters up to the last."""
    points = tuple(
        TrendPoint(LAST.plus(at + 1 - len(shares)), KEY, "T", share_of(*each, basis), None)
        for at, each in enumerate(shares)
    )
    return Trend("trust", points, (), ())


def plain(words: str) -> str:
    """The words with ordinary spaces."""
    return words.replace("\u00a0", " ")


def outcomes(trend: Trend) -> Slide:
    found = {"trust": trend, "satisfaction": Trend("satisfaction", (), (), ())}
    return outcomes_slide(Outcomes("Boat permits", found, LAST, SMALLEST), "outcomes-1")


def cells(slide: Slide) -> list[str]:
    return [
        plain(cell) for each in slide.blocks if isinstance(each, Table) for row in each.rows
        for cell in row
    ]  # fmt: skip


@given(agree=st.integers(0, 60), others=st.integers(0, 60))
@settings(max_examples=60)
def test_a_share_stands_there_only_where_no_group_is_small(agree: int, others: int) -> None:
    share = share_of(agree, agree + others)
    few = any(0 < each < SMALLEST for each in (agree, others, agree + others))

    assert may_show(share, SMALLEST) is (not few and agree + others > 0)
    assert (dot_of(share, SMALLEST).value is None) is (few or agree + others == 0)
    assert (str(agree + others) in cell_of(share, SMALLEST)) is (not few and agree + others > 0)


@pytest.mark.proves("280.14-d2")
def test_trust_that_fell_in_a_year_is_the_title_with_n_and_interval() -> None:
    slide = outcomes(a_trend((800, 1000), (790, 1000), (760, 1000), (740, 1000), (700, 1000)))

    assert plain(slide.title) == "Trust in Boat permits is 70 %, down 10 points in a year"
    assert "70 % (67 to 73), n 1,000" in cells(slide)
    assert "Since FY2022 Q4: down 10 points" in plain(slide.notes[0])
    chart = next(each for each in slide.blocks if isinstance(each, Chart))
    assert "70 % (67 to 73), n 1,000 in FY2023 Q4" in plain(chart.alternative)
    assert chart.lines[0].dots[-1].value == 0.7


def test_a_line_is_cut_where_another_question_was_asked() -> None:
    before, after = a_trend((800, 1000), (700, 1000)).points
    other = replace(
        after, key=Key("transaction", "trust_level", "T2", "exact", "agree5", "web", "")
    )
    cut = Break(LAST, "Another question.", joined=False)
    trend = Trend("trust", (before, other), (cut,), ())

    slide = outcomes(trend)

    chart = next(each for each in slide.blocks if isinstance(each, Chart))
    assert [each.name for each in chart.lines] == ["Trust before Q4 2023", "Trust"]
    assert [[dot.value for dot in each.dots] for each in chart.lines] == [[0.8, None], [None, 0.7]]
    assert "Not joined before FY2023 Q4." in str(slide.blocks[-1])
    assert "in a year" not in slide.title


def test_what_chance_may_do_is_no_finding() -> None:
    slide = outcomes(a_trend((800, 1000), (1, 20), (1, 20), (1, 20), (805, 1000)))

    assert plain(slide.title) == "Trust in Boat permits is 80 %"
    assert cells(slide).count(TOO_FEW) == 3


@pytest.mark.proves("INC-44")
def test_people_who_chose_to_answer_get_a_caveat_and_no_interval() -> None:
    slide = outcomes(a_trend((400, 500), (350, 500), basis=Basis.CHOSE))

    assert plain(slide.title) == "Trust in Boat permits is 70 % among those who chose to answer"
    assert "70 %, n 500" in cells(slide)
    assert CHOSE in str(slide.blocks[-1])
    chart = next(each for each in slide.blocks if isinstance(each, Chart))
    assert all(each.low is None for each in chart.lines[0].dots)


def test_nobody_s_answer_is_said_to_be_so() -> None:
    assert outcomes(a_trend()).title == "Nobody has answered about Boat permits yet"
    assert outcomes(a_trend((3, 5))).title == "Trust in Boat permits: too few answered to tell"
    untold = drivers_slide(Driving("Boat permits", None, (), SMALLEST), "drivers-1")
    assert untold.title == "It cannot be told yet what goes with trust in Boat permits"


@given(st.lists(st.integers(0, 40), max_size=6), st.integers(0, 60))
@settings(max_examples=60)
def test_no_small_theme_is_shown_and_no_theme_that_all_but_few_have(
    counts: list[int], more: int
) -> None:
    total = max(counts, default=0) + more
    themes = [Named(f"t{at}", f"Theme {at}", each) for at, each in enumerate(counts)]

    slide = themes_slide(Said("Boat permits", "FY2023 Q4", total, themes, SMALLEST), "themes-1")

    shown = {row[0] for each in slide.blocks if isinstance(each, Table) for row in each.rows}
    for each in themes:
        few = any(0 < n < SMALLEST for n in (each.comments, total - each.comments, total))
        assert not (few and each.name in shown)


def test_where_people_stop_is_the_title() -> None:
    shown = stages([Place("Start", 1000), Place("Pay", 400), Place("Finish", 395)], SMALLEST)

    slide = stops_slide(Stops("Boat permits", "Renew", shown, finding(shown), "91 days"), "s")

    assert slide.title == "Renew: 6 in 10 who start never reach Pay"
    assert [each for each in cells(slide) if each in {"Finish", TOO_FEW}] == ["Finish", TOO_FEW]


def a_duty(code: str, state: State, when: str = "") -> Duty:
    met = date(2023, 2, 26) if state in {State.ON_TIME, State.LATE} else None
    return Duty(code, "Name", "Rivers", "FY2023", date(2023, 2, 24), state, met, when)


@pytest.mark.proves("280.14-d2")
def test_what_was_late_and_missing_is_counted_of_what_fell_due() -> None:
    duties = [
        a_duty("capacity_assessment", State.LATE, "2 days late"),
        a_duty("deep_dive", State.ON_TIME),
        a_duty("action_plan", State.MISSING, "3 days ago"),
        a_duty("designation", State.NOT_STARTED),
        a_duty("quarterly", State.DEFERRED),
    ]

    slide = duties_slide(duties, 2023)
    told = [f"{each} (planned)" for each in ("A council", "Interviews", "Texts", "A board")]
    results = Assessed(2023, [("Governance", "2, in place", "3 of 4 practices")], told)
    assessment = assessment_slide(duties, results)

    assert slide.title == "1 of 3 duties came late, 1 is missing"
    assert (
        duties_slide(duties[1:2], 2023).title == "Every one of 1 duty that fell due was met on time"
    )
    assert assessment.title == (
        "OMB got the Capacity Assessment of FY2023 on Feb 26, 2023, 2 days late"
    )
    assert "2, in place" in cells(assessment)
    assert assessment.blocks[1] == Lines(
        (*(f"Underway or planned: {each}." for each in told[:3]), "And 1 more.")
    )
    assert assessment.notes[-1] == "Underway or planned: A board (planned)."
    none = assessment_slide(duties, Assessed(2023, results.rows))
    assert none.blocks[1] == Lines(("No initiative is underway or planned.",))


def test_progress_is_drawn_from_the_measure_and_hidden_where_few_answered() -> None:
    readings = [Reading(0.8, 0.78, 0.82, 1000, "FY2023 Q4"), Reading(0.5, 0.3, 0.7, 15, "FY2023")]
    actions = [
        Commitment("Tell everybody", "Boats", "Trust", 0.7, 0.75, each, progress(0.7, 0.75, each),
                   "Underway", False)
        for each in readings
    ]  # fmt: skip

    slide = progress_slide(Plan(2023, actions, SMALLEST))

    assert slide.title == "1 of 2 actions for FY2023 reached their target"
    assert "80 % (78 to 82), n 1,000" in cells(slide)
    assert TOO_FEW in cells(slide)
    assert "50" not in " ".join(cells(slide))
    assert "−20" not in f"{slide.notes} {slide.blocks}"
    assert progress_slide(None).title == "There is no Action Plan to report on"


@pytest.mark.proves("280.14-d2")
def test_questions_of_last_time_and_asks_of_omb_are_told() -> None:
    asked = asked_slide([Asked("How long?", "12 minutes"), Asked("Why?", "")], date(2022, 3, 30))

    assert asked.title == "1 of 2 questions OMB asked last time is answered"
    assert cells(asked) == ["How long?", "12 minutes", "Why?", "not answered yet"]
    assert asks_slide("A contact\n\nA decision").title == "We ask OMB for 2 things"
    assert asks_slide(" ").title == "We ask nothing of OMB"


def test_too_few_designated_services_are_the_finding() -> None:
    one = Designated("Boat permits", "It waits", date(2021, 12, 1), 210_000)
    who = Who("Rivers", "Department", "", date(2018, 10, 1), [one], 2)

    assert who_slide(who).title == "We designated 1 service; 2 are needed"


def test_a_deck_that_was_kept_is_read_back_as_it_was() -> None:
    slide = outcomes(a_trend((800, 1000), (700, 1000)))
    deck = Deck("Rivers", "Department", 2023, "2023-03-24", (slide, asks_slide("A contact")))

    assert read_deck(as_content(deck)) == deck
