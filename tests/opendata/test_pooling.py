"""Answers are added up only where the same question was asked the same way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.quarter import Quarter
from cx280.opendata.rules.headline import headline
from cx280.opendata.rules.lines import line_of
from cx280.opendata.rules.pooling import largest_pool
from cx280.opendata.rules.published import figures_about
from tests.opendata.published import S2, T1, T2, published, satisfaction, trust

COUNTS = st.lists(st.integers(0, 300), min_size=5, max_size=5)


@pytest.mark.proves("280.8-b8", "280.10-a2")
def test_the_largest_group_that_was_asked_alike_is_pooled_and_the_rest_stands_apart() -> None:
    one = published(trust([10, 10, 20, 30, 30], T1), service="boats")
    two = published(trust([20, 20, 20, 20, 20], T1), service="walks")
    other = published(trust([10, 10, 10, 10, 900], T2), service="grants")

    found = largest_pool(figures_about("trust", [one, two, other]))

    assert found is not None
    assert found.services == ["Boats", "Walks"]
    assert (found.n, found.share) == (200, 0.5)
    assert [each.figure.published.content.service.name for each in found.left_out] == ["Grants"]
    assert found.left_out[0].reason == (
        "One measures whether an interaction raised trust, the other how much trust there is."
    )


@pytest.mark.proves("280.4-f1")
def test_a_sum_over_services_names_them_and_their_answers() -> None:
    reports = [published(trust([20] * 5), service=each) for each in ("boats", "walks")]

    found = largest_pool(figures_about("trust", reports))

    assert found is not None
    assert found.services == ["Boats", "Walks"]
    assert found.n == 200


def test_a_service_with_most_of_the_answers_is_named() -> None:
    small = published(trust([20] * 5), service="walks")
    large = published(trust([200] * 5), service="boats")

    found = largest_pool(figures_about("trust", [small, large]))

    assert found is not None
    assert found.leader is not None
    assert found.leader == ("Boats", 1000 / 1100)


def test_people_who_found_a_survey_by_themselves_give_no_margin_of_error() -> None:
    found = largest_pool(figures_about("trust", [published(trust(), self_selected=True)]))

    assert found is not None
    assert found.interval is None
    assert found.how_sure == "people found the survey by themselves: no margin of error"


def test_what_too_few_answered_is_left_out_with_the_reason() -> None:
    few = published(trust([1, 1, 1, 1, 1]), service="walks")

    found = largest_pool(figures_about("trust", [published(trust()), few]))

    assert found is not None
    assert [each.reason for each in found.left_out] == ["Too few to show."]


def test_there_is_no_pool_without_a_share() -> None:
    assert largest_pool(figures_about("trust", [published(trust([0] * 5))])) is None


@given(st.lists(st.tuples(COUNTS, st.sampled_from([T1, T2, S2])), max_size=6))
def test_no_pool_mixes_keys_and_every_figure_is_in_it_or_left_out(
    asked: list[tuple[list[int], str]],
) -> None:
    reports = [published(trust(counts, key)) for counts, key in asked]
    figures = figures_about("trust", reports)

    found = largest_pool(figures)

    if found is not None:
        assert {each.question.comparable for each in found.figures} == {found.key}
        assert len(found.figures) + len(found.left_out) == len(figures)
        assert found.n == sum(each.n or 0 for each in found.figures)
        assert all(each.reason for each in found.left_out)


@pytest.mark.proves("INC-05")
def test_the_headline_never_averages_two_kinds_of_trust() -> None:
    raised = published(trust([10, 10, 20, 30, 30], T1), service="boats")
    held = published(trust([100, 100, 100, 100, 100], T2), service="walks")

    found = headline([raised, held])

    assert found is not None
    assert found.trust is not None
    assert found.trust.n in (100, 500)
    assert len(found.trust.left_out) == 1


def test_the_headline_says_whose_answers_it_tells_of() -> None:
    found = headline([published(trust([20] * 5), satisfaction([10, 10, 20, 30, 30]))])

    assert found is not None
    assert found.sentence.replace("\N{NO-BREAK SPACE}", " ") == (
        "In January to March 2022, 60 % of the people who answered about one service were"
        " satisfied; 40 % of the people who answered about one service said it raised their trust."
    )


def test_a_quarter_that_is_still_coming_in_does_not_speak_for_all() -> None:
    before = [published(trust(), service=each) for each in ("boats", "walks", "grants")]
    early = published(trust(), service="boats", quarter="FY2022 Q3")

    found = headline([*before, early])

    assert found is not None
    assert found.quarter == Quarter(2022, 2)
    assert found.coming_in == (Quarter(2022, 3), 1)


def test_there_is_no_headline_before_anybody_answered() -> None:
    assert headline([]) is None
    assert headline([published(trust([0] * 5))]) is None


def test_a_line_is_cut_where_the_question_changed_and_says_why() -> None:
    reports = [
        published(trust(key=T1), quarter="FY2022 Q1"),
        published(trust(key=T2), quarter="FY2022 Q2"),
        published(trust(key=T2), quarter="FY2022 Q3"),
    ]

    line = line_of("trust", reports)

    assert line is not None
    assert [str(each.quarter) for each in line.breaks] == ["FY2022 Q2"]
    assert "whether an interaction raised trust" in line.breaks[0].differs
    assert [str(each.quarter) for each in line.still_comparable] == ["FY2022 Q2", "FY2022 Q3"]


def test_a_quarter_without_a_report_is_a_gap() -> None:
    reports = [published(quarter="FY2022 Q1"), published(quarter="FY2022 Q3")]

    line = line_of("trust", reports)

    assert line is not None
    assert [each.share is None for each in line.steps] == [False, True, False]
    assert line.breaks == []


def test_too_few_answers_are_a_step_that_says_so() -> None:
    reports = [published(quarter="FY2022 Q1"), published(trust([1] * 5), quarter="FY2022 Q2")]

    line = line_of("trust", reports)

    assert line is not None
    assert [each.is_suppressed for each in line.steps] == [False, True]
    assert line.latest is line.steps[0]


def test_a_question_that_was_never_asked_has_no_line() -> None:
    assert line_of("confidence", [published()]) is None
