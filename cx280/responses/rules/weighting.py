"""What a sample's answers say of everybody: each counts as the people of its group it stands for.

An answer of group h weighs N_h / n_h: N_h interactions handed over, n_h answers. That is right for
unequal chances to be drawn, for contact rules that left people alone, and for groups that answer
more or less, as long as those of a group who answer are like those who do not (response
homogeneity groups, Särndal, Swensson and Wretman 1992, 15.6). The groups must be those of the plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.stats.estimates import Lonely, Method, Share, share, survey_design, weights_of_plan


@dataclass(frozen=True, slots=True)
class Weighed:
    """A share of everybody beside that of the answers as they came.

    weighted: with its 95 % interval. plain: not weighted. n: answers. covered: the share of all
    interactions that stand in a group somebody answered from; of the rest nothing is known.
    """

    weighted: Share
    plain: float
    n: int
    covered: float


@implements("280.10-m2")
def weigh(
    strata: Sequence[str], agreed: Sequence[bool], population: Mapping[str, int]
) -> Weighed | None:
    """The share that agreed, weighted to the population; None when nobody of it answered.

    strata, agreed: of each answer. population: group → interactions. Answers of a group that nobody
    handed over, which only a changed link can name, are left out; where more answered than were
    handed over, the group counts as many as answered.
    """
    pairs = [each for each in zip(strata, agreed, strict=True) if population.get(each[0])]
    if not pairs:
        return None
    groups = [group for group, _ in pairs]
    counts = Counter(groups)
    sizes = {group: float(max(population[group], n)) for group, n in counts.items()}
    weights, known = weights_of_plan(groups, sizes)
    design = survey_design(
        len(groups), weights=weights, strata=[groups], fpc=[known], lonely=Lonely.ADJUST
    )
    values = [float(each) for _, each in pairs]
    return Weighed(
        weighted=share(design, values, method=Method.STRATIFIED),
        plain=sum(values) / len(values),
        n=len(values),
        covered=sum(population[each] for each in counts) / sum(population.values()),
    )


def weights_by_group(strata: Sequence[str], population: Mapping[str, int]) -> dict[str, float]:
    """{group: people each answer stands for}; over all answers they sum to those groups' people."""
    counts = Counter(each for each in strata if population.get(each))
    return {group: max(population[group], n) / n for group, n in counts.items()}
