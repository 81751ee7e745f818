"""Files in and out: every line accounted for, importing twice changes nothing, any size streams."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cx280.kernel.problem import Unusable
from cx280.measures import tasks
from cx280.measures.queries import service_quarters
from cx280.responses import actions, queries
from cx280.responses.exporting import table_of
from cx280.responses.models import Comment, Response
from cx280.responses.rules.export import TOUCHPOINTS_HEADER
from cx280.responses.rules.importing import ImportMap, Reconciliation, read_map
from cx280.surveys.models import SurveyVersion
from tests.builders import a_document, a_response, a_unit, a_version, some_words
from tests.responses.visits import an_open_survey

pytestmark = pytest.mark.django_db

TAPPING = {
    "title": "Thumb and taps",
    "questions": [
        {"id": "trust", "construct": "trust", "text": "Trust?", "response": "thumbs"},
        {"id": "why", "construct": "drivers", "mode": "tapping", "parent": "trust", "text": "Why?",
         "options": [{"driver": "ease", "text": "Easy"},
                     {"driver": "equity_transparency", "text": "Fair"},
                     {"text": "Something else", "other": True}]},
        {"id": "comment", "construct": "comment", "text": "Else?", "response": "text"},
    ],
}  # fmt: skip


def a_plan(**fields: Any) -> ImportMap:
    return read_map(
        json.dumps(
            {
                "external_id": "Id",
                "day": "Date",
                "day_format": "%m/%d/%Y",
                "unit": "Office",
                "answers": {
                    "trust": {"column": "Q1", "codes": {"Agree": 4, "Strongly agree": 5}},
                    "ease": "Q2",
                },
                "comments": {"comment": "Words"},
                **fields,
            }
        ).encode(),
        "map.json",
    )


def a_line(number: int, **cells: str) -> dict[str, str]:
    return {
        "Id": f"r{number}",
        "Date": "10/05/2021",
        "Office": "",
        "Q1": "Agree",
        "Q2": "3",
        "Words": "",
        **cells,
    }


def bring_in(asked: SurveyVersion, lines: list[dict[str, str]], **plan: Any) -> Reconciliation:
    return actions.import_responses(
        asked.survey,
        rows=lines,
        header=list(lines[0]),
        plan=a_plan(**plan),
        by="lead@example.gov",
        source="old.csv",
    )


@pytest.mark.proves("280.9-e5")
def test_every_line_of_a_file_is_accounted_for() -> None:
    version = an_open_survey()
    a_unit(version.survey.service.owner, code="office-7")
    lines = [
        a_line(1, Office="office-7", Words="Call 202-555-0143"),
        a_line(2, Office="nowhere"),
        a_line(2),
        a_line(3, Q1="Perhaps"),
        a_line(4, Date="2021-10-05"),
        a_line(5, Id=""),
        a_line(6, Q1="", Q2="null"),
        a_line(7, Date="10/05/2099"),
    ]

    report = bring_in(version, lines)

    assert (report.rows, report.accepted, report.duplicate, report.rejected) == (8, 2, 1, 5)
    assert report.reasons == {
        "trust: not one of its answers": 1,
        "a day that is not written as %m/%d/%Y": 1,
        "no id of its own, or one longer than 100 characters": 1,
        "nothing was answered": 1,
        "a day in the future": 1,
    }
    assert report.examples[0] == {"line": 5, "reason": "trust: not one of its answers"}
    assert (report.quarantined, report.redacted) == (1, 1)
    first = Response.objects.get(external_id="r1")
    assert first.answers == {"trust": 4, "ease": 3}
    assert (first.day, first.unit.code if first.unit else "") == (date(2021, 10, 5), "office-7")
    assert first.source == Response.Source.IMPORT
    assert Comment.objects.get().text == "Call [phone]"


def test_importing_the_same_file_twice_changes_nothing() -> None:
    version = an_open_survey()
    lines = [a_line(number, Words="Kind") for number in range(5)]
    bring_in(version, lines)
    before = list(Response.objects.order_by("pk").values())

    report = bring_in(version, lines)

    assert (report.accepted, report.duplicate) == (0, 5)
    assert list(Response.objects.order_by("pk").values()) == before
    assert Comment.objects.count() == 5


def test_a_question_without_a_column_was_never_shown() -> None:
    version = an_open_survey()

    bring_in(version, [a_line(1, Q2="")])

    assert Response.objects.get().answers == {"trust": 4, "ease": None}


def test_a_file_may_say_the_channel_and_the_moment() -> None:
    version = an_open_survey()
    version.survey.service.channels.create(channel="phone")
    lines = [
        a_line(1, Date="10/05/2021 21:30", Via="phone"),
        a_line(2, Date="10/05/2021 21:30", Via=""),
        a_line(3, Date="10/05/2021 21:30", Via="pigeon"),
        a_line(4, Date="10/05/1021 21:30", Via=""),
        a_line(5, Date="10/05/2021", Via=""),
    ]

    report = bring_in(version, lines, channel="Via", day_format="%m/%d/%Y %H:%M")

    phoned, other = Response.objects.order_by("external_id")
    assert (phoned.channel, other.channel) == ("phone", version.survey.channel)
    assert phoned.day == date(2021, 10, 5)
    # Half past nine in the evening where the service is.
    assert phoned.received_at == datetime(2021, 10, 6, 1, 30, tzinfo=UTC)
    assert report.reasons == {
        "a channel that is not one of the service": 1,
        "a day before the year 2000": 1,
        "a day that is not written as %m/%d/%Y %H:%M": 1,
    }


def test_a_file_with_days_alone_says_no_moment() -> None:
    version = an_open_survey()
    before = timezone.now()

    bring_in(version, [a_line(1)])

    assert Response.objects.get().received_at >= before


@pytest.mark.parametrize("day_format", ["%m/%d/%Y", "%m/%d/%Y %H:%M"])
def test_old_answers_brought_in_appear_in_the_measures(day_format: str) -> None:
    version = an_open_survey()
    date = "10/05/2021" if day_format == "%m/%d/%Y" else "10/05/2021 09:00"
    tasks.refresh_facts(timezone.now())

    bring_in(version, [a_line(n, Date=date) for n in range(12)], day_format=day_format)
    tasks.refresh_facts(timezone.now())
    tasks.reconcile(timezone.now())

    (total,) = service_quarters(version.survey.service)
    assert (str(total.quarter), total.answers) == ("FY2022 Q1", 12)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"channel": "Via"}, "no column Via"),
        ({"answers": {"trust": "Q9"}}, "no column Q9"),
        ({"answers": {"pride": "Q1"}}, "no question “pride”"),
        ({"answers": {"comment": "Words"}, "comments": {}}, "no question “comment” with coded"),
        ({"version": 9}, "no version 9"),
    ],
)
def test_a_map_that_does_not_fit_is_refused_by_name(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Unusable, match=words):
        bring_in(an_open_survey(), [a_line(1)], **change)


def test_an_unknown_key_of_a_map_is_named() -> None:
    with pytest.raises(Unusable, match="colour"):
        a_plan(colour="blue")


def test_a_map_may_be_toml() -> None:
    plan = read_map(b'external_id="A"\nday="B"\n[answers]\ntrust="C"\n', "map.toml")

    assert plan.columns == {"A", "B", "C"}


def test_one_column_an_option_becomes_a_list_of_codes() -> None:
    version = an_open_survey(**TAPPING)
    why = {"columns": {"ease": "E", "equity_transparency": "T"}}

    bring_in(
        version,
        [{"Id": "1", "Date": "10/05/2021", "Q1": "1", "E": "x", "T": ""}],
        answers={"trust": "Q1", "why": why},
        comments={},
        unit="",
    )

    assert Response.objects.get().answers == {"trust": 1, "why": ["ease"]}


def exported(version: SurveyVersion, form: str = "csv") -> list[dict[str, object]]:
    header, rows = table_of(version.survey, queries.responses_of(version.survey), form)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_plain_file_has_a_column_a_question_and_the_words_last() -> None:
    version = an_open_survey()
    response = a_response(version, answers={"trust": 5, "ease": None}, unknown_unit="nowhere")
    some_words(response, "Kind")

    [row] = exported(version)

    assert (row["trust"], row["ease"], row["comment"]) == (5, "", "Kind")
    assert (row["unknown_unit"], row["version"]) == ("nowhere", 1)
    assert list(row)[-1] == "comment"


def test_options_are_1_chosen_0_shown_and_blank_never_shown() -> None:
    version = an_open_survey(**TAPPING)
    a_response(version, answers={"trust": 1, "why": ["ease"]}, day=date(2022, 1, 1))
    a_response(version, answers={"trust": 1, "why": None}, day=date(2022, 1, 2))
    a_response(version, answers={"trust": None}, day=date(2022, 1, 3))

    rows = exported(version)

    assert [row["why.ease"] for row in rows] == [1, 0, ""]
    assert [row["why.3"] for row in rows] == [0, 0, ""]


def test_every_version_has_its_place_in_one_file() -> None:
    first = an_open_survey()
    a_response(first, answers={"trust": 5})
    first.closed_at = first.opened_at
    first.save()
    document = a_document()
    document["questions"][3]["id"] = "simple"
    second = SurveyVersion.objects.create(
        survey=first.survey, number=2, document=document, digest="2", opened_at=first.opened_at
    )
    a_response(second, answers={"trust": 1, "simple": 4})

    rows = exported(first)

    assert [(row["version"], row["trust"], row["ease"], row["simple"]) for row in rows] == [
        (1, 5, "", ""),
        (2, 1, "", 4),
    ]


def test_the_17_columns_are_those_the_field_exchanges() -> None:
    version = an_open_survey(**TAPPING)
    a_response(version, external_id="100001", answers={"trust": 1, "why": ["ease"]})
    words = a_response(
        version,
        external_id="100002",
        answers={"trust": 0, "why": ["equity_transparency", "3"]},
        day=date(2099, 1, 1),
    )
    some_words(words, "Slow")

    rows = exported(version, "touchpoints17")

    assert list(rows[0]) == TOUCHPOINTS_HEADER
    assert ",".join(map(str, rows[0].values())) == (
        "100001,1,null,1,null,0,null,null,0,null,0,null,0,null,null,0,"
    )
    assert ",".join(map(str, rows[1].values())) == (
        "100002,0,null,0,null,0,null,null,0,null,0,null,1,null,null,1,Slow"
    )


def test_a_neutral_rating_opens_the_negative_block_on_five_points() -> None:
    document = json.loads(json.dumps(TAPPING))
    document["questions"][0]["response"] = "agree5"
    version = an_open_survey(**document)
    for place, rating in enumerate((3, 4)):
        day = date(2022, 1, 1 + place)
        a_response(version, answers={"trust": rating, "why": ["ease"]}, day=day)

    rows = exported(version, "touchpoints17")

    assert [(row["positive_ease"], row["negative_ease"]) for row in rows] == [(0, 1), (1, 0)]


def test_what_was_set_apart_is_marked_in_one_file_and_left_out_of_the_other() -> None:
    version = an_open_survey(**TAPPING)
    a_response(version, answers={"trust": 1}, suspected="many at once from one address")

    assert exported(version)[0]["set_apart"] == "many at once from one address"
    assert exported(version, "touchpoints17") == []


@pytest.mark.parametrize(
    ("form", "words"), [("parquet", "by the command line alone"), ("xml", "no format “xml”")]
)
def test_a_format_that_is_not_there_says_so(form: str, words: str) -> None:
    with pytest.raises(Unusable, match=words):
        exported(an_open_survey(), form)


def test_seven_points_do_not_fit_the_17_columns() -> None:
    document = json.loads(json.dumps(TAPPING))
    document["questions"][0]["response"] = "agree7"

    with pytest.raises(Unusable, match="thumbs or on five points"):
        exported(an_open_survey(**document), "touchpoints17")


def test_an_export_goes_version_by_version_and_day_by_day() -> None:
    """So that an index gives the order: a million answers are never sorted in memory."""
    first = an_open_survey()
    today = timezone.localdate()
    for days in (0, 2, 1):
        a_response(first, day=today - timedelta(days=days))
    first.closed_at = timezone.now()
    first.save()
    second = a_version(first.survey)
    a_response(second, day=today - timedelta(days=3))

    rows = exported(second)

    assert [each["version"] for each in rows] == [1, 1, 1, 2]
    assert [each["day"] for each in rows[:3]] == sorted(str(each["day"]) for each in rows[:3])
