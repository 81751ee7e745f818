"""Reads a line of a file of responses collected elsewhere, by a map from its columns to ours."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

import msgspec
from msgspec import Struct

from cx280.kernel.problem import Unusable
from cx280.responses.rules.answers import Given, as_stored, faults_in, takes_several
from cx280.services.rules.vocabulary import CustomerType
from cx280.surveys.rules.codes import Answer, Code, codes_of
from cx280.surveys.rules.document import Question, SurveyDocument

_FIRST_YEAR = 2000  # no answer to one of these surveys is older; a date before is a misprint
_TIMES = ("%H", "%I", "%c", "%X")  # what in a format reads a time of day


class Column(Struct, forbid_unknown_fields=True, frozen=True):
    """Where a question's answer stands.

    column: the file's column. codes: what the file says to our code (`{"Strongly agree": 5}`);
    without it the file already holds our codes. columns: for a question with several answers,
    one column an option, by our code; any value of `ticked` there means chosen. separator: between
    several answers in one column.
    """

    column: str = ""
    codes: dict[str, Code] = {}
    columns: dict[str, str] = {}
    ticked: tuple[str, ...] = ("1", "x", "X", "yes", "Yes", "TRUE", "True", "true")
    separator: str = ";"


class ImportMap(Struct, forbid_unknown_fields=True, frozen=True):
    """Which column of the file is what.

    external_id: the file's own id of a response, the key that makes a second import harmless.
    day: the day it was given, in `day_format`; a format with a time of day gives the moment, of the
    service's clock unless the file says which (%z). answers: question id to its column. comments:
    question id of a free text to its column. channel: our code of a channel of the service; blank
    is the survey's. customer_type: federal_employee, individual, business or organization; blank is
    the public. missing: what the file writes for no answer.
    """

    external_id: str
    day: str
    answers: dict[str, str | Column]
    day_format: str = "%Y-%m-%d"
    comments: dict[str, str] = {}
    unit: str = ""
    language: str = ""
    seconds: str = ""
    channel: str = ""
    customer_type: str = ""
    missing: tuple[str, ...] = ("", "null", "NULL", "NA", "N/A")
    version: int | None = None

    @property
    def columns(self) -> set[str]:
        """Every column the map names."""
        named = {self.external_id, self.day, self.unit, self.language, self.seconds, self.channel}
        named.add(self.customer_type)
        named |= set(self.comments.values())
        for each in self.answers.values():
            named |= {each} if isinstance(each, str) else {each.column, *each.columns.values()}
        return named - {""}

    @property
    def gives_moments(self) -> bool:
        """Whether the day comes with a time of day."""
        return any(each in self.day_format for each in _TIMES)


def read_map(raw: bytes, name: str) -> ImportMap:
    """The map in a .json or .toml file; raises Unusable and names the key at fault."""
    try:
        if name.lower().endswith(".toml"):
            return msgspec.convert(tomllib.loads(raw.decode()), ImportMap)
        return msgspec.json.decode(raw, type=ImportMap)
    except (msgspec.MsgspecError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unusable(
            f"The map {name} cannot be read: {error}.",
            fix="A map names external_id, day and answers; see the guide on importing responses.",
        ) from error


def check_map(plan: ImportMap, document: SurveyDocument, header: list[str]) -> None:
    """Raises Unusable when the map names a column or a question that is not there."""
    absent = sorted(plan.columns - set(header))
    if absent:
        raise Unusable(
            f"The file has no column {', '.join(absent)}.", fix=f"It has: {', '.join(header)}."
        )
    for name in [*plan.answers, *plan.comments]:
        question = document.question(name)
        if question is None or question.is_free_text != (name in plan.comments):
            kinds = "free text" if name in plan.comments else "coded answers"
            raise Unusable(
                f"The survey has no question “{name}” with {kinds}.",
                fix=f"It asks: {', '.join(each.id for each in document.questions)}.",
            )


@dataclass(frozen=True, slots=True)
class Imported:
    """One line that can be stored."""

    external_id: str
    day: date
    answers: dict[str, Answer]
    comments: dict[str, str]
    unit: str = ""
    language: str = "en"
    seconds: int | None = None
    channel: str = ""  # blank: the survey's
    customer_type: str = ""  # blank: the public
    moment: datetime | None = None  # None where the file gives only the day


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a file: today and the clock where the service is, and its channels."""

    today: date
    zone: tzinfo
    channels: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reconciliation:
    """Every line of a file accounted for: rows = accepted + duplicate + rejected."""

    rows: int = 0
    accepted: int = 0
    duplicate: int = 0
    rejected: int = 0
    quarantined: int = 0  # of those accepted: their unit code is not known
    redacted: int = 0  # places taken out of comments
    reasons: dict[str, int] = field(default_factory=dict)
    examples: list[dict[str, object]] = field(default_factory=list)  # the first 20 rejected

    def reject(self, line: int, reason: str) -> None:
        """Counts a line that cannot be stored; `line` as a spreadsheet numbers it."""
        self.rejected += 1
        self.reasons[reason] = self.reasons.get(reason, 0) + 1
        if len(self.examples) < 20:
            self.examples.append({"line": line, "reason": reason})


def read_line(
    plan: ImportMap, document: SurveyDocument, row: Mapping[str, str | None], around: Around
) -> Imported | str:
    """The line, or why it cannot be stored; the reason never repeats what a person wrote."""
    external = _cell(plan, row, plan.external_id)
    if not external or len(external) > 100:
        return "no id of its own, or one longer than 100 characters"
    when = _when(_cell(plan, row, plan.day), plan.day_format, around.zone)
    if when is None:
        return f"a day that is not written as {plan.day_format}"
    if when.year < _FIRST_YEAR:
        return f"a day before the year {_FIRST_YEAR}"
    if when.date() > around.today:
        return "a day in the future"
    channel = _cell(plan, row, plan.channel)
    if channel and channel not in around.channels:
        return "a channel that is not one of the service"
    who = _cell(plan, row, plan.customer_type)
    if who and who not in _CUSTOMERS:
        return "a kind of customer that is not known"
    given = Given(_answers(plan, document, row), _comments(plan, row))
    faults = faults_in(document, given)
    if faults:
        return f"{faults[0].question}: {_FAULTS[faults[0].kind]}"
    if given.is_empty:
        return "nothing was answered"
    seconds = _cell(plan, row, plan.seconds)
    return Imported(
        external,
        when.date(),
        _shown(plan, document, given),
        given.comments,
        _cell(plan, row, plan.unit)[:60],
        _cell(plan, row, plan.language)[:12] or "en",
        int(seconds) if seconds.isdecimal() and len(seconds) < 8 else None,
        channel,
        who,
        when if plan.gives_moments else None,
    )


_CUSTOMERS = frozenset(each.value for each in CustomerType)
_FAULTS = {
    "option": "not one of its answers",
    "once": "more than one answer",
    "number": "not a number",
    "date": "not a date",
    "long": "longer than a comment may be",
    "unknown": "not asked",
}


def _shown(plan: ImportMap, document: SurveyDocument, given: Given) -> dict[str, Answer]:
    """The answers as stored; a question the file has no column for was never shown."""
    stored = as_stored(document, given)
    return {name: stored[name] for name in stored if name in plan.answers}


def _cell(plan: ImportMap, row: Mapping[str, str | None], column: str) -> str:
    value = (row.get(column) or "").strip() if column else ""
    return "" if value in plan.missing else value


def _when(text: str, pattern: str, zone: tzinfo) -> datetime | None:
    """The moment on the service's clock; of a day alone, its midnight."""
    try:
        found = datetime.strptime(text, pattern)  # noqa: DTZ007 - the file may not say
        return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def _answers(
    plan: ImportMap, document: SurveyDocument, row: Mapping[str, str | None]
) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for name, place in plan.answers.items():
        question = document.question(name)
        column = Column(column=place) if isinstance(place, str) else place
        if question is not None:
            found[name] = _answer(plan, question, column, row)
    return found


def _answer(
    plan: ImportMap, question: Question, column: Column, row: Mapping[str, str | None]
) -> Answer:
    if column.columns:
        chosen = [
            code for code, name in column.columns.items() if _cell(plan, row, name) in column.ticked
        ]
        return chosen or None
    value = _cell(plan, row, column.column)
    if not value:
        return None
    if takes_several(question):
        parts = [each.strip() for each in value.split(column.separator)]
        return [str(column.codes.get(each, each)) for each in parts if each]
    by_text: dict[str, Code] = {str(code): code for code in codes_of(question)}
    return column.codes.get(value, by_text.get(value, value))


def _comments(plan: ImportMap, row: Mapping[str, str | None]) -> dict[str, str]:
    said = {name: _cell(plan, row, column) for name, column in plan.comments.items()}
    return {name: words for name, words in said.items() if words}


def blank_map(document: SurveyDocument) -> dict[str, object]:
    """A map for the document with every question and each of its codes, to be filled in."""
    answers: dict[str, object] = {}
    for question in document.questions:
        if question.is_free_text:
            continue
        codes = codes_of(question)
        column: dict[str, object] = {"column": f"column of {question.id}"}
        if codes:
            column["codes"] = {f"what the file says for {code}": code for code in codes}
        answers[question.id] = column
    words = {each.id: f"column of {each.id}" for each in document.questions if each.is_free_text}
    return {
        "external_id": "column of the file's own id",
        "day": "column of the day",
        "day_format": "%Y-%m-%d",
        "unit": "",
        "channel": "",
        "customer_type": "",
        "answers": answers,
        "comments": words,
    }
