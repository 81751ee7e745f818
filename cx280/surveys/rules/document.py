"""The survey document: what is asked, in which order and words (contract 6.1)."""

from __future__ import annotations

import re
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from cx280.kernel.problem import Unusable
from cx280.kernel.words import Word
from cx280.surveys.rules.vocabulary import (
    Construct,
    DriverMode,
    Level,
    Mode,
    Placement,
    Promise,
    ResponseType,
    ScaleOrder,
    TrustObject,
)

Line = Annotated[str, Meta(max_length=300)]
Words = Annotated[str, Meta(max_length=20_000)]
Name = Annotated[str, Meta(max_length=60, pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
Code = Annotated[str, Meta(max_length=60, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
Locale = Annotated[str, Meta(max_length=12, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
Texts = dict[Locale, Words]

DEFAULT_LOCALE = "en"
LARGEST = 2_000_000  # bytes; the largest real document is a hundredth of it


def in_locale(text: str, texts: Texts, locale: str) -> str:
    """The words for a locale; English, then whatever there is, when it has none."""
    for wanted in (locale, locale.split("-")[0], DEFAULT_LOCALE):
        if texts.get(wanted, "").strip():
            return texts[wanted]
    return text or next((each for each in texts.values() if each.strip()), "")


class Option(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """One thing to choose. `code` is what is stored; left out, it follows from driver or place."""

    text: Words = ""
    texts: Texts = {}
    driver: Line | None = None
    code: Code = ""
    other: bool = False

    def words(self, locale: str = DEFAULT_LOCALE) -> str:
        """The option's words in a locale."""
        return in_locale(self.text, self.texts, locale)


class ShowIf(Struct, forbid_unknown_fields=True, frozen=True):
    """A question is for those only who gave one of these answers to an earlier question."""

    question: Name
    answers: Annotated[list[int | Code], Meta(min_length=1, max_length=50)]


class Question(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """One question. Which fields matter depends on `construct` and `response`."""

    id: Name
    # A list is kept, so that a question filed twice can be found and said (280.10-i4).
    construct: Construct | list[Construct] | None = None
    text: Words = ""
    texts: Texts = {}
    response: ResponseType | None = None
    # Trust and satisfaction: part of the instrument. Nobody is ever forced to answer (INC-04).
    required: bool | UnsetType = UNSET
    mode: DriverMode | None = None
    parent: Name | None = None
    options: Annotated[list[Option], Meta(max_length=50)] = []
    purpose: Words = ""
    object: TrustObject | None = None
    show_if: ShowIf | None = None

    @property
    def answered_by(self) -> ResponseType:
        """The response type, or what the construct implies when none is written."""
        if self.response is not None:
            return self.response
        if self.construct == Construct.DRIVERS:
            return ResponseType.CHOICES
        if self.construct == Construct.COMMENT:
            return ResponseType.TEXT
        return ResponseType.CHOICE if self.options else ResponseType.AGREE5

    @property
    def is_free_text(self) -> bool:
        """Whether people answer in their own words."""
        return self.answered_by is ResponseType.TEXT

    def measures(self, *constructs: Construct) -> bool:
        """Whether the question is filed under one of the constructs."""
        filed = self.construct if isinstance(self.construct, list) else [self.construct]
        return any(each in constructs for each in filed)

    def words(self, locale: str = DEFAULT_LOCALE) -> str:
        """The question's words in a locale."""
        return in_locale(self.text, self.texts, locale)


class NotApplicable(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """A driver the agency says does not apply here, why, and who agreed (INC-21)."""

    driver: Line
    reason: Words = ""
    approved_by: Line = ""


class SurveyDocument(Struct, forbid_unknown_fields=True, frozen=True):
    """A whole survey as it is written, checked and asked."""

    title: Annotated[str, Meta(max_length=200)]
    questions: Annotated[list[Question], Meta(max_length=200)]
    edition: Line = "FY2022"
    level: Level = Level.TRANSACTION
    mode: Mode = Mode.WEB
    placement: Placement = Placement.LINK
    service: Line = ""
    self_service: bool = False
    hisp_reporting: bool = False
    pages: Annotated[int, Meta(ge=1, le=100)] = 1
    titles: Texts = {}
    # What people read before the questions and after sending, by locale.
    introductions: Texts = {}
    thanks: Texts = {}
    privacy_url: Line = ""
    promise: Promise = Promise.ANONYMOUS
    scale_order: ScaleOrder = ScaleOrder.HIGH_FIRST
    # A relationship survey asks a named population on a schedule (280.10-o7).
    population: Line = ""
    schedule: Line = ""
    not_applicable: Annotated[list[NotApplicable], Meta(max_length=10)] = []

    @property
    def locales(self) -> list[str]:
        """The locales every question and choice can be read in, English first."""
        parts: list[Question | Option] = []
        for each in self.questions:
            parts += [each, *each.options]
        offered = [_locales_of(part) for part in parts]
        shared = set.intersection(*offered) if offered else {DEFAULT_LOCALE}
        listed = shared or {DEFAULT_LOCALE}
        return sorted(listed, key=lambda each: (each != DEFAULT_LOCALE, each))

    def heading(self, locale: str = DEFAULT_LOCALE) -> str:
        """The title in a locale."""
        return in_locale(self.title, self.titles, locale)

    def question(self, question_id: str) -> Question | None:
        """The question with that id, or None."""
        return next((each for each in self.questions if each.id == question_id), None)


def _locales_of(part: Question | Option) -> set[str]:
    written = {locale for locale, words in part.texts.items() if words.strip()}
    return written | ({DEFAULT_LOCALE} if part.text.strip() else set())


def read_document(raw: bytes | str | dict[str, Any], *, draft: bool = False) -> SurveyDocument:
    """The survey document in JSON text or plain values.

    Raises Unusable, in one sentence that names the place and the key, when it is not one. A
    draft may still lack words; nothing else is forgiven.
    """
    plain = raw if isinstance(raw, dict) else _plain(raw)
    try:
        document = msgspec.convert(plain, SurveyDocument)
    except msgspec.ValidationError as problem:
        raise Unusable(_sentence(str(problem), plain)) from problem
    except RecursionError as problem:
        raise Unusable("The survey document is nested too deeply to be one.") from problem
    _refuse_twins(document)
    if not draft:
        _refuse_blanks(document)
    return document


def _plain(raw: bytes | str) -> dict[str, Any]:
    if len(raw) > LARGEST:
        raise Unusable(
            f"The file is larger than {LARGEST // 1_000_000} MB, too large for a survey."
        )
    try:
        plain = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeError) as problem:
        raise Unusable(f"The file is not JSON: {str(problem).rstrip('.')}.") from problem
    except RecursionError as problem:
        raise Unusable("The file is nested too deeply to be a survey document.") from problem
    if not isinstance(plain, dict):
        raise Unusable("A survey document is a JSON object with a title and questions.")
    return plain


def _refuse_twins(document: SurveyDocument) -> None:
    seen: dict[str, int] = {}
    for index, question in enumerate(document.questions):
        if question.id in seen:
            raise Unusable(
                f"questions[{seen[question.id]}] and questions[{index}] have the same id "
                f"“{question.id}”; each question needs its own."
            )
        seen[question.id] = index


def _refuse_blanks(document: SurveyDocument) -> None:
    for index, question in enumerate(document.questions):
        if not question.words().strip():
            raise Unusable(f"questions[{index}] (“{question.id}”) has no `text`.")
        for place, option in enumerate(question.options):
            if not option.words().strip():
                raise Unusable(f"questions[{index}].options[{place}] has no `text`.")


_UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]*)`")
_MISSING = re.compile(r"missing required field `(?P<key>[^`]*)`")
_WORD = re.compile(r"Invalid enum value (?P<value>'.*'|-?\d+)")
_PLACE = re.compile(r" - at `(?:key in )?\$\.?(?P<place>[^`]*)`$")
_VOCABULARIES: dict[str, type[Word]] = {
    "level": Level,
    "construct": Construct,
    "response": ResponseType,
    "placement": Placement,
    "object": TrustObject,
    "promise": Promise,
    "scale_order": ScaleOrder,
}


def _sentence(message: str, plain: dict[str, Any]) -> str:
    """One sentence for what msgspec found wrong, naming the key and its place."""
    found = _PLACE.search(message)
    place = found["place"] if found else ""
    where = place or "the document"
    what = _PLACE.sub("", message)
    if unknown := _UNKNOWN.search(what):
        return f"There is no key “{unknown['key']}” in {_kind(place)}: {where} has it."
    if missing := _MISSING.search(what):
        return f"The key “{missing['key']}” is missing in {where}."
    if word := _WORD.search(what):
        allowed = _words_for(place)
        return f"{where} is {word['value']}, which is none of: {', '.join(allowed)}."
    return f"{where} cannot be used: {what[:1].lower()}{what[1:]}."


def _kind(place: str) -> str:
    if not place:
        return "a survey document"
    last = re.sub(r"\[[^]]*\]", "", place).split(".")[-1]
    return {"questions": "a question", "options": "an option"}.get(last, f"“{last}”")


def _words_for(place: str) -> list[str]:
    last = re.sub(r"\[[^]]*\]", "", place).split(".")[-1]
    if last == "mode":
        return [each.value for each in (DriverMode if "." in place else Mode)]
    return [each.value for each in _VOCABULARIES[last]]


_ALWAYS = frozenset(
    {"edition", "title", "level", "mode", "placement", "service", "self_service"}
    | {"hisp_reporting", "pages", "questions"}
)


def as_data(document: SurveyDocument) -> dict[str, Any]:
    """The document as plain JSON values, in the order of the contract; empty extras left out."""
    data: dict[str, Any] = msgspec.to_builtins(document)
    kept = {key: value for key, value in data.items() if key in _ALWAYS or value}
    if document.scale_order is ScaleOrder.HIGH_FIRST:
        del kept["scale_order"]
    if document.promise is Promise.ANONYMOUS:
        del kept["promise"]
    questions = kept.pop("questions")
    return {"edition": kept.pop("edition"), **kept, "questions": questions}
