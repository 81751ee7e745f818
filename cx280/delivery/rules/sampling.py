"""Who is drawn: simple, systematic and stratified samples, each with its recorded probability.

Every interaction is decided by itself, the moment it is known, so a sample needs no list of
everybody. The seed, the rate, the stratum and the probability of each decision are kept; the
weight of whoever was drawn is one over the probability (Horvitz and Thompson 1952, JASA 47).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor

from cx280.circular.implements import implements
from cx280.delivery.rules.draws import draw, exact
from cx280.delivery.rules.vocabulary import Method, StrataBy
from cx280.kernel.problem import Unusable

MOST_STRATA = 100
LEAST_RATE = 0.000001  # what people can still write and read


@dataclass(frozen=True, slots=True)
class Plan:
    """How a survey draws its sample.

    rate: the chance of each interaction, above 0 and up to 1; of strata without one of their own
    for a stratified plan. rates: stratum → chance. seed: any text; the same seed draws the same.
    """

    method: Method
    rate: float
    seed: str
    strata_by: StrataBy = StrataBy.UNIT
    rates: Mapping[str, float] = field(default_factory=dict)

    def group_of(self, stratum: str) -> str:
        """The group a stratum counts in: groups that files name are those of the plan alone.

        A file could name each person a group of their own, and links would tell them apart.
        """
        if self.strata_by is StrataBy.GIVEN and stratum not in self.rates:
            return ""
        return stratum

    def rate_of(self, stratum: str) -> float:
        """The chance of an interaction of the stratum."""
        own = self.rates.get(stratum) if self.method is Method.STRATIFIED else None
        return self.rate if own is None else own


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an interaction was drawn, and everything it takes to decide the same again.

    position: its place in the order of arrival, for systematic plans; None otherwise.
    """

    is_drawn: bool
    probability: float
    stratum: str
    seed: str
    position: int | None = None

    @property
    def weight(self) -> float:
        """How many interactions it stands for; 0 when it was not drawn."""
        return 1 / self.probability if self.is_drawn else 0.0


@implements("280.10-m2")
def decide(plan: Plan, interaction: str, *, stratum: str = "", position: int = 0) -> Decision:
    """Whether to ask after this interaction.

    interaction: its id, unique in the survey. stratum: the group it belongs to. position: how many
    interactions of this plan came before it; only systematic plans look at it.
    """
    rate = plan.rate_of(stratum)
    if plan.method is Method.SYSTEMATIC:
        drawn = is_drawn_in_turn(rate, plan.seed, position)
        return Decision(drawn, rate, stratum, plan.seed, position)
    return Decision(draw(plan.seed, f"ask {interaction}") < rate, rate, stratum, plan.seed)


def is_drawn_in_turn(rate: float, seed: str, position: int) -> bool:
    """Whether the interaction at that position is one of the every-so-many.

    A step of `rate` for each arrival; whoever carries the sum over a whole number is drawn. With
    a rate of 1 in 10 that is every tenth, with 0.3 every third or fourth. The random start makes
    the chance of each position exactly the rate (Madow 1949, Annals of Mathematical Statistics 20).
    """
    step, start = exact(rate), exact(draw(seed, "start"))
    return floor(start + step * (position + 1)) > floor(start + step * position)


def read_rates(written: str) -> dict[str, float]:
    """{stratum: rate} from lines such as `Spanish = 50 %` or `portland = 0.2`.

    Raises Unusable that names the first line at fault.
    """
    found: dict[str, float] = {}
    for line in filter(None, (each.strip() for each in written.splitlines())):
        name, sign, number = (each.strip() for each in line.rpartition("="))
        if not sign or not name:
            raise Unusable(f"“{line}” is not a group and its share.", fix="Write: portland = 20 %")
        if len(name) > 60:
            raise Unusable(f"“{name[:60]}…” is longer than 60 letters.")
        if name in found:
            raise Unusable(f"“{name}” stands there twice.", fix="Leave one out.")
        found[name] = read_rate(number)
    if len(found) > MOST_STRATA:
        raise Unusable(f"{len(found)} groups are more than {MOST_STRATA}.")
    return found


def read_rate(written: str) -> float:
    """A rate from `20 %` or `0.2`; Unusable unless it is 0.0001 % to 100 %."""
    text = written.strip()
    try:
        rate = float(exact(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1))
    except (ValueError, ZeroDivisionError):
        raise Unusable(f"“{written}” is not a share.", fix="Write 20 % or 0.2.") from None
    if not LEAST_RATE <= rate <= 1:
        raise Unusable(f"“{written}” is not between 0.0001 % and 100 %.")
    return rate


def written_rate(rate: float) -> str:
    """The rate as people write it: `20 %`, `0.5 %`."""
    return f"{float(exact(rate) * 100):.4f}".rstrip("0").rstrip(".") + " %"
