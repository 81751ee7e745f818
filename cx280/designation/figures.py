"""The picture of how much hangs on the weights, with its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cx280.designation.rules.scoring import Placed
from cx280.designation.rules.sensitivity import Held, held_places
from cx280.pages import written
from cx280.pages.charts import Chart, Holder, Region, Table, Triangle, ternary
from cx280.surveys.rules.impact import FACTORS, weights_of

_LETTERS = "ABCDEF"  # as many as there are colours; a seventh holder is told in the table
_CORNERS = ("all on customers", "all on cost", "all on priority")
_NOTE = (
    "Each point of a triangle is a way to weigh customers, cost and priority. Strong color:"
    " whatever the uncertain figures turn out to be. Pale: as the figures stand. The ring marks"
    " the weights chosen."
)


def sensitivity(rows: Sequence[Placed], weights: Mapping[str, float]) -> Chart:
    """Over which weights each service ranks first, and second."""
    first, second = held_places([each.candidate for each in rows])
    order = _by_area(first, second)
    letters = dict(zip(order, _LETTERS, strict=False))
    colours = {code: str(at) for at, code in enumerate(letters, start=1)}
    names = {each.candidate.code: each.candidate.name for each in rows}
    brought = weights_of(weights)
    return ternary(
        [Triangle("Ranks first", _regions(first, letters, colours)),
         Triangle("Ranks second", _regions(second, letters, colours))],
        [Holder(letters[code], colours[code], names[code]) for code in letters],
        _CORNERS,
        _table(rows, first, second),
        title=_title(first, names),
        note=_NOTE,
        chosen=(brought[FACTORS[0]], brought[FACTORS[1]], brought[FACTORS[2]]),
        description=" ".join(_sentence(names[code], first, second, code) for code in order),
        empty="No figure is known yet, so no service ranks first.",
        key="sensitivity",
    )  # fmt: skip


def _by_area(*places: Mapping[str, Held]) -> list[str]:
    """The services that hold a place anywhere, the largest first."""
    area: dict[str, int] = {}
    for weight, place in zip((1000, 1), places, strict=True):
        for code, held in place.items():
            area[code] = area.get(code, 0) + weight * held.cells
    return sorted(area, key=lambda code: (-area[code], code))


def _regions(
    place: Mapping[str, Held], letters: Mapping[str, str], colours: Mapping[str, str]
) -> list[Region]:
    return [
        Region(letters[code], colours[code], held.sure, held.unsure)
        for code, held in place.items()
        if code in letters
    ]


def _title(first: Mapping[str, Held], names: Mapping[str, str]) -> str:
    if not first:
        return "How much hangs on the weights?"
    if len(first) == 1:
        ((code, held),) = first.items()
        sure = ", as the figures stand" if held.unsure else ""
        return f"{names[code]} ranks first under any weights{sure}"
    top = max(first.values(), key=lambda each: (each.cells, each.code))
    return f"{names[top.code]} ranks first under {written.percent(top.share)} of all weights"


def _sentence(name: str, first: Mapping[str, Held], second: Mapping[str, Held], code: str) -> str:
    said = [
        f"{word} under {written.percent(place[code].share)} of all weights"
        for word, place in (("first", first), ("second", second))
        if code in place
    ]
    return f"{name}: {', '.join(said)}."


def _table(rows: Sequence[Placed], first: Mapping[str, Held], second: Mapping[str, Held]) -> Table:
    """Every service: how large a part of all weights puts it first or second, and how surely."""
    head = ("Service", "First under", "of that sure", "Second under", "of that sure")
    return Table(
        head,
        tuple((each.candidate.name, *_cells(first, each), *_cells(second, each)) for each in rows),
    )


def _cells(place: Mapping[str, Held], each: Placed) -> tuple[str, str]:
    held = place.get(each.candidate.code)
    if held is None:
        return "no weights", ""
    return written.percent(held.share), written.percent(held.sure_share)
