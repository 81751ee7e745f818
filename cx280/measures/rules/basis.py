"""How sure anybody may speak: it follows from how people came to answer, not from how many did."""

from __future__ import annotations

from collections.abc import Iterable

from cx280.circular.implements import implements
from cx280.kernel.words import Word
from cx280.pages.written import number
from cx280.surveys.rules.vocabulary import Placement


class Basis(Word):
    """How people came to answer, the surest first."""

    DRAWN = "drawn", "People were drawn at random to be asked"
    ASKED = "asked", "People were asked as they came, and it is counted how many"
    CHOSE = "chose", "People found the survey by themselves and chose to answer"


@implements("INC-33", "INC-44")
def basis_of(placement: Placement, *, drawn: bool = False) -> Basis:
    """A plain link is answered by whoever chooses to; elsewhere people are asked.

    drawn: a sampling plan drew at random whom to ask; of a plain link it cannot. AAPOR, Opt-In
    Surveys and Margin of Error: answers people chose to give get no margin of sampling error.
    """
    if placement is Placement.LINK:
        return Basis.CHOSE
    return Basis.DRAWN if drawn else Basis.ASKED


def weakest(bases: Iterable[Basis]) -> Basis:
    """What answers of several kinds together rest on: the least sure of them; ASKED for none."""
    return max(bases, key=list(Basis).index, default=Basis.ASKED)


def gives_interval(basis: Basis) -> bool:
    """Whether a figure may be shown with an interval at all."""
    return basis is not Basis.CHOSE


def views_of(n: int) -> str:
    """What a figure without a margin is instead: `the views of 412 people who chose to answer`."""
    return f"the views of {number(n)} {'person' if n == 1 else 'people'} who chose to answer"


def what_interval_means(basis: Basis) -> str:
    """One or two sentences for “How sure”: what the range of a figure is, or why it has none."""
    return _MEANINGS[basis]


_MEANINGS = {
    Basis.DRAWN: "People were drawn at random to be asked. The range is the margin of sampling"
    " error: how far chance alone moves a figure, 95 times in 100.",
    Basis.ASKED: "People were asked as they came, and some answered. The range says how far chance"
    " alone could move a figure, 95 times in 100, if those who did not answer think like those"
    " who did. It does not show how they differ.",
    Basis.CHOSE: "People chose to answer: these are the views of those who did, not of all"
    " customers. Nobody knows how the others feel, so there is no range and no margin of sampling"
    " error. A change is a change among those who answered; it is called one only where chance"
    " would not move it as far if the same kinds of people answered both times.",
}
