"""Every check of 280.10 but of ratings: a document that triggers exactly it, one that passes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cx280.circular.edition import edition
from cx280.surveys.checks import Context, Disclosure, Discussion
from cx280.surveys.rules.vocabulary import DiscussionKind, Level
from tests.surveys.documents import (
    comment,
    ease,
    extra,
    found,
    minimal,
    satisfaction,
    trust,
    with_questions,
)


def test_the_smallest_survey_has_no_finding() -> None:
    assert found(minimal()) == []


@pytest.mark.proves("280.10-b4")
def test_nine_questions_need_no_reason_and_ten_do() -> None:
    nine = with_questions(*(extra(n) for n in range(5)))
    ten = with_questions(*(extra(n) for n in range(6)))

    assert found(nine) == []
    assert found(ten) == [("280.10-b4", "warn", None)]


@pytest.mark.proves("280.10-g2", "INC-11")
def test_fifteen_questions_may_open_and_the_sixteenth_is_an_error() -> None:
    fifteen = with_questions(*(extra(n) for n in range(11)))
    sixteen = with_questions(*(extra(n) for n in range(12)))

    assert [each for each in found(fifteen) if each[1] == "error"] == []
    assert found(sixteen) == [("280.10-g2", "error", "questions[15]")]


@pytest.mark.proves("280.10-b4", "280.10-g2")
def test_branches_count_by_the_longest_path() -> None:
    """16 questions stand in the document; nobody is asked more than 15 of them."""
    asks = extra(0, id="reason", options=[{"text": "A", "code": "a"}, {"text": "B", "code": "b"}])
    only_a = extra(1, show_if={"question": "reason", "answers": ["a"]})
    only_b = extra(2, show_if={"question": "reason", "answers": ["b"]})
    survey = with_questions(asks, only_a, only_b, *(extra(n) for n in range(3, 12)))

    rules = [rule for rule, _, _ in found(survey)]

    assert len(survey["questions"]) == 16
    assert rules == ["280.10-b4"]


@pytest.mark.proves("280.10-g2")
def test_each_row_of_what_would_be_a_grid_counts_as_a_question() -> None:
    rows = [ease(id=f"row{n}") for n in range(13)]

    survey = minimal(trust(), satisfaction(), comment(), *rows)

    assert found(survey) == [("280.10-g2", "error", "questions[15]")]


@pytest.mark.proves("280.10-g3", "INC-11")
def test_an_estimate_above_five_minutes_is_an_error() -> None:
    """At 200 words a minute 700 words alone take three and a half minutes; 1,100 pass five."""
    short = with_questions(extra(0, text="word " * 700))
    long = with_questions(extra(0, text="word " * 1100))

    assert found(short) == []
    assert found(long) == [("280.10-g3", "error", None)]


@pytest.mark.proves("280.10-g3")
def test_a_measured_median_above_five_minutes_is_a_warning() -> None:
    assert found(minimal(), Context(measured_minutes=5.0)) == []
    assert found(minimal(), Context(measured_minutes=5.1)) == [("280.10-g3", "warn", None)]


@pytest.mark.proves("280.10-n1", "INC-11")
def test_a_second_page_is_a_warning() -> None:
    assert found(minimal(pages=1)) == []
    assert found(minimal(pages=2)) == [("280.10-n1", "warn", None)]


@pytest.mark.proves("280.10-f1", "INC-38")
def test_no_free_text_is_an_error_and_so_is_a_third() -> None:
    none = minimal(trust(), satisfaction(), ease())
    three = with_questions(comment(id="second"), comment(id="third"))

    assert found(none) == [("280.10-f1", "error", None)]
    assert found(three) == [("280.10-f1", "error", "questions[5]")]
    assert found(with_questions(comment(id="second"))) == []


@pytest.mark.proves("280.10-f2", "INC-38")
def test_free_text_that_must_be_written_is_an_error() -> None:
    survey = minimal(trust(), satisfaction(), ease(), comment(required=True))

    assert found(survey) == [("280.10-f2", "error", "questions[3]")]


@pytest.mark.proves("280.10-f3", "INC-38")
@pytest.mark.parametrize("mode", ["ivr", "sms", "kiosk"])
def test_a_format_without_words_lifts_the_minimum_and_not_the_maximum(mode: str) -> None:
    three = [comment(id=f"comment{n}") for n in range(3)]

    assert found(minimal(trust(), satisfaction(), ease(), mode=mode)) == []
    assert found(minimal(trust(), satisfaction(), ease(), *three, mode=mode)) == [
        ("280.10-f1", "error", "questions[5]")
    ]


@pytest.mark.proves("280.10-g1")
@pytest.mark.parametrize("purpose", ["", "   "])
def test_an_additional_question_without_a_purpose_is_an_error(purpose: str) -> None:
    survey = with_questions(extra(0, purpose=purpose))

    assert found(survey) == [("280.10-g1", "error", "questions[4]")]


@pytest.mark.proves("280.1-a2", "INC-19")
def test_only_a_providers_survey_is_told_what_the_quarterly_report_needs() -> None:
    agency = found(minimal(pages=2, hisp_reporting=False))
    provider = found(minimal(pages=2, hisp_reporting=True))

    reporting = [each for each in provider if each[0].startswith("280.10-h")]
    assert [each[0] for each in reporting] == ["280.10-h3"] * 4
    assert [each for each in provider if each not in reporting] == agency
    assert agency == [("280.10-n1", "warn", None)]


def test_a_providers_journey_survey_is_told_which_overall_scores_it_lacks() -> None:
    survey = minimal(comment(), level="journey", hisp_reporting=True)

    assert found(survey) == [("280.10-h1", "info", None), ("280.10-h2", "info", None)]


@pytest.mark.proves("280.10-i2")
def test_a_self_service_survey_may_leave_employees_out() -> None:
    online = minimal(self_service=True)

    assert found(online, Context(has_human_role=True)) == []
    assert found(minimal(), Context(has_human_role=False)) == []
    assert found(minimal(), Context(has_human_role=True)) == [("280.10-i2", "info", None)]


@pytest.mark.proves("280.10-i4")
def test_a_question_under_no_category_is_a_warning_and_under_two_an_error() -> None:
    unmapped = with_questions({"id": "color", "text": "Which color?", "response": "yesno"})
    double = with_questions(ease(id="both", construct=["ease", "efficiency"]))

    assert found(unmapped) == [("280.10-i4", "warn", "questions[4]")]
    assert found(double) == [("280.10-i4", "error", "questions[4]")]


@pytest.mark.proves("280.10-i4")
def test_a_statement_under_another_category_is_a_warning() -> None:
    survey = with_questions(ease(id="fair", text="I was treated fairly."))

    assert found(survey) == [("280.10-i4", "warn", "questions[4]")]


@pytest.mark.proves("280.3-a4", "INC-10")
def test_responsiveness_may_be_asked_counts_and_is_no_driver_of_the_report() -> None:
    asked = {"id": "heard", "construct": "responsiveness", "text": "I was heard."}

    assert found(with_questions(asked)) == []
    assert edition("FY2022").driver_of("responsiveness") is None
    sixteen = with_questions(asked, *(extra(n) for n in range(11)))
    assert found(sixteen)[0][0] == "280.10-g2"


@pytest.mark.proves("280.10-j3")
def test_the_statement_about_a_site_is_a_warning_in_a_phone_survey() -> None:
    site = ease(construct="efficiency", text="I found what I needed on the site quickly.")
    phone = minimal(trust(), satisfaction(), site, comment(), mode="phone")
    web = minimal(trust(), satisfaction(), site, comment())
    after_a_visit = minimal(trust(), satisfaction(), site, comment(), mode="email")

    assert found(phone) == [("280.10-j3", "warn", "questions[2]")]
    assert found(web) == []
    assert found(after_a_visit, Context(channel="website")) == []


@pytest.mark.proves("280.10-j5")
def test_the_statement_about_the_call_center_is_a_warning_on_the_web() -> None:
    text = "The Call Center Representative was committed to solving my problem."
    call = ease(construct="employee", text=text)

    assert found(minimal(trust(), satisfaction(), call, comment())) == [
        ("280.10-j5", "warn", "questions[2]")
    ]
    assert found(minimal(trust(), satisfaction(), call, comment(), mode="phone")) == []


@pytest.mark.proves("280.10-o5", "280.10-o6")
def test_only_a_transaction_survey_must_have_the_parts_of_one() -> None:
    assert [each.value for each in Level] == ["transaction", "journey", "relationship"]
    assert {rule for rule, _, _ in found(minimal(extra(0)))} == {
        "280.10-c1",
        "280.10-d1",
        "280.10-e1",
        "280.10-f1",
    }
    assert found(minimal(extra(0), level="journey")) == []


@pytest.mark.proves("280.10-o7")
def test_a_relationship_survey_names_its_population_and_schedule() -> None:
    planned = {"population": "Boat owners", "schedule": "Each January"}

    assert found(minimal(level="relationship")) == [("280.10-o7", "warn", None)]
    assert found(minimal(level="relationship", **planned)) == []


@pytest.mark.proves("INC-21")
def test_a_driver_set_aside_says_why_and_who_agreed() -> None:
    bare = {"driver": "ease"}
    told = {"driver": "ease", "reason": "One click.", "approved_by": "CX lead"}

    assert found(minimal(not_applicable=[bare])) == [("INC-21", "error", None)]
    assert found(minimal(not_applicable=[told])) == []
    assert found(minimal(not_applicable=[{"driver": "employee"}], self_service=True)) == []


@pytest.mark.proves("280.8-b9")
@pytest.mark.parametrize(
    "part", ["purpose", "voluntary", "minutes", "control_number", "expires_on", "privacy_link"]
)
def test_nothing_people_must_be_told_first_may_be_missing(part: str) -> None:
    told: dict[str, Any] = {
        "purpose": "To improve boat permits.",
        "voluntary": "You may skip any question.",
        "minutes": 1.4,
        "control_number": "1094-0123",
        "expires_on": date(2024, 8, 31),
        "privacy_link": "/privacy/",
    }
    partly = {key: value for key, value in told.items() if key != part}

    assert found(minimal(), Context(disclosure=Disclosure(**told))) == []
    assert found(minimal(), Context(disclosure=Disclosure(**partly))) == [
        ("280.8-b9", "error", None)
    ]


def test_a_declined_or_other_talk_unlocks_nothing() -> None:
    survey = minimal(trust(response="stars5"), satisfaction(), ease(), comment())
    other = Context(discussions=(Discussion(DiscussionKind.AGENCY_SITE, date(2022, 1, 1)),))

    assert found(survey, other) == [("280.10-c5", "error", "questions[0]")]
