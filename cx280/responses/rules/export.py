"""The rows of a file of responses: one line for each, in the plain form or Touchpoints' 17 columns.

Plain: one column a question, holding its code; a question with several answers has one column an
option, 1 chosen, 0 shown and not chosen, blank when it was not shown. Free text comes last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cx280.kernel.problem import Unusable
from cx280.responses.rules.answers import takes_several
from cx280.surveys.rules.codes import Answer, option_codes
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, ResponseType

ABOUT = (
    "response",
    "external_id",
    "survey",
    "version",
    "day",
    "unit",
    "unknown_unit",
    "channel",
    "language",
    "seconds",
    "source",
    "set_apart",
    "customer_type",
)


WEIGHT = ("group", "weight", "population")


@dataclass(frozen=True, slots=True)
class Line:
    """One response as it leaves: what is about it, its codes, its redacted words."""

    about: tuple[object, ...]  # as ABOUT
    version: int
    answers: Mapping[str, Answer]
    comments: Mapping[str, str]
    group: str = ""  # of the sample, for weights


class PlainTable:
    """The plain form, over every version of a survey: the union of their questions."""

    def __init__(self, documents: Iterable[SurveyDocument]) -> None:
        single: dict[str, None] = {}
        several: dict[str, dict[str, None]] = {}
        words: dict[str, None] = {}
        for document in documents:
            for question in document.questions:
                if question.is_free_text:
                    words[question.id] = None
                elif takes_several(question):
                    options = several.setdefault(question.id, {})
                    options.update(dict.fromkeys(option_codes(question)))
                else:
                    single[question.id] = None
        self._single = list(single)
        self._several = [(each, code) for each, codes in several.items() for code in codes]
        self._words = list(words)

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        options = [f"{question}.{code}" for question, code in self._several]
        return [*ABOUT, *self._single, *options, *self._words]

    def row(self, line: Line) -> list[object]:
        """The response as the columns have it; blank where nothing was answered."""
        get = line.answers.get
        cells: list[object] = list(line.about)
        for question in self._single:
            answer = get(question)
            cells.append("" if answer is None else answer)
        for question, code in self._several:
            cells.append(_tick(line.answers, question, code))
        for question in self._words:
            cells.append(line.comments.get(question, ""))
        return cells


def _tick(answers: Mapping[str, Answer], question: str, code: str) -> object:
    """1 chosen, 0 shown and not chosen, blank when it was not shown."""
    if question not in answers:
        return ""
    chosen = answers[question]
    return int(isinstance(chosen, list) and code in chosen)


TOUCHPOINTS_DRIVERS = (
    "effectiveness",
    "ease",
    "efficiency",
    "transparency",
    "humanity",
    "employee",
    "other",
)
TOUCHPOINTS_HEADER = [
    "external_id",
    "question_1",
    *[f"positive_{each}" for each in TOUCHPOINTS_DRIVERS],
    *[f"negative_{each}" for each in TOUCHPOINTS_DRIVERS],
    "question_4",
]
# Equity and transparency are one driver of the Circular and one key there.
_KEYS = {"equity": "transparency", "equity_transparency": "transparency"}
# From which rating on a tap praises; below it, the neutral middle included, it complains.
_PRAISE = {ResponseType.THUMBS: 1, ResponseType.AGREE5: 4, ResponseType.STARS5: 4}


class TouchpointsTable:
    """The 17 columns GSA Touchpoints takes: trust, the drivers tapped under it, one comment.

    A driver that was offered is 1 or 0, one that was not is the literal `null`. Whoever divides
    must count by `question_1`: a person who praised carries 0 in every offered `negative_…`.
    """

    header = TOUCHPOINTS_HEADER

    def __init__(self, documents: Mapping[int, SurveyDocument]) -> None:
        self._shapes = {version: shape_of(each) for version, each in documents.items()}

    def row(self, line: Line) -> list[object]:
        """The response in the 17 columns."""
        shape = self._shapes[line.version]
        rating = line.answers.get(shape.trust.id)
        tapped = line.answers.get(shape.drivers.id) if shape.drivers else None
        chosen = {shape.keys[each] for each in tapped if each in shape.keys} if isinstance(
            tapped, list
        ) else set()  # fmt: skip
        if rating is None:
            chosen = set()  # neither praise nor complaint
        praises = isinstance(rating, int) and rating >= _PRAISE[shape.trust.answered_by]
        offered = set(shape.keys.values())
        external = line.about[1] or line.about[0]
        return [
            external,
            "" if rating is None else rating,
            *_block(offered, chosen if praises else set()),
            *_block(offered, set() if praises else chosen),
            line.comments.get(shape.comment, "") if shape.comment else "",
        ]


def _block(offered: set[str], chosen: set[str]) -> list[object]:
    return [int(key in chosen) if key in offered else "null" for key in TOUCHPOINTS_DRIVERS]


@dataclass(frozen=True, slots=True)
class Shape:
    """Which questions of a survey the 17 columns hold; comment: "" where nothing is written."""

    trust: Question
    drivers: Question | None
    keys: Mapping[str, str]  # option code to Touchpoints' key
    comment: str


def fits(document: SurveyDocument) -> bool:
    """Whether the survey has a trust question that the 17 columns can hold."""
    return any(q.measures(Construct.TRUST) and q.answered_by in _PRAISE for q in document.questions)


def shape_of(document: SurveyDocument) -> Shape:
    """What the columns hold of the survey; raises Unusable where its trust does not fit."""
    trust = next((q for q in document.questions if q.measures(Construct.TRUST)), None)
    if trust is None or trust.answered_by not in _PRAISE:
        raise Unusable(
            "The 17-column file needs a trust question answered with thumbs or on five points, "
            f"and “{document.title}” has none.",
            fix="Use --format csv.",
        )
    drivers = next(
        (q for q in document.questions if q.measures(Construct.DRIVERS) and q.options), None
    )
    comment = next((q.id for q in document.questions if q.is_free_text), "")
    return Shape(trust, drivers, _keys_of(drivers) if drivers else {}, comment)


def _keys_of(drivers: Question) -> dict[str, str]:
    keys: dict[str, str] = {}
    for code, option in zip(option_codes(drivers), drivers.options, strict=True):
        named = _KEYS.get(option.driver or "", option.driver or "")
        keys[code] = named if named in TOUCHPOINTS_DRIVERS else "other"
    return keys


def about(
    *,
    response: object,
    external_id: str,
    survey: str,
    version: int,
    day: date,
    unit: str,
    unknown_unit: str,
    channel: str,
    language: str,
    seconds: int | None,
    source: str,
    suspected: str,
    customer_type: str,
) -> tuple[object, ...]:
    """The leading cells of a line, in the order of ABOUT."""
    return (
        response,
        external_id,
        survey,
        version,
        day.isoformat(),
        unit,
        unknown_unit,
        channel,
        language,
        "" if seconds is None else seconds,
        source,
        suspected,
        customer_type,
    )
