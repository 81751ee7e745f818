"""Each check: a minimal service that breaks exactly it, one that passes, and what always holds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.finding import Severity, errors
from cx280.services.checks import check, check_minimum
from cx280.services.rules.facts import (
    JourneyFacts,
    Partner,
    ServiceFacts,
    Step,
    Terms,
)
from cx280.services.rules.vocabulary import Channel, Stage, TransactionType
from tests.services.facts import ANY_SERVICE, CHANNELS, a_whole_service

ERROR, WARN, INFO = Severity.ERROR, Severity.WARN, Severity.INFO
PHONE_ONLY = frozenset({Channel.PHONE})
PHONE_AND_MAIL = frozenset({Channel.PHONE, Channel.POSTAL_MAIL})
WEB_AND_APP = frozenset({Channel.WEBSITE, Channel.MOBILE_APP})
SILENT = JourneyFacts(
    "Getting a permit",
    (
        Step("Buys a boat", Stage.START),
        Step("Applies", Stage.PROCESS),
        Step("Has the permit", Stage.END),
    ),
)
TERMS = Terms(types=frozenset({"administrative", "benefits"}))


def only_finding(facts: ServiceFacts) -> tuple[str, Severity]:
    """The rule and severity of the one finding; fails when there are none or more."""
    found = check(facts, TERMS)
    assert len(found) == 1, [each.message for each in found]
    return found[0].rule, found[0].severity


def a_service_with_steps(*stages: Stage) -> ServiceFacts:
    steps = tuple(
        Step(stage.label, stage, transaction_type="apply" if stage is Stage.PROCESS else "")
        for stage in stages
    )
    return a_whole_service(journeys=(JourneyFacts("Getting a permit", steps),))


def test_a_whole_service_breaks_no_rule() -> None:
    assert check(a_whole_service(), TERMS) == []


def case(rule: str, severity: Severity, why: str, **fields: Any) -> ParameterSet:
    return pytest.param(rule, severity, fields, id=f"{rule} {why}")


@pytest.mark.proves(
    "280.5-a2", "280.5-a3", "280.5-a4", "280.5-a5", "280.5-a6", "280.5-a7", "280.6-a2",
    "280.6-b1", "280.6-b2", "280.4-e2", "280.2-a1", "280.4-g2", "280.4-g3", "280.4-g4",
    "280.4-g6", "280.4-g7", "280.4-d5", "280.4-c1", "280.7-a2",
)  # fmt: skip
@pytest.mark.parametrize(
    ("rule", "severity", "fields"),
    [
        case("280.5-a2", ERROR, "blank name", name="  "),
        case("280.5-a2", ERROR, "the name of another", namesakes=1),
        case("280.5-a3", ERROR, "blank description", description=""),
        case("280.5-a3", WARN, "19 characters", description="x" * 19),
        case("280.5-a3", WARN, "1,001 characters", description="x" * 1001),
        case("280.5-a3", WARN, "the name again", description="BOAT  permit"),
        case("280.5-a4", ERROR, "no unit", unit=""),
        case("280.5-a4", ERROR, "a unit that ended", unit_is_active=False),
        case("280.5-a5", ERROR, "no channel", channels=frozenset(), accessible_methods=""),
        case(
            "280.5-a6",
            ERROR,
            "not digital, no reason",
            channels=PHONE_AND_MAIL,
            digital_potential="A web form.",
        ),
        case(
            "280.5-a7",
            ERROR,
            "not digital, no potential",
            channels=PHONE_AND_MAIL,
            why_not_digital="Needs ink.",
        ),
        case(
            "280.6-a2",
            INFO,
            "one channel",
            channels=PHONE_ONLY,
            why_not_digital="Needs ink.",
            digital_potential="A web form.",
        ),
        case("280.6-b1", ERROR, "no traditional channel", channels=WEB_AND_APP),
        case("280.6-b1", ERROR, "exempt without approver", channels=WEB_AND_APP,
             traditional_exemption="Born digital."),
        case("280.6-b1", ERROR, "exempt, but not born digital", channels=WEB_AND_APP,
             traditional_exemption="Born digital.", traditional_exemption_by="A. Chief",
             retired_channels=PHONE_ONLY),
        case("280.6-b2", WARN, "accessible methods", accessible_methods=""),
        case("280.6-b2", WARN, "surveys on the web only", survey_channels=WEB_AND_APP),
        case("280.4-e2", WARN, "no type", service_type=""),
        case("280.4-e2", ERROR, "other without a reason", service_type="other"),
        case("280.4-e2", ERROR, "a type the edition lacks", service_type="magic"),
        case("280.2-a1", WARN, "no customers", customers=()),
        case("280.4-g2", WARN, "no occasion", occasion=""),
        case("280.4-g3", WARN, "no volume", volumes=()),
        case("280.4-g4", WARN, "no offering", offering=""),
        case("280.4-e1", WARN, "no outcome", outcome=""),
        case("280.4-g6", WARN, "no roles", performers=()),
        case("280.4-g7", WARN, "no tools", tools=()),
        case("280.4-c1", WARN, "a touchpoint without a kind", journeys=(SILENT,)),
        case("280.7-a2", WARN, "never reviewed", reviewed_on=None),
        case("280.7-a2", WARN, "reviewed a year ago", reviewed_on=date(2021, 3, 1)),
        case("280.4-d5", WARN, "a partner with nobody to ask", partners=(Partner("State"),)),
    ],
)  # fmt: skip
def test_a_service_that_breaks_one_rule_has_exactly_that_finding(
    rule: str, severity: Severity, fields: dict[str, Any]
) -> None:
    assert only_finding(a_whole_service(**fields)) == (rule, severity)


@pytest.mark.proves("280.5-a3")
@pytest.mark.parametrize("length", [20, 1000])
def test_a_description_at_the_limits_passes(length: int) -> None:
    assert check(a_whole_service(description="x" * length), TERMS) == []


def test_the_limits_of_a_description_are_settings() -> None:
    short = a_whole_service(description="x" * 10)

    assert check(short, replace(TERMS, description_min=10)) == []


@pytest.mark.proves("280.5-a6", "280.5-a7")
@given(CHANNELS.filter(bool))
def test_a_digital_channel_clears_what_is_asked_of_services_without_one(
    channels: frozenset[Channel],
) -> None:
    facts = a_whole_service(channels=channels, why_not_digital="", digital_potential="")

    asked = {each.rule for each in check(facts)} & {"280.5-a6", "280.5-a7"}
    cleared = check(replace(facts, channels=channels | {Channel.WEBSITE}))

    assert asked == (set() if facts.has_digital_channel else {"280.5-a6", "280.5-a7"})
    assert not {each.rule for each in cleared} & {"280.5-a6", "280.5-a7"}


@pytest.mark.proves("280.6-b1", "INC-22")
def test_a_service_born_digital_is_exempt_with_a_reason_and_an_approver() -> None:
    born_digital = a_whole_service(
        channels=WEB_AND_APP,
        traditional_exemption="Tide tables were never printed.",
        traditional_exemption_by="Chief of access, 2021",
    )

    assert check(born_digital, TERMS) == []
    assert [each.rule for each in check(replace(born_digital, accessible_methods=""), TERMS)] == [
        "280.6-b2"
    ]


@pytest.mark.proves("280.6-b2")
def test_a_survey_by_phone_reaches_people_who_are_not_online() -> None:
    reached = a_whole_service(survey_channels=frozenset({Channel.WEBSITE, Channel.PHONE}))

    assert check(reached, TERMS) == []


@pytest.mark.proves("280.6-a2")
@given(ANY_SERVICE)
def test_one_channel_is_told_and_never_stops(facts: ServiceFacts) -> None:
    told = [each for each in check(facts) if each.rule == "280.6-a2"]

    assert len(told) == (len(facts.channels) == 1)
    assert all(each.severity is INFO for each in told)


@pytest.mark.proves("280.4-a1")
@pytest.mark.parametrize(
    "stages",
    [
        [],
        [Stage.START],
        [Stage.END],
        [Stage.START, Stage.PROCESS],
        [Stage.PROCESS, Stage.END],
        [Stage.END, Stage.START],
    ],
)
def test_a_journey_without_an_occasion_first_and_an_outcome_last_fails(
    stages: list[Stage],
) -> None:
    assert only_finding(a_service_with_steps(*stages)) == ("280.4-a1", ERROR)


@pytest.mark.proves("280.4-a1")
@given(st.lists(st.sampled_from(list(Stage)), max_size=4))
def test_a_journey_from_occasion_to_outcome_passes_whatever_lies_between(
    middle: list[Stage],
) -> None:
    assert check(a_service_with_steps(Stage.START, *middle, Stage.END), TERMS) == []


@pytest.mark.proves("280.4-g7")
def test_a_tool_that_no_row_of_the_blueprint_reaches_is_named() -> None:
    steps = (
        Step("Buys a boat", Stage.START, tools=("Permit database",)),
        Step("Has the permit", Stage.END),
    )
    facts = a_whole_service(
        tools=("Permit database", "Fax"), journeys=(JourneyFacts("Permit", steps),)
    )

    (found,) = check(facts, TERMS)

    assert (found.rule, found.severity) == ("280.4-g7", WARN)
    assert "Fax" in found.message
    assert "Permit database" not in found.message


@pytest.mark.proves("280.5-a1")
@given(ANY_SERVICE)
def test_every_finding_says_what_where_and_what_to_do(facts: ServiceFacts) -> None:
    found = check(facts, TERMS)

    assert all(each.message and each.fix and each.where for each in found)
    assert len({each.key + each.message for each in found}) == len(found)


@given(ANY_SERVICE)
def test_the_minimum_checks_are_those_of_280_5(facts: ServiceFacts) -> None:
    minimum = check_minimum(facts)

    assert {each.rule for each in minimum} <= {f"280.5-a{number}" for number in range(2, 8)}
    assert [each for each in check(facts) if each.rule.startswith("280.5")] == minimum
    assert errors(minimum) or all(each.rule == "280.5-a3" for each in minimum)


@pytest.mark.proves("280.7-a2")
@pytest.mark.parametrize(("on", "is_due"), [(date(2022, 6, 14), False), (date(2022, 6, 15), True)])
def test_a_review_holds_for_twelve_months_to_the_day(on: date, *, is_due: bool) -> None:
    facts = a_whole_service(reviewed_on=date(2021, 6, 15), on=on)

    assert bool(check(facts, TERMS)) is is_due


@pytest.mark.proves("280.7-a2")
def test_the_cadence_of_reviews_is_a_setting() -> None:
    facts = a_whole_service(reviewed_on=date(2021, 6, 15), on=date(2022, 6, 15))

    assert check(facts, replace(TERMS, review_months=24)) == []


@pytest.mark.proves("280.4-c1")
def test_there_are_six_kinds_of_interaction_and_an_occasion_needs_none() -> None:
    facts = a_whole_service()

    assert len(list(TransactionType)) == 6
    assert [each.is_touchpoint for each in facts.journeys[0].steps] == [False, True, False]
    assert Step("Picks it up", Stage.END, channel="in_person").is_touchpoint
