"""How counts become the figures of a report, and what is said of changes and of work left."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cx280.circular.edition import edition
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.caveats import caveats_of
from cx280.reporting.rules.changes import changes, mark_changes
from cx280.reporting.rules.checklist import Standing, checklist, left_in
from cx280.reporting.rules.content import SurveyReport, Volumes
from cx280.reporting.rules.drawing import About, Fielded, Tally, report_survey
from cx280.surveys.rules.document import read_document
from tests.builders import a_document
from tests.reporting.contents import TEXTS, a_content, a_question, a_survey_report, with_survey

FY2022 = edition("FY2022")
TAPPING = {
    "id": "why",
    "construct": "drivers",
    "mode": "tapping",
    "parent": "trust",
    "text": "What contributed to your rating?",
    "options": [
        {"driver": "ease", "text": "It was easy."},
        {"driver": "equity", "text": "I was treated fairly."},
        {"text": "Something else", "other": True},
    ],
}


def about(**fields: Any) -> About:
    """What is known of the survey besides its document."""
    values: dict[str, Any] = {
        "code": "boat-web",
        "title": "Boat permit feedback",
        "channel": "website",
        "transaction_point": "Applies",
        "journey": "Getting a permit",
        "is_moment": True,
        "control_number": "1234-5678",
        "expires_on": date(2025, 1, 1),
        "permits_release": True,
        "customers": None,
        "offered": None,
        **fields,
    }
    return About(**values)


def fielded(
    tallies: dict[tuple[str, str], Tally], *, number: int = 1, offered: int | None = 500,
    **document: Any,
) -> Fielded:  # fmt: skip
    """A version of the survey with these counts."""
    raw = a_document("Boat permits", **{"placement": "prompt", **document})
    return Fielded(
        number=number,
        document=read_document(raw),
        tallies=tallies,
        respondents=max((each.shown for each in tallies.values()), default=0),
        offered=offered,
        first_day=date(2022, 1, 3),
        last_day=date(2022, 3, 30),
    )


def trust(counts: dict[str, int]) -> dict[tuple[str, str], Tally]:
    """Counts of the trust question alone."""
    total = sum(counts.values())
    return {("trust", ""): Tally(counts, total, total)}


@pytest.mark.proves("280.15-a2")
@given(st.lists(st.integers(0, 3000), min_size=5, max_size=5))
def test_counts_mean_and_share_follow_from_the_answers(counts: list[int]) -> None:
    tallies = trust({str(code): n for code, n in enumerate(counts, 1) if n})

    survey = report_survey(about(), [fielded(tallies)], FY2022)

    question = survey.question("trust")
    assert question is not None
    assert (question.counts, question.answered) == (counts, sum(counts))
    if sum(counts):
        exact = sum(code * n for code, n in enumerate(counts, 1)) / sum(counts)
        assert question.mean == pytest.approx(exact, abs=0.0051)
        assert question.agreeing == (counts[3] + counts[4]) / sum(counts)
    else:
        assert question.mean is None


@pytest.mark.proves("280.15-a3", "INC-15")
def test_taps_are_counted_by_what_people_had_rated_and_have_no_mean() -> None:
    questions = [*a_document("Boat permits")["questions"], TAPPING]
    tallies = {
        ("why", ""): Tally({"ease": 30, "equity": 5}, 90, 32),
        ("why", "high"): Tally({"ease": 25}, 60, 25),
        ("why", "low"): Tally({"ease": 5, "equity": 5}, 30, 7),
    }

    survey = report_survey(about(), [fielded(tallies, questions=questions)], FY2022)

    why = survey.question("drivers")
    assert why is not None
    assert (why.mean, why.counts, why.parent) == (None, None, "trust")
    assert [(tap.driver, tap.polarity, tap.tapped, tap.shown) for tap in why.taps] == [
        ("ease", "high", 25, 60),
        ("ease", "low", 5, 30),
        ("equity_transparency", "high", 0, 60),
        ("equity_transparency", "low", 5, 30),
        ("other", "high", 0, 60),
        ("other", "low", 0, 30),
    ]


@pytest.mark.proves("INC-33", "INC-44")
def test_a_link_has_no_offers_no_rate_and_no_margin_whatever_somebody_typed() -> None:
    version = fielded(trust({"4": 40, "5": 60}), offered=9000, placement="link")

    survey = report_survey(about(offered=8000), [version], FY2022)

    question = survey.question("trust")
    assert question is not None
    assert survey.self_selected
    assert (survey.volumes.offered, survey.response_rate) == (None, None)
    assert survey.response_rate_reason.startswith("Not computable")
    assert (question.low, question.high) == (None, None)
    assert "no margin of error" in caveats_of([survey])[0]


@pytest.mark.proves("INC-44")
def test_people_who_were_asked_give_a_rate_and_a_margin() -> None:
    survey = report_survey(about(), [fielded(trust({"4": 40, "5": 60}))], FY2022)

    question = survey.question("trust")
    assert question is not None
    assert survey.response_rate == 100 / 500
    assert question.low is not None


def test_offers_somebody_wrote_down_stand_in_where_cx280_did_not_count() -> None:
    version = fielded(trust({"4": 40}), offered=None)

    assert report_survey(about(offered=80), [version], FY2022).response_rate == 0.5
    unknown = report_survey(about(), [version], FY2022)
    assert unknown.response_rate_reason.startswith("Not known")


def test_versions_are_pooled_only_where_the_question_is_the_same() -> None:
    questions = a_document("Boat permits")["questions"]
    reworded = [{**questions[0], "text": "I am confident in Boat permits."}, *questions[1:]]
    first = fielded({("trust", ""): Tally({"4": 10}, 10, 10), ("ease", ""): Tally({"4": 9}, 9, 9)})
    second = fielded(
        {("trust", ""): Tally({"5": 7}, 7, 7), ("ease", ""): Tally({"5": 6}, 6, 6)},
        number=2,
        questions=reworded,
    )

    survey = report_survey(about(), [first, second], FY2022)

    assert [each.answered for each in survey.questions if each.construct == "trust"] == [10, 7]
    ease = survey.question("ease")
    assert ease is not None
    assert ease.counts == [0, 0, 0, 9, 6]
    assert "changed during the quarter" in " ".join(caveats_of([survey]))


def _survey(counts: dict[str, int], **document: Any) -> SurveyReport:
    return report_survey(about(), [fielded(trust(counts), **document)], FY2022)


def test_a_question_that_changed_since_last_quarter_says_how() -> None:
    questions = a_document("Boat permits")["questions"]
    stars = [{**questions[0], "response": "stars5"}, *questions[1:]]
    before = a_content(surveys=[_survey({"4": 50})])

    same = mark_changes(a_content(surveys=[_survey({"4": 60})]), before)
    other = mark_changes(a_content(surveys=[_survey({"4": 60}, questions=stars)]), before)

    assert all(each.changed is None for each in same.surveys[0].questions)
    changed = other.surveys[0].question("trust")
    assert changed is not None
    assert changed.changed == (
        "One is answered with 5 points of agreement, the other with 5 stars."
    )


def test_nothing_changed_where_there_is_no_last_quarter() -> None:
    content = a_content()

    assert mark_changes(content, None) == content
    assert changes(content, None) == []


def test_a_reviewer_reads_what_moved_came_and_went() -> None:
    before = a_content(
        customers_served=40_000,
        surveys=[a_survey_report(), a_survey_report(code="old", title="Old survey")],
    )
    rating = a_question("trust", [0, 0, 0, 50, 150])
    now = with_survey(questions=[rating, *[a_question(x) for x in TEXTS if x != "trust"]])

    told = [(each.what, each.before, each.after) for each in changes(now, before)]

    assert told == [
        ("Old survey", "reported", "no longer reported"),
        ("People served", "40,000", "50,000"),
        (
            TEXTS["trust"][2],
            "70\u00a0%, n 200",
            "100\u00a0%, n 200; up 30\u00a0points (between +24 and +37)",
        ),
    ]


def test_a_share_that_moved_no_more_than_chance_is_not_told() -> None:
    rating = a_question("trust", [10, 20, 29, 61, 80])
    now = with_survey(questions=[rating, *[a_question(x) for x in TEXTS if x != "trust"]])

    assert changes(now, a_content()) == []


def test_few_answers_are_not_told_by_number_where_they_are_too_few_to_show() -> None:
    few = a_survey_report(volumes=Volumes(customers=None, offered=None, respondents=None))

    assert caveats_of([few])[0] == "Boat permit feedback: too few people answered to show how many."


def test_the_list_of_work_is_led_by_what_stops() -> None:
    findings = [
        Finding("280.15-a5", Severity.WARN, "Blank.", "reflection"),
        Finding("280.10-h1", Severity.ERROR, "No trust.", "trust"),
        Finding("280.10-r1", Severity.WARN, "No indicator.", "indicators"),
        Finding("INC-33", Severity.INFO, "Self-selected."),
    ]

    items = checklist(findings, {"280.10-r1@indicators"})

    assert [(each.task.name, each.standing) for each in items[:4]] == [
        ("trust", Standing.TO_FIX),
        ("words", Standing.TO_EXPLAIN),
        ("indicators", Standing.EXPLAINED),
        ("satisfaction", Standing.DONE),
    ]
    assert left_in(items, {"280.10-r1@indicators"}) == 2


def test_every_rule_that_a_check_may_cite_has_a_line_in_the_list() -> None:
    from cx280.reporting.checks import check
    from cx280.reporting.rules.checklist import TASKS
    from tests.reporting.contents import some_facts

    bad = replace(
        a_content(indicators=[], accomplishments="", reflection="x" * 6000),
        surveys=[
            a_survey_report(
                channel="phone",
                transaction_point="",
                control_number="",
                questions=[a_question("trust", changed="x", mean=1.0)],
            )
        ],
    )

    rules = {each.rule for each in check(bad, None, some_facts(moments=(), today=date(2023, 1, 1)))}

    assert rules <= {rule for task in TASKS for rule in task.rules}
