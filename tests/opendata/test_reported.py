"""Reports of earlier quarters, shown by the rules of a release."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.quarter import Quarter
from cx280.opendata.rules.reported import AskedThen, SurveyThen, reported_quarter
from cx280.reporting.rules.content import Content, Named, NamedService
from tests.opendata.published import S2


def told(counts: list[int], scale: str = "agree5", **fields: int | None) -> Content:
    """A quarter with one survey of one question."""
    asked = AskedThen(
        position=1, text="Satisfied?", construct="satisfaction", statement="S2",
        wording="exact", scale=scale, comparable=S2, counts=counts, mean=4.0,
    )  # fmt: skip
    survey = SurveyThen(
        code="hisp:1", title="Permits", transaction_point="", channel="website",
        control_number="1234-5678", customers=9000,
        **{"offered": 4000, "respondents": sum(counts), **fields}, questions=[asked],
    )  # fmt: skip
    return reported_quarter(
        agency=Named(code="a", name="A"),
        hisp=Named(code="h", name="H"),
        service=NamedService(code="s", name="S", service_type=""),
        quarter=Quarter(2021, 4),
        surveys=[survey],
        smallest=10,
    )


def test_the_share_is_that_of_the_two_highest_columns() -> None:
    question = told([40, 20, 40, 100, 200]).surveys[0].questions[0]

    assert (question.answered, question.agreeing) == (400, 0.75)
    assert question.low is not None
    assert question.low < 0.75


def test_small_groups_are_hidden_as_in_a_release() -> None:
    question = told([3, 5, 12, 60, 40]).surveys[0].questions[0]

    assert question.counts == [None, None, None, 60, 40]
    assert question.mean is None


def test_another_scale_keeps_its_name() -> None:
    assert told([3, 5, 12, 60, 40], "agree10").surveys[0].questions[0].scale == "agree10"


def test_all_answers_in_one_column_make_no_share() -> None:
    content = told([0, 0, 0, 0, 86])

    assert content.surveys[0].questions[0].agreeing is None
    assert "Permits: the report puts every answer in one column" in content.caveats[-1]


def test_a_rate_above_one_is_not_computed() -> None:
    survey = told([40, 20, 40, 100, 200], offered=100).surveys[0]

    assert survey.response_rate is None
    assert "400 people who answered and 100 who were asked" in survey.response_rate_reason


def test_a_report_without_the_number_asked_has_no_rate() -> None:
    assert told([40, 20, 40, 100, 200], offered=None).surveys[0].response_rate is None


@given(st.lists(st.integers(0, 40), min_size=5, max_size=5))
def test_no_count_of_a_small_group_is_shown(counts: list[int]) -> None:
    question = told(counts).surveys[0].questions[0]

    assert all(each is None or each == 0 or each >= 10 for each in question.counts or [])
    assert question.answered is None or question.answered == 0 or question.answered >= 10
