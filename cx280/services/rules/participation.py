"""How many of those who could use a service do (280.4-g3)."""

from collections.abc import Sequence

from cx280.circular.implements import implements
from cx280.services.rules.facts import Volume


@implements("280.4-g3")
def participation(customers: int | None, eligible: int | None) -> float | None:
    """Customers divided by the people eligible; None unless both are known and somebody is.

    May exceed 1 when people come more than once in the year.
    """
    if customers is None or eligible is None or eligible <= 0:
        return None
    return customers / eligible


def latest_volume(volumes: Sequence[Volume]) -> Volume | None:
    """The newest year's customers, all channels together.

    Without a line for all channels, the year's channels are added up, and the source says so.
    """
    if not volumes:
        return None
    year = max(each.fiscal_year for each in volumes)
    lines = [each for each in volumes if each.fiscal_year == year]
    for each in lines:
        if each.channel is None:
            return each
    sources = "; ".join(dict.fromkeys(each.source for each in lines))
    return Volume(year, sum(each.customers for each in lines), f"channels added up: {sources}")
