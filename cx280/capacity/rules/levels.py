"""The level of a function from those of its practices, by a rule that is shown beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.capacity.rules.templates import Function
from cx280.capacity.rules.vocabulary import Said
from cx280.circular.implements import implements

IN_WORDS = {
    "most": "The highest level that more than half of the evidenced practices reach.",
    "lowest": "The lowest level of any evidenced practice.",
}


@dataclass(frozen=True, slots=True)
class FunctionLevel:
    """Where a function stands. level is None where too few practices are evidenced to say.

    rated, not_evidenced, unanswered: counts of its practices. Not evidenced is never zero.
    evidence: how many pieces of evidence were given in the year.
    """

    code: str
    name: str
    level: int | None
    rated: int
    not_evidenced: int
    unanswered: int
    evidence: int = 0

    @property
    def practices(self) -> int:
        """How many there are."""
        return self.rated + self.not_evidenced + self.unanswered

    @property
    def words(self) -> str:
        """`4 of 5 practices evidenced`."""
        return f"{self.rated} of {self.practices} practices evidenced"


def level_from(levels: Sequence[int], rule: str) -> int | None:
    """The level that follows from those of the practices; None from none."""
    if not levels:
        return None
    ordered = sorted(levels)
    return ordered[0] if rule == "lowest" else ordered[(len(ordered) - 1) // 2]


@implements("280.17-c1", "280.9-a1")
def function_level(facts: AssessmentFacts, function: Function) -> FunctionLevel:
    """The function's level; it takes half of its practices to be evidenced, else there is none."""
    found = [facts.answers.get(each.code) for each in function.practices]
    levels = [each.level for each in found if each and each.rates and each.level is not None]
    # A level above zero that nothing shows is as good as not evidenced.
    silent = sum(
        bool(each) and not each.rates and each.said in {Said.LEVEL, Said.NOT_EVIDENCED}
        for each in found
        if each
    )
    enough = len(levels) * 2 >= len(function.practices)
    return FunctionLevel(
        function.code,
        function.name,
        level_from(levels, facts.template.rule) if enough else None,
        len(levels),
        silent,
        len(function.practices) - len(levels) - silent,
        evidence_count(facts, function),
    )


@implements("280.8-b2")
def evidence_count(facts: AssessmentFacts, function: Function) -> int:
    """How many pieces of evidence stand under the function’s practices this year."""
    found = (facts.answers.get(each.code) for each in function.practices)
    return sum(len(each.evidence) for each in found if each is not None)


def levels_of(facts: AssessmentFacts) -> list[FunctionLevel]:
    """All functions in the template's order."""
    return [function_level(facts, each) for each in facts.template.functions]
