"""Patterns of answers equal what looking at every answer gives, whenever and however it came."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cx280.kernel.quarter import Quarter
from cx280.measures import tasks
from cx280.measures.models import PatternFact, Refresh
from cx280.measures.rules.patterns import (
    Block,
    blocks_of,
    code_in,
    digest_of,
)
from cx280.responses.models import Response
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import read_document
from tests.builders import a_document, a_response, a_survey, a_unit, a_version
from tests.measures.test_tasks import NOW, TAPPED, a_tapped_version, store
from tests.measures.test_tasks import responses as responses_with_taps

Found = dict[tuple[date, int | None, str, str], Counter[tuple[Any, ...]]]


def looked_at(version: SurveyVersion) -> Found:
    """Which answers stood together, by looking at every response for every place."""
    found: Found = {}
    for each in Response.objects.filter(version=version, suspected=""):
        starts_on = Quarter.of(each.day).first_day
        for tapped, row in _rows(each.answers):
            for unit in {each.unit_id, None}:
                for channel in {each.channel, ""}:
                    place = (starts_on, unit, channel, tapped)
                    found.setdefault(place, Counter())[row] += 1
    return found


def _rows(answers: dict[str, Any]) -> list[tuple[str, tuple[Any, ...]]]:
    scaled = ["trust", "satisfaction", "effectiveness", "ease", "efficiency", "equity", "employee"]
    rows: list[tuple[str, tuple[Any, ...]]] = []
    if any(each in answers for each in scaled):
        rows.append(("", tuple(answers.get(each, "not shown") for each in scaled)))
    if "why" in answers:
        tapped = answers["why"] or []
        taps = tuple(int(each in tapped) for each in ("ease", "employee"))
        rows.append(("why", (answers.get("trust", "not shown"), *taps)))
    return rows


def stored(version: SurveyVersion) -> Found:
    """The same from the facts, each character read back."""
    return {
        (fact.starts_on, fact.unit_id, fact.channel, fact.tapped): Counter(
            {
                tuple("not shown" if c == "." else code_in(c) for c in pattern): n
                for pattern, n in fact.patterns.items()
            }
        )
        for fact in PatternFact.objects.filter(version=version)
    }


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=responses_with_taps, later=responses_with_taps)
@pytest.mark.django_db
def test_patterns_equal_a_look_at_every_answer(
    first: list[dict[str, Any]], later: list[dict[str, Any]]
) -> None:
    version = a_tapped_version()
    agency = version.survey.service.owner
    units = [a_unit(agency), a_unit(agency)]
    Refresh.objects.all().delete()

    store(version, units, first)
    tasks.refresh_facts(NOW)
    store(version, units, later)
    tasks.refresh_facts(NOW + timedelta(seconds=5))

    assert stored(version) == looked_at(version)


@pytest.mark.django_db
def test_imported_answers_reach_the_patterns() -> None:
    version = a_version()
    a_response(version, received_at=NOW, day=NOW.date())
    tasks.refresh_facts(NOW)

    old = NOW - timedelta(days=200)
    a_response(version, received_at=old, day=old.date(), source="import", external_id="a1")
    tasks.reconcile(NOW)

    assert len(stored(version)) == 4  # two quarters, each in all and over its channel
    assert stored(version) == looked_at(version)


@pytest.mark.django_db
def test_answers_taken_out_leave_the_patterns() -> None:
    version = a_version()
    gone = a_response(version, received_at=NOW, day=NOW.date())
    tasks.refresh_facts(NOW)
    assert PatternFact.objects.filter(version=version).exists()

    gone.delete()
    tasks.reconcile(NOW)

    assert not PatternFact.objects.filter(version=version).exists()


@pytest.mark.django_db
def test_an_answer_let_in_or_moved_to_another_office_moves_its_pattern() -> None:
    version = a_version()
    unit = a_unit(version.survey.service.owner)
    response = a_response(version, received_at=NOW, day=NOW.date(), suspected="honeypot")
    tasks.refresh_facts(NOW)
    assert stored(version) == {}

    response.suspected, response.unit = "", unit
    response.save()
    tasks.recheck(NOW)

    assert PatternFact.objects.filter(version=version, unit=unit).exists()
    assert stored(version) == looked_at(version)


def document(*extra: dict[str, Any], **fields: Any) -> tuple[Block, ...]:
    written = a_document(**fields)
    written["questions"][2:2] = extra
    return blocks_of(read_document(written))


@pytest.mark.proves("INC-15")
def test_taps_and_ratings_never_share_a_pattern() -> None:
    scaled, tapped = document(TAPPED)

    assert not set(scaled.options)
    assert set(scaled.columns) & set(tapped.columns) == {"trust"}
    assert (tapped.tapped, tapped.columns) == ("why", ["trust", "why=ease", "why=employee"])


@pytest.mark.proves("INC-42")
def test_tapped_drivers_stand_under_the_rating_they_belong_to() -> None:
    under_satisfaction = {**TAPPED, "parent": "satisfaction"}
    under_nothing = {key: value for key, value in TAPPED.items() if key != "parent"}
    under_nothing |= {"mode": "multiple_choice"}

    assert document(under_satisfaction)[1].ratings == ("satisfaction",)
    assert document(under_nothing)[1].ratings == ("trust", "satisfaction")


def test_a_skip_and_a_question_never_shown_are_told_apart() -> None:
    block = Block("", ("trust", "ease"))

    assert block.pattern_of({"trust": 5, "ease": None}) == "5-"
    assert block.pattern_of({"trust": 5}) == "5."
    assert block.pattern_of({"comment": None}) is None
    assert [code_in(each) for each in "5-."] == [5, None, None]


def test_a_scale_of_ten_and_a_thumb_down_take_one_character_each() -> None:
    block = Block("", ("trust", "ease"))

    assert block.pattern_of({"trust": 10, "ease": 0}) == "A0"
    assert [code_in(each) for each in "A0"] == [10, 0]


def test_showing_options_and_tapping_none_is_an_answer() -> None:
    block = Block("why", ("trust",), ("ease", "employee"))

    assert block.pattern_of({"trust": 2, "why": None}) == "200"
    assert block.pattern_of({"trust": 2, "why": ["employee"]}) == "201"
    assert block.pattern_of({"trust": 2}) is None


def test_a_survey_without_an_outcome_or_without_drivers_keeps_no_patterns() -> None:
    written = a_document()
    outcomes = [each for each in written["questions"] if each["id"] in {"trust", "satisfaction"}]
    others = [each for each in written["questions"] if each not in outcomes]

    assert blocks_of(read_document({**written, "questions": outcomes})) == ()
    assert blocks_of(read_document({**written, "questions": others})) == ()


counts = st.dictionaries(st.text("12345-.", min_size=1, max_size=4), st.integers(1, 99))


@given(counts, st.randoms())
def test_a_digest_is_of_the_counts_and_not_of_their_order(
    found: dict[str, int], dice: random.Random
) -> None:
    shuffled = list(found.items())
    dice.shuffle(shuffled)

    assert digest_of(dict(shuffled)) == digest_of(found)
    if found:
        first = next(iter(found))
        assert digest_of({**found, first: found[first] + 1}) != digest_of(found)


@pytest.mark.django_db
def test_a_survey_that_changes_its_drivers_keeps_the_patterns_of_each_version_apart() -> None:
    survey = a_survey()
    first = a_version(survey)
    shorter = a_document()
    shorter["questions"] = [each for each in shorter["questions"] if each["id"] != "ease"]
    second = a_version(a_survey(survey.service, draft=shorter))
    for version in (first, second):
        a_response(version, answers={"trust": 4, "satisfaction": 4, "ease": 2, "equity": 3})

    tasks.refresh_facts(NOW)

    whole = PatternFact.objects.filter(unit=None, channel="").order_by("version_id")
    assert [len(each.columns) for each in whole] == [7, 6]
    assert [list(each.patterns) for each in whole] == [["44.2.3."], ["44..3."]]
