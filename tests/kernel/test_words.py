"""Words, findings and problems say what they mean."""

import pytest

from cx280.kernel.finding import Finding, Severity, errors, warnings
from cx280.kernel.problem import NotFound, Problem, Unusable
from cx280.kernel.words import Word


class Fruit(Word):
    APPLE = "apple", "Apple"
    PEAR = "pear", "Green pear"


def test_a_word_is_stored_by_value_and_read_by_label() -> None:
    assert Fruit.of("pear") is Fruit.PEAR
    assert Fruit.PEAR.label == "Green pear"
    assert Fruit.choices() == [("apple", "Apple"), ("pear", "Green pear")]


def test_an_unknown_word_is_refused_with_the_words_there_are() -> None:
    with pytest.raises(Unusable, match="“plum” is none of: apple, pear"):
        Fruit.of("plum")


def test_findings_are_told_apart_by_severity() -> None:
    stop = Finding("280.10-g2", Severity.ERROR, "Too long.", "questions[15]")
    mind = Finding("280.10-b4", Severity.WARN, "Rather long.")

    assert errors([stop, mind]) == [stop]
    assert warnings([stop, mind]) == [mind]


def test_a_finding_prints_the_five_keys_of_the_contract() -> None:
    found = Finding("280.10-g2", Severity.ERROR, "Too long.", "questions[15]", "Remove one.")

    assert found.as_dict() == {
        "rule": "280.10-g2",
        "severity": "error",
        "where": "questions[15]",
        "message": "Too long.",
        "fix": "Remove one.",
    }
    assert found.key == "280.10-g2@questions[15]"


def test_a_problem_carries_its_sentence_its_rule_and_the_way_out() -> None:
    problem = Problem("No.", rule="280.10-c1", field="text", fix="Say yes.")

    assert (str(problem), problem.rule, problem.field, problem.fix) == (
        "No.",
        "280.10-c1",
        "text",
        "Say yes.",
    )
    assert NotFound("Gone.").status == 404
