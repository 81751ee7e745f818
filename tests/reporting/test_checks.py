"""Each check of what stands around a report's figures finds exactly what it is named for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from cx280.kernel.finding import Severity
from cx280.reporting.checks import check_publication
from cx280.reporting.checks.control_number import control_number
from cx280.reporting.checks.few_answers import few_answers
from cx280.reporting.checks.late import due_in_words, late
from cx280.reporting.checks.narrative_blank import narrative_blank
from cx280.reporting.checks.narrative_too_long import narrative_too_long
from cx280.reporting.checks.no_indicator import no_indicator
from cx280.reporting.checks.no_moment import no_moment
from cx280.reporting.checks.phone_without_journey import phone_without_journey
from cx280.reporting.checks.release_not_permitted import release_not_permitted
from cx280.reporting.checks.self_selected import self_selected
from cx280.reporting.checks.wording_changed import wording_changed
from cx280.reporting.rules.content import Deadline, Volumes
from cx280.reporting.rules.facts import Moment
from tests.reporting.contents import (
    TEXTS,
    a_content,
    a_question,
    a_survey_report,
    found,
    some_facts,
    with_survey,
)

PRINTED = Deadline(
    due=date(2022, 1, 28),
    rule_date=date(2022, 1, 31),
    act_by=date(2022, 1, 28),
    published=True,
    source="280.16-a4",
)


@pytest.mark.parametrize("number", ["", "OMB Control Number", "12345678", "1234-567"])
def test_a_control_number_is_named_and_well_formed(number: str) -> None:
    assert found(with_survey(control_number=number)) == [
        ("280.11-a1", "error", "surveys[boat-web].control_number")
    ]


@given(st.integers(-40, 40))
def test_a_clearance_covers_its_last_day_and_not_the_next(days: int) -> None:
    last = date(2022, 3, 31)
    content = with_survey(collected_to=last, expires_on=last + timedelta(days=days))

    assert bool(control_number(content, None, some_facts())) == (days < 0)


@pytest.mark.proves("INC-41")
def test_a_survey_of_the_report_that_is_linked_to_no_moment_is_a_warning() -> None:
    unlinked = with_survey(is_moment=False)

    assert found(a_content()) == []
    assert found(unlinked) == [("280.14-b1", "warn", "surveys.boat-web")]


@pytest.mark.proves("280.14-b1")
def test_a_service_without_moments_that_matter_is_stopped() -> None:
    assert found(a_content(), some_facts(moments=())) == [("280.14-b1", "error", "moments")]


@pytest.mark.proves("280.14-b1")
@given(st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_a_moment_no_survey_asks_about_needs_a_reason(surveys: list[int]) -> None:
    moments = tuple(Moment(name=f"Step {i}", surveys=n) for i, n in enumerate(surveys))

    findings = no_moment(a_content(), None, some_facts(moments=moments))

    assert [each.severity for each in findings] == [Severity.WARN] * surveys.count(0)


@pytest.mark.proves("280.14-b2")
def test_a_call_center_alone_is_blocked_and_passes_once_linked_to_a_step() -> None:
    alone = with_survey(channel="phone", transaction_point="", journey="")
    linked = with_survey(channel="phone")

    assert found(alone) == [("280.14-b2", "error", "surveys")]
    assert found(linked) == []


@pytest.mark.proves("280.14-b2")
@given(
    st.lists(
        st.tuples(st.sampled_from(["phone", "automated_phone", "website"]), st.booleans()),
        min_size=1,
        max_size=4,
    )
)
def test_only_phones_without_any_step_are_blocked(surveys: list[tuple[str, bool]]) -> None:
    content = a_content(
        surveys=[
            a_survey_report(channel=channel, transaction_point="Applies" if linked else "")
            for channel, linked in surveys
        ]
    )

    blocked = bool(phone_without_journey(content, None, some_facts()))

    assert blocked == all(ch != "website" and not linked for ch, linked in surveys)


def test_a_changed_trust_question_needs_a_reason_and_a_changed_driver_is_told() -> None:
    questions = [
        a_question(each, changed="the scale differs" if each in {"trust", "ease"} else None)
        for each in TEXTS
    ]

    assert found(with_survey(questions=questions)) == [
        ("280.10-a2", "warn", "surveys[boat-web].questions[trust].changed"),
        ("280.10-a2", "info", "surveys[boat-web].questions[ease].changed"),
    ]


@given(st.lists(st.one_of(st.none(), st.text(min_size=1)), min_size=7, max_size=7))
def test_every_change_is_told_once(changes: list[str | None]) -> None:
    questions = [a_question(x, changed=said) for x, said in zip(TEXTS, changes, strict=True)]

    findings = wording_changed(with_survey(questions=questions), None, some_facts())

    assert len(findings) == sum(each is not None for each in changes)


@pytest.mark.proves("280.10-r1")
def test_a_designated_service_without_indicator_needs_a_reason() -> None:
    assert found(a_content(indicators=[])) == [("280.10-r1", "warn", "indicators")]


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=4))
def test_an_indicator_counts_once_it_has_a_value(values: list[float | None]) -> None:
    indicators = [replace(a_content().indicators[0], value=value) for value in values]

    missing = no_indicator(a_content(indicators=indicators), None, some_facts())

    assert bool(missing) == all(each is None for each in values)


@pytest.mark.proves("280.15-a5")
@pytest.mark.parametrize("name", ["accomplishments", "reflection"])
def test_a_text_over_5000_characters_stops_the_report_and_a_blank_one_needs_a_reason(
    name: str,
) -> None:
    assert found(replace(a_content(), **{name: "x" * 5001})) == [("280.15-a5", "error", name)]
    assert found(replace(a_content(), **{name: "x" * 5000})) == []
    assert found(replace(a_content(), **{name: " \n"})) == [("280.15-a5", "warn", name)]


@pytest.mark.proves("280.15-a5")
@given(st.text(max_size=200), st.integers(0, 60))
def test_length_is_counted_in_characters_whatever_the_script(text: str, times: int) -> None:
    content = a_content(reflection=text * times)

    long = narrative_too_long(content, None, some_facts())
    blank = narrative_blank(content, None, some_facts())

    assert bool(long) == (len(text * times) > 5000)
    assert bool(blank) == (not (text * times).strip())


@pytest.mark.proves("INC-01")
def test_lateness_is_measured_on_the_printed_date_and_says_which() -> None:
    content = a_content(quarter="FY2022 Q1", deadline=PRINTED)
    in_time = some_facts(submitted_on=date(2022, 1, 28))
    too_late = some_facts(submitted_on=date(2022, 1, 31))

    assert late(content, None, in_time) == []
    assert [each.message for each in late(content, None, too_late)] == [
        "This report was sent 3 days late: it was due Friday, January 28, 2022"
        " (the date OMB printed; the rule gives January 31)."
    ]


@pytest.mark.proves("INC-01")
@given(st.integers(-30, 30))
def test_the_due_day_itself_is_in_time(days: int) -> None:
    facts = some_facts(submitted_on=PRINTED.due + timedelta(days=days))

    assert bool(late(a_content(deadline=PRINTED), None, facts)) == (days > 0)


def test_a_due_date_by_rule_alone_says_so() -> None:
    by_rule = replace(PRINTED, due=date(2023, 1, 31), published=False)

    assert due_in_words(by_rule) == (
        "Tuesday, January 31, 2023 (the last business day of the month after the quarter)"
    )


@pytest.mark.proves("INC-44")
@given(st.integers(0, 100))
def test_few_answers_are_told(respondents: int) -> None:
    volumes = Volumes(customers=None, offered=None, respondents=respondents)

    findings = few_answers(with_survey(volumes=volumes), None, some_facts())

    assert bool(findings) == (0 < respondents < 30)


@pytest.mark.proves("INC-33", "INC-44")
@given(st.lists(st.booleans(), max_size=4))
def test_self_selected_surveys_carry_their_caveat(chosen: list[bool]) -> None:
    content = a_content(surveys=[a_survey_report(self_selected=each) for each in chosen])

    findings = self_selected(content, None, some_facts())

    assert [each.severity for each in findings] == [Severity.INFO] * chosen.count(True)


@pytest.mark.proves("280.10-s1", "INC-27")
def test_a_clearance_that_forbids_release_blocks_publication_only() -> None:
    forbidden = with_survey(permits_release=False)

    assert found(forbidden) == []
    assert [each.where for each in check_publication(forbidden, some_facts())] == [
        "surveys[boat-web].permits_release"
    ]
    assert check_publication(a_content(), some_facts()) == []


@pytest.mark.proves("INC-27")
@given(st.lists(st.sampled_from([True, False, UNSET]), max_size=5))
def test_only_a_clearance_known_to_permit_release_lets_it_pass(terms: list[bool]) -> None:
    content = a_content(surveys=[a_survey_report(permits_release=each) for each in terms])

    blocked = release_not_permitted(content, None, some_facts())

    assert len(blocked) == sum(each is not True for each in terms)
