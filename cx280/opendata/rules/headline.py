"""What the data says in one sentence, without averaging different questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.opendata.rules.pooling import Pool, largest_pool
from cx280.opendata.rules.published import Published, figures_about
from cx280.pages import written

_SAID = {
    "trust_change": "said it raised their trust",
    "trust_level": "said they trust those who served them",
    "trust": "agreed when asked about trust",
    "satisfaction": "were satisfied",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """The latest whole quarter: its largest comparable group for each of the two.

    coming_in: a later quarter of which too little is published to speak for it, and how many
    services it has.
    """

    quarter: Quarter
    trust: Pool | None
    satisfaction: Pool | None
    coming_in: tuple[Quarter, int] | None = None

    @property
    def sentence(self) -> str:
        """What each of the two groups said, with how many services it holds."""
        parts = [_said(each) for each in (self.satisfaction, self.trust) if each is not None]
        if not parts:
            return f"Too few people answered in {when(self.quarter)} to say."
        return f"In {when(self.quarter)}, {'; '.join(parts)}."


def _said(pool: Pool) -> str:
    count = len(pool.services)
    about = "one service" if count == 1 else f"{count} services"
    words = _SAID.get(pool.measures, "agreed")
    return f"{written.percent(pool.share)} of the people who answered about {about} {words}"


def when(quarter: Quarter) -> str:
    """`July to September 2021`, which everybody knows, instead of FY2021 Q4."""
    first, last = quarter.first_day, quarter.last_day
    return f"{first:%B} to {last:%B} {last.year}"


@implements("INC-05")
def headline(reports: Sequence[Published]) -> Headline | None:
    """The headline of the latest quarter that half the services of the one before are in.

    None while no share can be shown at all.
    """
    services: dict[Quarter, set[str]] = {}
    for each in figures_about("trust", reports) + figures_about("satisfaction", reports):
        if each.share is not None:
            code = each.published.content.service.code
            services.setdefault(each.published.quarter, set()).add(code)
    if not services:
        return None
    quarter, coming_in = _whole_quarter({one: len(codes) for one, codes in services.items()})
    now = [each for each in reports if each.quarter == quarter]
    return Headline(
        quarter,
        trust=largest_pool(figures_about("trust", now)),
        satisfaction=largest_pool(figures_about("satisfaction", now)),
        coming_in=coming_in,
    )


def _whole_quarter(services: dict[Quarter, int]) -> tuple[Quarter, tuple[Quarter, int] | None]:
    """The latest quarter that is mostly in, and the one after it that is coming in."""
    latest = max(services)
    before = max((each for each in services if each < latest), default=None)
    if before is None or services[latest] * 2 >= services[before]:
        return latest, None
    return before, (latest, services[latest])
