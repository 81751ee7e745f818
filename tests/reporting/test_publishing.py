"""The public sees no small group, nothing internal, and every caveat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from cx280.reporting.rules.content import (
    Content,
    NotApplicable,
    Question,
    Volumes,
    as_json,
    canonical,
    digest,
    read_content,
)
from cx280.reporting.rules.publishing import hidden_fields, public_version
from tests.reporting.contents import (
    a_content,
    a_question,
    a_survey_report,
    a_tapping_question,
    with_survey,
)

SMALL = st.lists(st.integers(0, 40), min_size=5, max_size=5)


def published(counts: list[int], *, with_taps: bool = False) -> Question:
    """The trust question as the public sees it."""
    questions = [a_question("trust", counts)]
    if with_taps:
        questions.append(a_tapping_question())
    seen = public_version(with_survey(questions=questions), 10)
    return seen.surveys[0].questions[0]


def test_large_groups_are_published_whole() -> None:
    question = a_question("trust", [10, 20, 30, 60, 80])

    assert published([10, 20, 30, 60, 80]) == question


def test_small_cells_are_hidden_with_enough_others_and_the_mean() -> None:
    question = published([3, 5, 12, 60, 40])

    assert question.counts == [None, None, None, 60, 40]
    assert question.answered == 120
    assert question.agreeing == pytest.approx(100 / 120)
    assert question.mean is None
    assert "fewer than 10" in question.withheld


def test_the_mean_goes_with_the_first_hidden_count_however_many_answered() -> None:
    question = published([1, 150, 700, 1800, 2300])

    assert question.counts == [None, None, 700, 1800, 2300]
    assert question.mean is None


def test_the_share_is_hidden_where_it_would_reveal_a_small_group() -> None:
    question = published([1, 1, 2, 50, 60])

    assert question.agreeing is None
    assert question.counts == [None, None, None, None, 60]


def test_fewer_than_ten_answers_show_nothing() -> None:
    question = published([0, 0, 1, 3, 5])

    assert (question.answered, question.counts, question.agreeing) == (None, None, None)
    assert question.withheld == "Fewer than 10 people: too few to show."


@given(SMALL)
def test_no_shown_count_is_small(counts: list[int]) -> None:
    question = published(counts)

    shown = [question.answered, *(question.counts or [])]

    assert all(each is None or each == 0 or each >= 10 for each in shown)


@given(SMALL)
def test_no_small_count_follows_from_what_is_shown(counts: list[int]) -> None:
    """Each hidden count could be one more and another, in the same shown sum, one less."""
    question = published(counts)
    if question.counts is None:
        return
    hidden = [place for place, count in enumerate(question.counts) if count is None]

    for place in hidden:
        others = [
            other
            for other in hidden
            if other != place
            and counts[other] > 0
            and (question.agreeing is None or (other > 2) == (place > 2))
        ]
        assert others


def test_taps_are_shown_by_polarity_where_every_group_is_large() -> None:
    rating = a_question("trust", [10, 20, 30, 60, 80])
    content = with_survey(questions=[rating, a_tapping_question()])

    taps = public_version(content, 10).surveys[0].questions[1].taps

    assert [(tap.polarity, tap.tapped, tap.shown) for tap in taps[:3]] == [
        ("high", 12, 140), ("middle", 12, 30), ("low", 12, 30)
    ]  # fmt: skip


def test_taps_are_hidden_where_their_groups_would_reveal_a_small_rating() -> None:
    rating = a_question("trust", [40, 8, 12, 60, 60])
    taps = [
        replace(tap, shown={"high": 120, "middle": 12, "low": 48}[tap.polarity], tapped=11)
        for tap in a_tapping_question().taps
    ]
    content = with_survey(questions=[rating, a_tapping_question(taps=taps)])

    trust, why = public_version(content, 10).surveys[0].questions

    # 48 low ratings less the 40 shown would give the 8 away: so the 40 is hidden too.
    assert trust.counts is not None
    assert trust.counts[:2] == [None, None]
    assert why.taps[0].shown == 120


def test_a_small_group_of_raters_hides_every_tap() -> None:
    rating = a_question("trust", [40, 20, 4, 60, 60])
    content = with_survey(questions=[rating, a_tapping_question()])

    why = public_version(content, 10).surveys[0].questions[1]

    assert {(tap.tapped, tap.shown) for tap in why.taps} == {(None, None)}


def test_a_survey_few_answered_shows_no_figure_at_all() -> None:
    content = with_survey(volumes=Volumes(customers=500, offered=90, respondents=9))

    survey = public_version(content, 10).surveys[0]

    assert survey.volumes == Volumes(customers=500, offered=90, respondents=None)
    assert survey.response_rate is None
    assert {question.answered for question in survey.questions} == {None}


@pytest.mark.proves("280.16-a6")
def test_internal_fields_are_absent_from_the_public_version() -> None:
    reason = NotApplicable(driver="employee", reason="Nobody takes part.", approver="Ana Ruiz")
    content = a_content(not_applicable=[reason])

    seen = public_version(content, 10)

    assert hidden_fields(content) == ["not_applicable.approver", "surveys.permits_release"]
    assert hidden_fields(seen) == []
    assert b"Ana Ruiz" not in canonical(seen)
    assert b"permits_release" not in canonical(seen)
    assert seen.not_applicable[0].approver is UNSET


@given(SMALL, SMALL)
def test_publishing_twice_is_publishing_once(trust: list[int], ease: list[int]) -> None:
    content = with_survey(questions=[a_question("trust", trust), a_question("ease", ease)])
    seen = public_version(content, 10)

    assert hidden_fields(seen) == []
    assert read_content(as_json(seen)) == seen


@given(SMALL)
def test_equal_contents_have_equal_digests_and_others_do_not(counts: list[int]) -> None:
    content = with_survey(questions=[a_question("trust", counts)])
    other = with_survey(questions=[a_question("trust", [counts[0] + 1, *counts[1:]])])

    assert digest(read_content(as_json(content))) == digest(content)
    assert digest(other) != digest(content)


def test_a_content_says_what_it_cannot_read() -> None:
    raw = as_json(a_content(surveys=[a_survey_report()]))

    with pytest.raises(Exception, match="unknown field `extra`"):
        read_content({**raw, "extra": 1})
    with pytest.raises(Exception, match="version 9"):
        read_content({**raw, "version": 9})


def test_content_is_never_changed_in_place() -> None:
    content: Content = a_content()

    with pytest.raises(AttributeError):
        content.reflection = "other"  # type: ignore[misc]
