"""What goes with trust: the true driver is found, nothing is made up, thin answers are refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from cx280.measures.rules.driver_document import document_of
from cx280.measures.rules.drivers import (
    ASSOCIATION,
    TOO_FEW,
    Finding,
    finding_of,
    patterns_in,
)
from cx280.measures.rules.pooling import Part, Pool, pool_of
from cx280.measures.rules.scores import share_agreeing
from cx280.measures.rules.tapped_drivers import TapFinding, tap_document_of, tap_finding_of
from tests.builders import a_document
from tests.measures.asked import (
    EASE_LEADS,
    a_part,
    a_tapped_part,
    changed,
    people,
    taps,
)

CODES = {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1}


def pooled(*parts: Part) -> Pool:
    found = pool_of(parts, enough=100)
    assert found is not None
    return found


def found(*parts: Part, outcome: str = "trust") -> Finding:
    return finding_of(pooled(*parts), outcome, smallest=10)


@pytest.mark.proves("280.10-a3")
def test_the_true_top_driver_comes_first_in_at_least_19_of_20_surveys() -> None:
    first = [found(a_part(people(1000, seed=seed))).drivers[0].construct for seed in range(20)]

    assert Counter(first)["ease"] >= 19


@pytest.mark.proves("280.10-a3")
@pytest.mark.parametrize("n", [0, 1, 20, 99])
def test_few_answers_are_refused_with_how_many_would_do(n: int) -> None:
    finding = found(a_part([*people(n), {"trust": None, "ease": 3}]))

    assert (finding.drivers, finding.leading, finding.analysis) == ((), (), None)
    assert finding.needed == 100
    assert finding.refusal


def test_a_refusal_never_counts_out_a_few_people() -> None:
    assert found(a_part(people(6))).refusal == TOO_FEW
    assert "40 people" in found(a_part(people(40))).refusal


def test_a_driver_hardly_anybody_answered_is_named_and_refused() -> None:
    rows = people(300)
    for row in rows[:-12]:
        row["equity"] = None

    assert "Equity" in found(a_part(rows)).refusal


@pytest.mark.proves("280.10-a3")
def test_importances_add_up_to_what_is_explained_and_lie_in_their_intervals() -> None:
    finding = found(a_part(people(800, skipped=0.3)))

    assert finding.analysis is not None
    parts = [each.found for each in finding.drivers]
    assert sum(each.importance for each in parts) == pytest.approx(finding.analysis.r2)
    assert all(each.share_low <= each.share <= each.share_high for each in parts)
    assert finding.analysis.n == 800
    assert finding.analysis.complete < 800


def test_pooled_patterns_are_the_answers_themselves() -> None:
    rows = people(200, skipped=0.2)
    pool = pooled(a_part(rows[:90]), a_part(rows[90:], quarter="FY2022 Q1"))

    patterns = patterns_in(pool)

    table = [
        tuple(np.nan if row[each.id] is None else row[each.id] for each in
              [pool.outcome, *pool.drivers])
        for row in rows
    ]  # fmt: skip
    given = Counter(str(tuple(map(float, each))) for each in table)
    kept = {
        str(tuple(map(float, row))): round(float(n))
        for row, n in zip(patterns.values, patterns.people, strict=True)
    }
    assert kept == given


def test_the_score_of_a_driver_is_the_share_agreeing_of_all_who_answered_it() -> None:
    rows = people(400, skipped=0.3)
    ease = Counter(str(each["ease"]) for each in rows if each["ease"] is not None)

    finding = found(a_part(rows))

    (driver,) = [each for each in finding.drivers if each.construct == "ease"]
    assert driver.score == share_agreeing(ease, "agree5")


@pytest.mark.proves("INC-42")
def test_trust_and_satisfaction_have_drivers_of_their_own() -> None:
    rows = people(1500)

    trust = found(a_part(rows))
    satisfaction = found(a_part(rows, outcome="satisfaction"), outcome="satisfaction")

    assert (trust.outcome, trust.leading) == ("trust", ("Ease",))
    assert (satisfaction.outcome, satisfaction.leading) == ("satisfaction", ("Efficiency",))
    assert trust.question != satisfaction.question


@pytest.mark.proves("INC-09")
def test_fair_treatment_and_understanding_have_a_row_each() -> None:
    document = a_document()
    document["questions"].append(
        {
            "id": "clear",
            "construct": "transparency",
            "text": "I understand what was being asked of me throughout the process.",
            "response": "agree5",
        }
    )
    rows = [{**each, "clear": each["effectiveness"]} for each in people(300)]
    dice = np.random.default_rng(1)
    for row in rows:
        row["clear"] = int(np.clip(row["clear"] + dice.integers(-1, 2), 1, 5))

    finding = found(a_part(rows, document=document))

    assert {"Equity", "Transparency"} <= {each.name for each in finding.drivers}


def test_two_questions_about_one_driver_are_told_apart_by_their_words() -> None:
    document = changed(
        a_document(), "effectiveness", construct="ease", text="It was easy to find what I needed."
    )

    names = [each.name for each in found(a_part(people(300), document=document)).drivers]

    assert "Ease: It was easy to find what I needed." in names


def test_fix_first_needs_both_intervals_in_the_corner() -> None:
    clear = found(a_part(people(2000, lower=["ease"])))
    liked = found(a_part(people(2000, lower=["equity", "employee", "efficiency"])))
    unsure = found(a_part(people(110, lower=["ease"], seed=3)))

    assert [each.name for each in clear.fix_first] == ["Ease"]
    assert liked.fix_first == ()
    for finding in (clear, liked, unsure):
        for each in finding.drivers:
            inside = (
                each.found.share_low > finding.even_part
                and finding.middle_score is not None
                and each.score.high < finding.middle_score
            )
            assert each.fix_first is inside


def test_equal_drivers_are_not_put_in_an_order() -> None:
    equal = dict.fromkeys(EASE_LEADS, 0.5)

    finding = found(a_part(people(400, weights=equal)))

    assert len(finding.leading) > 1
    assert finding.fix_first == ()


def test_drivers_that_are_mere_chance_are_given_no_order_at_all() -> None:
    dice = np.random.default_rng(5)
    asked = ("trust", *EASE_LEADS)
    rows = [dict(zip(asked, map(int, dice.integers(1, 6, len(asked))), strict=True))
            for _ in range(400)]  # fmt: skip

    finding = found(a_part(rows))

    assert (finding.drivers, finding.leading, finding.needed) == ((), (), None)
    assert "no more than chance" in finding.refusal


def test_a_stored_finding_reads_back_the_same() -> None:
    finding = found(a_part(people(200)), a_part(people(20), quarter="FY2022 Q1"))

    assert msgspec.convert(msgspec.json.decode(msgspec.json.encode(finding)), Finding) == finding


@pytest.mark.proves("280.4-f2", "280.3-a5")
def test_every_document_says_that_it_is_an_association_and_what_was_overridden() -> None:
    pool = replace(pooled(a_part(people(200))), overrides=("One is about the agency.",))

    told = document_of(finding_of(pool, "trust", smallest=10), smallest=10)
    refused = document_of(found(a_part(people(30))), smallest=10)

    assert told["association"] == refused["association"] == ASSOCIATION
    assert "not caused" in ASSOCIATION
    assert told["overrides"] == ["One is about the agency."]
    assert any("One is about the agency." in each for each in told["notes"])
    assert refused["drivers"] == []


def test_answers_people_chose_to_send_are_given_no_margin_of_sampling_error() -> None:
    told = document_of(found(a_part(people(200), self_selected=True)), smallest=10)

    assert told["self_selected"]
    assert any("no margin of sampling error" in each for each in told["notes"])


def tapped(n: int) -> TapFinding:
    part, question = a_tapped_part(taps(n))
    return tap_finding_of(pooled(part), "trust", question, smallest=10)


@pytest.mark.proves("INC-15", "280.10-a3")
def test_taps_are_shares_under_low_and_under_high_ratings() -> None:
    finding = tapped(600)

    assert finding.analysis is not None
    ease, employee = finding.analysis.drivers
    assert (ease.driver, ease.side) == ("Ease", "penalty")
    assert employee.side == "neither"
    assert ease.under_low.share > 0.7 > 0.3 > ease.under_high.share
    assert finding.texts["Ease"] == "It was easy to complete what I needed to do."


@pytest.mark.proves("INC-15", "280.4-f2")
def test_taps_are_refused_when_few_rated_low_and_never_become_a_mean() -> None:
    told = tap_document_of(tapped(600), smallest=10)
    refused = tap_document_of(tapped(40), smallest=10)

    assert told["association"] == refused["association"] == ASSOCIATION
    assert refused["taps"] == []
    assert refused["needed"] == 30
    assert not any("mean" in each for each in told["taps"][0])
