"""Answers are analysed together only where they were asked alike, and an override is printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.measures.rules.pooling import Part, Pool, pool_of
from tests.builders import a_document
from tests.measures.asked import a_part, changed, people, without

T2 = "I trust Boat permits to fulfill our country’s commitment to boaters."
T2_AGENCY = "I trust the Department of Rivers to fulfill our country’s commitment to boaters."
OWN = "I have confidence in how Boat permits works."


def pooled(*parts: Part, enough: int = 100, override: bool = False) -> Pool:
    found = pool_of(parts, enough=enough, override=override)
    assert found is not None
    return found


def test_quarters_and_versions_that_ask_alike_are_pooled() -> None:
    before = a_part(people(80), quarter="FY2022 Q1")
    after = a_part(people(90), source="Boat permits feedback version 2")

    pool = pooled(before, after)

    assert pool.answers == 170
    assert pool.left_out == ()


@pytest.mark.proves("INC-05")
@pytest.mark.parametrize("override", [False, True])
def test_a_change_of_trust_is_never_pooled_with_a_level_of_trust(override: bool) -> None:
    change = a_part(people(60), quarter="FY2022 Q1")
    level = a_part(people(150), document=changed(a_document(), "trust", text=T2))

    pool = pooled(change, level, override=override)

    assert pool.outcome.key.construct == "trust_level"
    assert pool.answers == 150
    assert pool.overrides == ()
    (left,) = pool.left_out
    assert (left.answers, left.quarters, left.can_override) == (60, ("FY2022 Q1",), False)
    assert "raised trust" in left.reason


def about(whom: str, text: str) -> Part:
    document = changed(a_document(), "trust", text=text, object=whom)
    return a_part(people(120), document=document, source=f"Trust in the {whom}")


@pytest.mark.proves("280.3-a5")
def test_trust_in_the_agency_and_in_the_service_are_pooled_only_when_somebody_insists() -> None:
    service, agency = about("service", T2), about("agency", T2_AGENCY)

    apart = pooled(service, agency)
    together = pooled(service, agency, override=True)

    assert (apart.answers, len(apart.left_out)) == (120, 1)
    assert apart.left_out[0].can_override
    assert "the agency" in apart.left_out[0].reason
    assert (together.answers, together.left_out) == (240, ())
    (printed,) = together.overrides
    assert "Trust in the" in printed
    assert "the agency" in printed


@pytest.mark.proves("280.3-a5")
def test_confidence_and_a_level_of_trust_are_pooled_only_when_somebody_insists() -> None:
    trust = a_part(people(120), document=changed(a_document(), "trust", text=T2))
    confidence = a_part(people(90), document=changed(a_document(), "trust", text=OWN))

    apart = pooled(trust, confidence)
    together = pooled(trust, confidence, override=True)

    assert (apart.answers, together.answers) == (120, 210)
    assert "confidence" in apart.left_out[0].reason
    assert "confidence" in together.overrides[0]


def test_another_scale_is_left_out_whatever_anybody_insists_on() -> None:
    stars = changed(a_document(), "trust", response="stars5")
    pool = pooled(a_part(people(120)), a_part(people(90), document=stars), override=True)

    assert pool.answers == 120
    assert not pool.left_out[0].can_override


@pytest.mark.proves("INC-09")
def test_fair_treatment_and_understanding_are_two_drivers_and_never_one_column() -> None:
    fair = a_document()
    clear = changed(
        a_document(),
        "equity",
        construct="transparency",
        text="I understand what was being asked of me throughout the process.",
    )

    pool = pooled(a_part(people(150), document=fair), a_part(people(60), document=clear))

    assert "equity" in [each.key.construct for each in pool.drivers]
    assert pool.answers == 150
    assert pool.left_out[0].reason == "It does not ask about fair treatment."


def test_a_driver_asked_in_other_words_is_not_the_same_driver() -> None:
    other = changed(a_document(), "ease", text="Nothing was hard for me.")

    pool = pooled(a_part(people(150)), a_part(people(60), document=other))

    assert pool.answers == 150
    assert pool.left_out[0].reason.startswith("It asks about ease in another way.")


def test_a_version_that_asks_more_drivers_can_stand_in_for_one_that_asks_fewer() -> None:
    fewer = a_part(people(150), document=without(a_document(), "employee"))
    more = a_part(people(60), quarter="FY2022 Q1")

    pool = pooled(fewer, more)

    assert pool.answers == 210
    assert len(pool.drivers) == 4


def test_a_new_question_with_too_few_answers_yet_gives_way_to_the_one_before() -> None:
    new = a_part(people(40), document=changed(a_document(), "trust", text=T2))
    old = a_part(people(300), quarter="FY2022 Q1")

    assert pooled(new, old, enough=100).outcome.key.construct == "trust_change"
    assert pooled(new, old, enough=30).outcome.key.construct == "trust_level"


def test_nothing_asked_is_nothing_pooled() -> None:
    assert pool_of([], enough=100) is None


TEXTS = st.sampled_from([a_document()["questions"][0]["text"], T2, T2_AGENCY, OWN])
PARTS = st.lists(st.tuples(TEXTS, st.integers(1, 400), st.sampled_from(["Q1", "Q2", "Q3"])),
                 min_size=1, max_size=6)  # fmt: skip


@settings(deadline=None)
@given(PARTS, st.booleans())
def test_everybody_is_either_pooled_or_left_out_with_a_reason(
    asked: list[tuple[str, int, str]], override: bool
) -> None:
    parts = [
        a_part([{"trust": 4, "ease": 4}] * n, document=changed(a_document(), "trust", text=text),
               quarter=f"FY2022 {quarter}", source=f"survey {at}")
        for at, (text, n, quarter) in enumerate(asked)
    ]  # fmt: skip

    pool = pooled(*parts, override=override)

    assert pool.answers + sum(each.answers for each in pool.left_out) == sum(n for _, n, _ in asked)
    assert all(each.reason for each in pool.left_out)
    kinds = {part.outcome.key.construct for part in pool.parts}
    assert not {"trust_change", "trust_level"} <= kinds
    assert override or len({part.outcome.key for part in pool.parts}) == 1
