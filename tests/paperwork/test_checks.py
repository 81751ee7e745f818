"""What is found in a request, in words and with its rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cx280.clearance.rules.ledger import Line
from cx280.kernel.finding import Finding, Severity
from cx280.paperwork.checks import check
from cx280.paperwork.checks.missing import FIELDS
from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.burden import BurdenRow
from cx280.paperwork.rules.vocabulary import (
    Activity,
    Category,
    Reported,
    Way,
    YesNo,
)
from cx280.surveys.rules.document import read_document
from tests.builders import a_document
from tests.paperwork.plain import CLEARANCE, COMPLETE, TODAY, answers, known, known_study

pytestmark = pytest.mark.proves("280.11-a3")


def people(n: int, each: str = "2") -> list[BurdenRow]:
    """That many individuals with so many minutes each."""
    return [BurdenRow(Category.INDIVIDUALS, n, Decimal(each))]


def found(given: Answers = COMPLETE, **survey: Any) -> list[Finding]:
    """What is found around a survey."""
    return check(given, known(**survey), TODAY)


def test_nothing_is_found_in_a_complete_request() -> None:
    assert found() == []


def test_every_empty_field_is_named_once() -> None:
    named = [each.where for each in check(Answers(), known(), TODAY)]

    assert [each for each in FIELDS if named.count(each) != 1] == []
    assert named.count("certification_voluntary") == 1
    assert all(each.fix for each in check(Answers(), known(), TODAY))


def test_another_way_is_explained() -> None:
    assert [each.where for each in found(answers(ways=[Way.WEB, Way.OTHER]))] == ["other_way"]


def test_a_study_needs_its_script_and_a_survey_has_its_instrument() -> None:
    study = answers(activity=Activity.CUSTOMER_RESEARCH, reported=Reported.NOT_SURVEY)

    assert [each.where for each in check(study, known_study(), TODAY)] == ["materials"]


@pytest.mark.proves("280.10-g3")
def test_minutes_below_the_measured_median_are_told() -> None:
    told = found(measured_minutes=3.4, measured_n=200)

    assert [(each.rule, each.severity) for each in told] == [("280.11-a3", Severity.WARN)]
    assert told[0].message == ("You ask for 2 minutes; half of 200 people took more than 3.4.")
    assert found(answers(burden=people(500, "3.4")), measured_minutes=3.4, measured_n=200) == []
    assert [each.rule for each in found(answers(burden=people(500, "5.01")))] == ["280.10-g3"]


def test_before_anybody_answered_the_estimate_is_looked_at() -> None:
    assert found(estimated_minutes=3.0) == []
    assert "reading and answering takes about 3.1" in found(estimated_minutes=3.1)[0].message


def test_more_people_by_the_sampling_plan_than_asked_for_are_told() -> None:
    told = found(expected=2000)

    assert told[0].message == (
        "By the sampling plan about 2,000 people answer until the clearance ends; the request asks"
        " for 500."
    )
    assert told[0].severity is Severity.WARN
    assert found(expected=500) == found(expected=250) == []
    assert [each.severity for each in found(expected=249)] == [Severity.INFO]


@pytest.mark.parametrize(
    ("incentive", "details", "where"),
    [
        (YesNo.YES, " ", "incentive_details"),
        (YesNo.NO, "A $20 gift card", "incentive"),
    ],
)
def test_a_gift_is_justified_or_there_is_none(incentive: YesNo, details: str, where: str) -> None:
    told = found(answers(incentive=incentive, incentive_details=details))

    assert [each.where for each in told] == [where]
    assert found(answers(incentive=YesNo.YES, incentive_details="$20, for two hours.")) == []


@pytest.mark.proves("280.10-h3")
def test_a_provider_s_survey_without_the_drivers_of_the_report_is_told() -> None:
    lacking = Finding("280.10-h3", Severity.INFO, "The report will need a reason for “Ease”.")
    broken = Finding("280.10-e1", Severity.ERROR, "The survey does not ask what drove the score.")
    other = Finding("280.10-n1", Severity.WARN, "Two pages.")

    told = found(findings=(lacking, broken, other))

    assert [(each.rule, each.severity) for each in told] == [
        ("280.10-e1", Severity.ERROR),
        ("280.10-h3", Severity.WARN),
    ]


def test_the_report_and_the_survey_say_the_same() -> None:
    internal = read_document(a_document(hisp_reporting=False))

    assert [each.where for each in found(answers(reported=Reported.NO))] == ["reported"]
    assert [each.where for each in found(answers(reported=Reported.NOT_SURVEY))] == ["reported"]
    assert [each.where for each in found(document=internal)] == ["reported"]
    assert found(answers(reported=Reported.NO), document=internal) == []


def test_the_activity_and_the_way_are_those_of_the_survey() -> None:
    assert [each.where for each in found(answers(activity=Activity.USABILITY_TEST))] == ["activity"]
    by_phone = read_document(a_document(mode="phone"))
    assert [each.where for each in found(document=by_phone)] == ["ways"]
    assert found(answers(ways=[Way.TELEPHONE]), document=by_phone) == []


def test_all_eight_are_certified_and_a_denial_is_explained() -> None:
    seven = {k: v for k, v in COMPLETE.certifications.items() if k != "release"}
    denied = {**COMPLETE.certifications, "low_burden": YesNo.NO}
    unreported = {**COMPLETE.certifications, "quarterly": YesNo.NO}

    assert [e.where for e in found(answers(certifications=seven))] == ["certification_release"]
    six = {k: v for k, v in seven.items() if k != "voluntary"}
    assert found(answers(certifications=six))[0].message == (
        "Certifications 1 and 8 are not answered."
    )
    assert "None of the eight" in found(answers(certifications={}))[0].message
    assert [e.where for e in found(answers(certifications=denied))] == ["certification_low_burden"]
    assert found(answers(certifications=denied, certification_notes="One hour each.")) == []
    told = found(answers(certifications=unreported, certification_notes="Later."))
    assert "certifies the opposite" in told[0].message


def test_a_table_without_the_public_or_without_time_is_told() -> None:
    nobody = [BurdenRow(Category.FEDERAL, 500, Decimal(2))]
    no_time = people(500, "0")
    twice = people(100) * 2

    assert "no member of the public" in found(answers(burden=nobody))[0].message
    assert "take no time" in found(answers(burden=no_time))[0].message
    assert "twice" in found(answers(burden=twice))[0].message


@pytest.mark.proves("280.11-a1")
def test_nine_people_need_no_request() -> None:
    assert [each.severity for each in found(answers(burden=people(9)))] == [Severity.INFO]
    assert found(answers(burden=people(10))) == []


@pytest.mark.proves("280.11-a2")
def test_the_ceiling_counts_what_is_taken_and_what_lies_with_omb() -> None:
    taken = [Line("A", "survey", 9_000, Decimal(1)), Line("B", "usability_test", 400, Decimal(60))]
    around = replace(known(), clearance=replace(CLEARANCE, lines=taken))

    told = check(answers(burden=people(700)), around, TODAY)

    assert [(each.rule, each.where) for each in told] == [
        ("280.11-a2", "responses"),
        ("280.11-a2", "hours"),
    ]


@pytest.mark.proves("280.11-a1")
def test_nothing_is_asked_under_a_clearance_that_ended() -> None:
    for ended in (
        replace(CLEARANCE, expires_on=date(2022, 2, 28)),
        replace(CLEARANCE, withdrawn_on=TODAY),
    ):
        told = check(COMPLETE, replace(known(), clearance=ended), TODAY)
        assert [each.rule for each in told] == ["280.11-a1"]
    coming = replace(CLEARANCE, starts_on=date(2022, 4, 1))
    assert check(COMPLETE, replace(known(), clearance=coming), TODAY) == []
