"""Each check of a report's figures finds exactly what it is named for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cx280.kernel.finding import Severity
from cx280.reporting.checks import check
from cx280.reporting.checks.counts_not_reconciled import counts_not_reconciled
from cx280.reporting.checks.driver_missing import driver_missing
from cx280.reporting.checks.satisfaction_missing import satisfaction_missing
from cx280.reporting.checks.tap_with_mean import tap_with_mean
from cx280.reporting.checks.trust_missing import trust_missing
from cx280.reporting.checks.volumes_out_of_order import volumes_out_of_order
from cx280.reporting.rules.content import NotApplicable, Volumes
from tests.reporting.contents import (
    TEXTS,
    a_content,
    a_question,
    a_survey_report,
    a_tapping_question,
    found,
    some_facts,
    with_survey,
    without,
)

COUNTS = st.lists(st.integers(0, 5000), min_size=5, max_size=5)


@pytest.mark.proves("280.10-h1", "280.10-h2", "280.10-h3", "280.14-b1", "280.14-b2", "280.15-a2")
def test_a_whole_report_has_no_finding() -> None:
    assert found(a_content()) == []


@pytest.mark.proves("280.10-h1")
def test_missing_trust_stops_the_report() -> None:
    assert found(without("trust")) == [("280.10-h1", "error", "trust")]


@pytest.mark.proves("280.10-h1")
def test_a_trust_question_nobody_answered_is_missing_trust() -> None:
    questions = [
        a_question("trust", [0, 0, 0, 0, 0]), *[a_question(x) for x in TEXTS if x != "trust"]
    ]  # fmt: skip

    assert found(with_survey(questions=questions)) == [("280.10-h1", "error", "trust")]


@pytest.mark.proves("280.10-h2")
def test_missing_satisfaction_stops_the_report() -> None:
    assert found(without("satisfaction")) == [("280.10-h2", "error", "satisfaction")]


@pytest.mark.proves("280.10-h1", "280.10-h2")
@given(COUNTS)
def test_trust_and_satisfaction_are_there_as_soon_as_one_person_answers(counts: list[int]) -> None:
    content = with_survey(
        questions=[a_question("trust", counts), a_question("satisfaction", counts)]
    )

    missing = trust_missing(content, None, some_facts())
    missing += satisfaction_missing(content, None, some_facts())

    assert bool(missing) == (sum(counts) == 0)


@pytest.mark.proves("280.10-h3")
@pytest.mark.parametrize(
    ("construct", "driver"),
    [
        ("effectiveness", "effectiveness"),
        ("ease", "ease"),
        ("efficiency", "efficiency"),
        ("equity", "equity_transparency"),
        ("employee", "employee"),
    ],
)
def test_a_blank_driver_without_a_reason_stops_the_report(construct: str, driver: str) -> None:
    assert found(without(construct)) == [("280.10-h3", "error", f"not_applicable.{driver}")]


@pytest.mark.proves("280.10-h3", "INC-21")
def test_the_employee_driver_excuses_itself_where_no_person_takes_part() -> None:
    assert found(without("employee"), some_facts(needs_people=False)) == []


@pytest.mark.proves("280.10-h3", "INC-21")
def test_other_drivers_are_excused_by_a_reason_that_somebody_agreed_to() -> None:
    reason = NotApplicable(driver="ease", reason="One click, nothing to do.", approver="")
    waiting = replace(without("ease"), not_applicable=[reason])
    agreed = replace(waiting, not_applicable=[replace(reason, approver="Ana Ruiz")])

    assert found(waiting) == [("280.10-h3", "error", "not_applicable.ease")]
    assert found(agreed) == []


@pytest.mark.proves("280.10-h3")
def test_drivers_that_were_tapped_count_as_reported() -> None:
    questions = [a_question(x) for x in TEXTS if x not in {"ease", "efficiency"}]

    assert found(with_survey(questions=[*questions, a_tapping_question()])) == []


@pytest.mark.proves("280.10-h3", "INC-21")
@given(st.sets(st.sampled_from(["effectiveness", "ease", "efficiency", "employee"])))
def test_one_finding_stands_for_each_driver_missing(missing: set[str]) -> None:
    content = with_survey(questions=[a_question(x) for x in TEXTS if x not in missing])

    places = {each.where for each in driver_missing(content, None, some_facts())}

    assert places == {f"not_applicable.{each}" for each in missing}


@pytest.mark.proves("280.15-a2")
def test_counts_that_do_not_add_up_stop_the_report() -> None:
    wrong = a_question("trust", answered=199)

    findings = counts_not_reconciled(with_survey(questions=[wrong]), None, some_facts())

    assert [each.where for each in findings] == ["surveys[boat-web].questions[trust]"]
    assert "200, not to 199" in findings[0].message


@pytest.mark.proves("280.15-a2")
def test_a_mean_that_is_not_the_mean_stops_the_report() -> None:
    wrong = a_question("trust", mean=4.02)

    assert [each.message for each in counts_not_reconciled(
        with_survey(questions=[wrong]), None, some_facts()
    )] == [f"“{wrong.text}”: The mean is 3.9, not 4.02."]  # fmt: skip


@pytest.mark.proves("280.15-a2")
@given(COUNTS)
def test_recomputed_figures_always_reconcile(counts: list[int]) -> None:
    question = a_question("trust", counts)
    exact = sum(point * n for point, n in enumerate(counts, 1)) / max(1, sum(counts))

    content = with_survey(questions=[question])

    assert counts_not_reconciled(content, None, some_facts()) == []
    assert question.answered == sum(counts)
    assert question.mean is None or abs(question.mean - exact) <= 0.005 + 1e-9


@pytest.mark.proves("280.15-a3", "INC-15")
def test_taps_with_a_mean_stop_the_report() -> None:
    wrong = replace(a_tapping_question(), mean=4.1)
    survey = a_survey_report(questions=[*[a_question(x) for x in TEXTS], wrong])

    assert found(a_content(surveys=[survey])) == [
        ("280.15-a3", "error", "surveys[boat-web].questions[why]")
    ]


@pytest.mark.proves("280.15-a3", "INC-15")
@given(st.integers(0, 500), st.integers(0, 500))
def test_taps_are_a_share_of_those_shown_and_never_more(tapped: int, shown: int) -> None:
    tap = replace(a_tapping_question().taps[0], tapped=tapped, shown=shown)
    question = a_tapping_question(taps=[tap])

    findings = tap_with_mean(with_survey(questions=[question]), None, some_facts())

    assert bool(findings) == (tapped > shown)
    assert tap.share == (tapped / shown if shown else None)


@pytest.mark.parametrize(
    ("volumes", "words"),
    [
        (Volumes(customers=900, offered=1000, respondents=200), "1,000 people asked"),
        (Volumes(customers=None, offered=150, respondents=200), "200 people who answered"),
        (Volumes(customers=None, offered=1000, respondents=199), "200 answers to one question"),
    ],
)
def test_more_people_downstream_than_upstream_stop_the_report(volumes: Volumes, words: str) -> None:
    findings = check(with_survey(volumes=volumes), None, some_facts())

    assert [(each.rule, each.severity) for each in findings] == [("280.15-a2", Severity.ERROR)]
    assert words in findings[0].message


@given(
    st.one_of(st.none(), st.integers(0, 400)),
    st.one_of(st.none(), st.integers(0, 400)),
    st.one_of(st.none(), st.integers(0, 400)),
)
def test_volumes_in_order_have_no_finding(
    customers: int | None, offered: int | None, respondents: int | None
) -> None:
    volumes = Volumes(customers=customers, offered=offered, respondents=respondents)
    content = replace(with_survey(volumes=volumes, questions=[]), customers_served=None)
    known = [each for each in (respondents, offered, customers) if each is not None]

    findings = volumes_out_of_order(content, None, some_facts())

    assert bool(findings) == (known != sorted(known))
