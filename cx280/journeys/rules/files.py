"""A journey as JSON, alone or inside its page or picture, and back; nothing is lost on the way."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from typing import Any

import msgspec

from cx280.circular.implements import implements
from cx280.journeys.rules.record import FIELD_WORDS, FORMAT, Fault, MapRecord, faults_of
from cx280.kernel.problem import Unusable

# The page and the picture carry the whole journey in an element of this name.
MARK = "cx280-journey"
_INSIDE = re.compile(
    rf'<(metadata|script)\b[^>]*\bid="{MARK}"[^>]*>(.*?)</\1>', re.DOTALL | re.IGNORECASE
)
_PATH = re.compile(r"^(?P<words>.*?) - at `\$(?P<path>[^`]*)`$", re.DOTALL)
_STEP = re.compile(r"^\.steps\[(\d+|\.\.\.)\]\.?(\w*)")
_KINDS = {
    "str": "a text", "int": "a whole number", "bool": "true or false", "array": "a list",
    "object": "an object", "null": "nothing", "float": "a number",
}  # fmt: skip


class Refused(Unusable):
    """A file is not taken: `faults` says what is wrong with which field."""

    def __init__(self, faults: list[Fault]) -> None:
        said = " ".join(f"{each.field}: {each.words}" for each in faults[:3])
        super().__init__(said, field="file", fix="Put it right in the file and bring it again.")
        self.faults = faults


@implements("280.4-b1", "280.4-b2")
def to_json(record: MapRecord) -> str:
    """The journey as a readable JSON document."""
    document = {"format": FORMAT, **msgspec.to_builtins(record)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def carried(record: MapRecord) -> str:
    """The journey as one line of JSON that may stand inside XML and HTML."""
    document = {"format": FORMAT, **msgspec.to_builtins(record)}
    said = json.dumps(document, ensure_ascii=True, separators=(",", ":"))
    return said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def metadata_of(record: MapRecord) -> str:
    """The element with which a picture carries the whole journey."""
    return f'<metadata id="{MARK}">{escape(carried(record), quote=False)}</metadata>'


@implements("280.4-b1", "280.4-b2")
def read(text: str) -> MapRecord:
    """The journey in a file of ours: JSON, page or picture; raises Refused with each field."""
    found = _INSIDE.search(text)
    if found is None and text.lstrip().startswith("<"):
        raise Refused([Fault("File", "This page or picture holds no journey of cx280.")])
    inside = unescape(found[2]) if found and found[1].lower() == "metadata" else None
    record = _decoded(inside or (found[2] if found else text))
    faults = faults_of(record)
    if faults:
        raise Refused(faults)
    return record


def _decoded(text: str) -> MapRecord:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Refused([Fault("File", f"This is not JSON: {problem}.")]) from problem
    if not isinstance(document, dict) or document.pop("format", None) != FORMAT:
        raise Refused([Fault("format", f"It must say “{FORMAT}”.")])
    try:
        return msgspec.convert(_plain(document), MapRecord)
    except (msgspec.ValidationError, UnicodeError) as problem:
        raise Refused([_fault(str(problem))]) from problem


def _plain(value: Any) -> Any:  # noqa: ANN401  JSON is anything
    """Every text with the line ends that forms store."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _fault(said: str) -> Fault:
    """msgspec's sentence as a field and plain words."""
    found = _PATH.match(said)
    words, path = (found["words"], found["path"]) if found else (said, "")
    step = _STEP.match(path)
    place = path.lstrip(".").capitalize() or "Journey"
    if step is not None:
        number = str(int(step[1]) + 1) if step[1].isdigit() else "?"
        named = FIELD_WORDS.get(step[2], step[2])
        place = f"Step {number}" + (f", {named}" if named else "")
    return Fault(place, _words(words))


def _words(said: str) -> str:
    """`Expected `str`, got `int`` as `Write a text here, not a whole number.`"""
    kinds = re.match(r"Expected `([^`]+)`, got `([^`]+)`", said)
    if kinds:
        wanted, got = (_KINDS.get(each.split(" | ")[0], each) for each in kinds.groups())
        return f"Write {wanted} here, not {got}."
    missing = re.search(r"missing required field `([^`]+)`", said)
    if missing:
        return f"It lacks “{missing[1]}”."
    unknown = re.search(r"unknown field `([^`]+)`", said)
    return f"There is no field “{unknown[1]}”." if unknown else f"{said}."
