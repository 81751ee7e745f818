"""One service as a worksheet of five headings, in plain text, and back (280.4-g8).

A line that belongs to a text and starts like a heading, a list or a label keeps a backslash.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.services.rules import items
from cx280.services.rules.inventory_csv import to_day
from cx280.services.rules.record import ChannelRecord, RoleRecord, ServiceRecord
from cx280.services.rules.vocabulary import Channel

HEADINGS = ("Occasion", "Offering", "Channels", "Roles", "Tools")
_OWN_MARKS = ("#", "-", "\\", "Kind:", "Outcome:")


@implements("280.4-g8")
def to_worksheet(record: ServiceRecord) -> str:
    """The five parts under their headings, in the Circular's order, one list item a line."""
    kind = [f"Kind: {record.occasion_kind}"] if record.occasion_kind else []
    outcome = ["Outcome:", *_lines(record.outcome)] if record.outcome else []
    parts = (
        [*kind, *_lines(record.occasion)],
        [*_lines(record.offering), *outcome],
        [
            f"- {items.written([[c.channel, _day(c.since), _day(c.until)]])}"
            for c in record.channels
        ],
        [f"- {_one_line([each.task, each.performer])}" for each in record.roles],
        [f"- {_one_line([each])}" for each in record.tools],
    )
    sheet = [f"# {record.code}"]
    for heading, lines in zip(HEADINGS, parts, strict=True):
        sheet += [f"## {heading}", *lines]
    return "\n".join(sheet) + "\n"


@implements("280.4-g8")
def from_worksheet(text: str, record: ServiceRecord) -> ServiceRecord:
    """The record with its five parts replaced by those of the worksheet.

    Raises Unusable when a heading is missing, unknown or out of order.
    """
    parts = _parts(text)
    kind, occasion = _labelled(parts["Occasion"], "Kind:")
    offering, outcome = _split_outcome(parts["Offering"])
    return msgspec.structs.replace(
        record,
        occasion_kind=kind,
        occasion=_text(occasion),
        offering=_text(offering),
        outcome=_text(outcome),
        channels=tuple(_channel(each) for each in _list(parts["Channels"])),
        roles=tuple(_role(each) for each in _list(parts["Roles"])),
        tools=tuple(each[0] for each in _list(parts["Tools"])),
    )


def code_of(text: str) -> str:
    """The code of the service the worksheet is about, from its first line; blank without one."""
    first = text.removeprefix("\ufeff").split("\n", 1)[0].rstrip("\r")
    return first[2:].strip() if first.startswith("# ") else ""


def _lines(text: str) -> list[str]:
    if not text:
        return []
    # Only line feeds part lines here; a carriage return inside a text is kept by an escape.
    kept = text.replace("\\", "\\\\").replace("\r", "\\r")
    return [f"\\{line}" if line.startswith(_OWN_MARKS) else line for line in kept.split("\n")]


def _text(lines: list[str]) -> str:
    joined = "\n".join(
        line[1:] if line.startswith("\\") and line[1:].startswith(_OWN_MARKS) else line
        for line in lines
    )
    return _unescaped(joined)


def _unescaped(text: str) -> str:
    out: list[str] = []
    characters = iter(text)
    for each in characters:
        if each != "\\":
            out.append(each)
            continue
        following = next(characters, "")
        out.append({"r": "\r", "n": "\n"}.get(following, following))
    return "".join(out)


def _one_line(fields: list[str]) -> str:
    return _line_safe(items.written([fields]))


def _line_safe(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _parts(text: str) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    here: list[str] = []
    for line in text.removeprefix("\ufeff").removesuffix("\n").replace("\r\n", "\n").split("\n"):
        if line.startswith("## "):
            here = parts.setdefault(line[3:].strip(), [])
        elif not line.startswith("# "):
            here.append(line)
    if tuple(parts) != HEADINGS:
        raise Unusable(
            "A worksheet has these headings, in this order: " + ", ".join(HEADINGS) + ".",
            fix="Export the service to see one.",
        )
    return parts


def _labelled(lines: list[str], label: str) -> tuple[str, list[str]]:
    if lines and lines[0].startswith(label):
        return lines[0].removeprefix(label).strip(), lines[1:]
    return "", lines


def _split_outcome(lines: list[str]) -> tuple[list[str], list[str]]:
    if "Outcome:" not in lines:
        return lines, []
    at = lines.index("Outcome:")
    return lines[:at], lines[at + 1 :]


def _list(lines: Iterable[str]) -> list[list[str]]:
    found: list[list[str]] = []
    for line in lines:
        if line.startswith("- "):
            found += items.read(_unescaped(line[2:]))
        elif line.strip():
            raise Unusable(f"“{line}” is no list item; start it with “- ”.")
    return found


def _channel(fields: list[str]) -> ChannelRecord:
    channel, since, until, *_ = [*fields, "", ""]
    return ChannelRecord(
        channel=Channel.of(channel).value, since=to_day(since), until=to_day(until)
    )


def _role(fields: list[str]) -> RoleRecord:
    if len(fields) != 2:
        raise Unusable("A role is a task and who does it, like “- Clerk | employee”.")
    return RoleRecord(task=fields[0], performer=fields[1])


def _day(value: object) -> str:
    return "" if value is None else str(value)
