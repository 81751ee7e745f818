"""The burden table, the way of a request, and what its document says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.clearance.rules.ledger import Ceiling, ledger, over_ceiling
from cx280.kernel.problem import Unusable
from cx280.paperwork.rules import expected
from cx280.paperwork.rules.answers import Answers, plain_of, read_answers
from cx280.paperwork.rules.blocks import Checks, Grid, words_of
from cx280.paperwork.rules.burden import (
    BurdenRow,
    hours_of,
    line_of,
    minutes_each,
    respondents_of,
)
from cx280.paperwork.rules.prefill import prefilled
from cx280.paperwork.rules.request_document import request_document
from cx280.paperwork.rules.states import (
    EDITABLE,
    ENDED,
    MOVES,
    NotNow,
    State,
    Step,
    after,
    steps_from,
)
from cx280.paperwork.rules.studies import Outcome, outcome_of
from cx280.paperwork.rules.vocabulary import Activity, Category, Certification, Way, YesNo
from cx280.paperwork.rules.wording import hours, minutes
from tests.paperwork.plain import COMPLETE, a_packet, answers, known, known_study

ROWS = st.lists(
    st.builds(
        BurdenRow,
        category=st.sampled_from(Category),
        respondents=st.integers(0, 5_000_000),
        minutes=st.decimals(0, 600, places=2),
    ),
    max_size=4,
    unique_by=lambda row: row.category,
)
TEXT = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


@pytest.mark.proves("280.11-a2", "280.11-a3")
@given(ROWS)
def test_the_document_and_the_ledger_add_up_to_the_same_hours(rows: list[BurdenRow]) -> None:
    kept = ledger(Ceiling(0, Decimal(0)), [line_of("R", "survey", rows)])
    table = burden_table(answers(burden=rows))

    assert kept.asked_hours == hours_of(rows)
    assert table.rows[-1][-1] == hours(kept.asked_hours)
    assert table.rows[-1][1] == f"{kept.asked_responses:,}"
    written = Decimal(table.rows[-1][-1].replace(",", ""))
    assert abs(written - kept.asked_hours) <= Decimal("0.005")


@pytest.mark.proves("INC-28")
@given(ROWS, st.integers(0, 10**6))
def test_federal_employees_stand_in_the_table_and_not_in_its_total(
    rows: list[BurdenRow], employees: int
) -> None:
    public = [each for each in rows if each.category is not Category.FEDERAL]
    with_them = [*public, BurdenRow(Category.FEDERAL, employees, Decimal(3))]

    assert hours_of(with_them) == hours_of(public)
    assert respondents_of(with_them) == respondents_of(public)
    shown = burden_table(answers(burden=with_them)).rows[3]
    assert shown[1] == (f"{employees:,} (not counted)" if employees else "0")


@pytest.mark.proves("280.11-a2")
def test_a_ceiling_is_passed_by_one_minute_of_one_person() -> None:
    rows = [
        BurdenRow(Category.INDIVIDUALS, 600, Decimal(2)),
        BurdenRow(Category.PRIVATE, 10, Decimal(6)),
    ]
    ceiling = Ceiling(1000, Decimal(21))

    assert over_ceiling(ceiling, [line_of("R", "survey", rows)]) == []
    more = [rows[0], BurdenRow(Category.PRIVATE, 10, Decimal("6.01"))]
    assert [each.where for each in over_ceiling(ceiling, [line_of("R", "survey", more)])] == [
        "hours"
    ]


@given(ROWS)
def test_the_minutes_of_one_answer_lie_between_those_of_the_groups(rows: list[BurdenRow]) -> None:
    public = [each.minutes for each in rows if each.category.counts and each.respondents]

    if public:
        assert (
            min(public) - Decimal("0.01")
            <= minutes_each(rows)
            <= max(max(public), Decimal("0.01")) + Decimal("0.01")
        )
    else:
        assert minutes_each(rows) == Decimal("0.01")


@pytest.mark.proves("280.11-a3")
@given(st.lists(st.sampled_from(Step), max_size=12))
def test_a_request_goes_only_the_ways_there_are(steps: list[Step]) -> None:
    state = State.DRAFT
    for step in steps:
        if step in steps_from(state):
            assert state not in ENDED
            state = after(state, step)
        else:
            with pytest.raises(NotNow, match=state.label):
                after(state, step)


@pytest.mark.proves("280.11-a3")
def test_nothing_reaches_omb_unsigned_and_nothing_is_approved_unsent() -> None:
    into = {state: {now for (now, _), led in MOVES.items() if led is state} for state in State}

    assert into[State.SIGNED] == EDITABLE == {State.DRAFT}
    assert into[State.WITH_OMB] == {State.SIGNED, State.QUESTIONS}
    assert into[State.APPROVED] == into[State.REFUSED] == {State.WITH_OMB, State.WITH_OIRA}
    assert not any(now in ENDED for now, _ in MOVES)


def test_every_state_can_be_reached_and_every_step_be_taken() -> None:
    assert set(MOVES.values()) | {State.DRAFT} == set(State)
    assert {step for _, step in MOVES} == set(Step)


@pytest.mark.proves("280.11-a3")
@given(
    st.lists(TEXT, min_size=11, max_size=11, unique=True),
    st.sampled_from(Activity),
    st.lists(st.sampled_from(Way), unique=True),
)
def test_the_document_says_everything_that_was_answered(
    texts: list[str], activity: Activity, ways: list[Way]
) -> None:
    names = ("title", "purpose", "who", "selection", "asked", "looks", "materials", "when",
             "burden_basis", "certification_notes", "preparer_name")  # fmt: skip
    given_ = answers(**dict(zip(names, texts, strict=True)), activity=activity, ways=ways)
    document = request_document(a_packet(given_), "Draft")
    said = "\n".join(words_of(document))

    assert [each for each in texts if each not in said] == []
    checked = [check.text for block in document.blocks if isinstance(block, Checks)
               for check in block.entries if check.is_checked]  # fmt: skip
    assert checked[0] == activity.label
    assert {each.label for each in ways} <= set(checked)


@pytest.mark.proves("280.11-a3")
def test_the_document_has_every_field_of_the_template_even_when_nothing_is_answered() -> None:
    said = "\n".join(words_of(request_document(a_packet(Answers()), "Draft, not signed")))

    for field in (
        "OMB Control Number: 1094-0123", "Expiration date: 12/31/2023",
        "Title of information collection", "Purpose of collection", "Type of activity",
        *(each.label for each in Activity),
        "reported to Touchpoints as part of quarterly", "Not a survey",
        "How will you collect the information?", *(each.label for each in Way),
        "Who will you collect the information from?", "selected",
        "How will you ask a respondent", "What will the activity look like?",
        "Question list, instructions and scripts", "When will the activity happen?",
        "Is an incentive", "Burden hours", *(each.label for each in Category),
        "Number of respondents", "Participation time", "Total",
        "I certify the following to be true", *(each.label for each in Certification),
        "Name and email address of the person who developed",
    ):  # fmt: skip
        assert field in said, field
    assert said.count("Not answered yet") >= 10


def test_there_are_eight_certifications_and_each_is_shown_as_answered() -> None:
    certified = {Certification.VOLUNTARY.value: YesNo.YES, Certification.RELEASE.value: YesNo.NO}
    document = request_document(a_packet(answers(certifications=certified)), "Draft")
    table = next(each for each in document.blocks if isinstance(each, Grid) and len(each.rows) == 8)

    assert [row[2] for row in table.rows] == ["Yes", *["Not answered yet"] * 6, "No"]


@given(ROWS, st.sampled_from([None, Decimal(0), Decimal("12.50")]))
def test_answers_come_back_as_they_were_stored(rows: list[BurdenRow], cost: Decimal | None) -> None:
    before = answers(burden=rows, federal_cost=cost)

    stored = msgspec.json.decode(msgspec.json.encode(plain_of(before)))

    assert read_answers(stored) == before


@pytest.mark.parametrize(
    "changed",
    [
        {"federal_cost": "-1"},
        {"federal_cost": "NaN"},
        {"certifications": {"invented": "yes"}},
        {"certifications": {"voluntary": "perhaps"}},
        {"burden": [{"category": "individuals", "respondents": -1, "minutes": "2"}]},
        {"burden": [{"category": "individuals", "respondents": 1, "minutes": "Infinity"}]},
        {"burden": [{"category": "individuals", "respondents": 1, "minutes": "0.001"}]},
        {"burden": [{"category": "martians", "respondents": 1, "minutes": "1"}]},
        {"invented": "field"},
    ],
)
def test_answers_that_no_document_could_carry_are_refused(changed: dict[str, object]) -> None:
    with pytest.raises(Unusable):
        read_answers({**plain_of(COMPLETE), **changed})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(["NaN", "sNaN", "1e999999", "-0", "Infinity", "yes", "private", "web"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["category", "respondents", "minutes", "voluntary"]), inner, max_size=3
    ),
    max_leaves=6,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(Answers.__struct_fields__), ANYTHING, max_size=3))
def test_whatever_is_sent_is_read_or_refused_in_a_sentence(sent: dict[str, object]) -> None:
    refusal, found = "", Answers()
    try:
        found = read_answers(sent)
    except Unusable as problem:
        refusal = problem.message

    assert refusal.endswith(".") or not refusal
    assert read_answers(plain_of(found)) == found


@pytest.mark.proves("280.11-a3")
def test_a_survey_fills_its_request_in() -> None:
    found = prefilled(known(expected=1234, measured_minutes=2.3, measured_n=200))

    assert found.activity is Activity.SURVEY
    assert found.ways == [Way.WEB]
    assert found.burden == [BurdenRow(Category.INDIVIDUALS, 1234, Decimal("2.5"))]
    assert "8 questions on 1 page, in English" in found.looks
    assert "until Sunday, December 31, 2023" in found.when
    assert found.title == "Boat permits feedback"
    assert (found.preparer_name, found.certifications) == ("Ana Ruiz", {})


@pytest.mark.proves("280.11-a3", "280.11-a4")
def test_the_script_of_a_study_is_its_instrument_with_number_and_expiry() -> None:
    script = answers(activity=Activity.USABILITY_TEST, materials="1. Please book a day.")

    said = words_of(request_document(a_packet(script), "Draft"))

    assert said[-3:] == [
        "Instrument: Boat permits feedback",
        "OMB Control Number: 1094-0123. Expiration date: 12/31/2023",
        "1. Please book a day.",
    ]


@pytest.mark.proves("280.11-a4")
def test_a_study_fills_its_request_in() -> None:
    found = prefilled(known_study())

    assert found.activity is Activity.CUSTOMER_RESEARCH
    assert found.burden == [BurdenRow(Category.INDIVIDUALS, 12, Decimal(30))]
    assert found.materials == "1. Tell."


def test_answers_are_foreseen_by_pace_and_by_plan() -> None:
    until = date(2023, 12, 31)

    assert expected.by_pace(90, 45, 100, until)[0] == 200
    assert expected.by_plan(40_000, 2022, 0.5, 0.1, 365, until)[0] == 2000
    assert "at that pace 200 answer" in expected.by_pace(90, 45, 100, until)[1]


@pytest.mark.proves("280.11-a5")
def test_a_finding_leads_to_an_action_or_to_a_reason_and_is_open_until_then() -> None:
    def outcome(action: str = "", reason: str = "", *, done: bool = False) -> Outcome:
        return outcome_of(action=action, is_done=done, no_action_reason=reason)

    assert outcome() is Outcome.OPEN
    assert outcome(" ", " ") is Outcome.OPEN
    assert outcome("Shorten it") is Outcome.PLANNED
    assert outcome("Shorten it", done=True) is Outcome.DONE
    assert outcome(reason="The law asks for it") is Outcome.NONE


def test_numbers_are_written_as_people_write_them() -> None:
    assert hours(Decimal("1234.505")) == "1,234.51"
    assert [minutes(Decimal(each)) for each in ("2", "2.50", "1000")] == ["2", "2.5", "1,000"]


def burden_table(given_: Answers) -> Grid:
    """The burden table of a document."""
    document = request_document(a_packet(given_), "Draft")
    return next(each for each in document.blocks if isinstance(each, Grid) and each.total)
