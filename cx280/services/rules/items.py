r"""Lists inside one cell of a table: `task | employee; other task | automated`.

Items stand between semicolons, their fields between bars; a backslash before a character takes
it as it is. So people can read and write the cells, and nothing is lost.
"""

from collections.abc import Iterable, Sequence

_MARKS = "\\;|"


def written(items: Iterable[Sequence[str]]) -> str:
    """The items as one cell; fields at the end that are blank are left out."""
    return "; ".join(" | ".join(_escaped(field) for field in _trimmed(item)) for item in items)


def read(cell: str) -> list[list[str]]:
    """The items of a cell, each as its fields; [] for a blank cell."""
    items: list[list[list[tuple[str, bool]]]] = [[[]]]
    escaped = False
    for character in cell:
        if escaped:
            items[-1][-1].append((character, True))
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == ";":
            items.append([[]])
        elif character == "|":
            items[-1].append([])
        else:
            items[-1][-1].append((character, False))
    found = [[_stripped(field) for field in item] for item in items]
    return [fields for fields in found if any(fields)]


def _trimmed(item: Sequence[str]) -> Sequence[str]:
    last = len(item)
    while last > 1 and not item[last - 1]:
        last -= 1
    return item[:last]


def _escaped(field: str) -> str:
    inside = "".join(f"\\{each}" if each in _MARKS else each for each in field)
    head = inside.lstrip()
    lead = inside[: len(inside) - len(head)]
    body = head.rstrip()
    if body.endswith("\\") and len(body) < len(head):  # an escaped mark never ends in a bare one
        body = head[: len(body)]
    tail = head[len(body) :]
    return _each_escaped(lead) + body + _each_escaped(tail)


def _each_escaped(space: str) -> str:
    return "".join(f"\\{each}" for each in space)


def _stripped(field: list[tuple[str, bool]]) -> str:
    start, end = 0, len(field)
    while start < end and _is_loose(field[start]):
        start += 1
    while end > start and _is_loose(field[end - 1]):
        end -= 1
    return "".join(character for character, _ in field[start:end])


def _is_loose(one: tuple[str, bool]) -> bool:
    character, escaped = one
    return character.isspace() and not escaped
