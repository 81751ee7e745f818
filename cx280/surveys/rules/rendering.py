"""What a page needs to draw a survey's questions: words, codes, what was given, what was wrong.

The public page, the phone preview and the printed page draw from the same views with the
partial `surveys/_question.html`. A field is named as its question's id; the value of a choice
is its code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cx280.surveys.rules.codes import codes_of, option_codes
from cx280.surveys.rules.document import DEFAULT_LOCALE, Question, SurveyDocument
from cx280.surveys.rules.labels import code_label, direction, label, written_in
from cx280.surveys.rules.vocabulary import DriverMode, ResponseType, ScaleOrder

LONGEST_COMMENT = 5000  # characters people may write into one free-text field

_KINDS = {
    ResponseType.AGREE5: "likert",
    ResponseType.AGREE7: "likert",
    ResponseType.AGREE10: "likert",
    ResponseType.STARS5: "stars",
    ResponseType.THUMBS: "thumbs",
    ResponseType.YESNO: "choices",
    ResponseType.CHOICE: "choices",
    ResponseType.CHOICES: "checks",
    ResponseType.NUMBER: "number",
    ResponseType.DATE: "date",
    ResponseType.TEXT: "text",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: the value sent, what people read, the element's id, whether chosen.

    icon: star, up or down, drawn above the words; "" where there is none. language: of the words,
    where it is another than the question's.
    """

    value: str
    text: str
    element: str
    chosen: bool
    icon: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as a page draws it.

    kind: likert, stars, thumbs, choices (one of several), checks (any of several), number, date
    or text. name: the field's name, the question's id. given: what was typed, for number, date
    and text. error: what is wrong with it, in words, or "".
    """

    name: str
    kind: str
    text: str
    hint: str
    condition: str
    choices: tuple[Choice, ...]
    ends: tuple[str, ...]  # what the first and last number of a long scale mean
    given: str
    error: str
    locale: str
    direction: str
    parent: str
    longest: int
    beside: str = ""  # the language of hint, condition and ends, where it is another

    @property
    def element(self) -> str:
        """The id of the question's element."""
        return f"q-{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of the elements that explain the field, for aria-describedby."""
        parts = {
            "condition": self.condition,
            "hint": self.hint,
            "ends": " ".join(self.ends),
            "error": self.error,
        }
        return " ".join(f"{self.element}-{part}" for part, words in parts.items() if words)

    @property
    def is_rating(self) -> bool:
        """Whether the choices stand in a row: stars, thumbs, and ten numbers."""
        return self.kind in {"stars", "thumbs"} or (self.kind == "likert" and len(self.choices) > 7)

    @property
    def input_type(self) -> str:
        """checkbox where several may be chosen, else radio."""
        return "checkbox" if self.kind == "checks" else "radio"


def question_views(
    document: SurveyDocument,
    locale: str,
    given: Mapping[str, Sequence[str]] | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[QuestionView]:
    """The questions in order, in a locale, with what was given and what was wrong with it.

    given: field name to the values sent, as a form has them. errors: field name to a sentence.
    """
    return [
        _view(document, question, locale, (given or {}).get(question.id, ()), errors or {})
        for question in document.questions
    ]


def _view(
    document: SurveyDocument,
    question: Question,
    locale: str,
    given: Sequence[str],
    errors: Mapping[str, str],
) -> QuestionView:
    kind = _KINDS[question.answered_by]
    spoken = _spoken(question, locale)
    return QuestionView(
        name=question.id,
        kind=kind,
        text=question.words(locale).strip(),
        hint=_hint(question, locale),
        condition=_condition(document, question, locale),
        choices=_choices(document, question, locale, given),
        given=given[0] if given and kind in {"text", "number", "date"} else "",
        error=errors.get(question.id, ""),
        ends=_ends(question, locale),
        locale=spoken,
        direction=direction(spoken),
        parent=(question.parent or "") if question.mode is DriverMode.TAPPING else "",
        longest=LONGEST_COMMENT,
        beside=_other_language(spoken, locale),
    )


def _other_language(spoken: str, locale: str) -> str:
    """The language that words of ours stand in beside a question, "" where it is the same."""
    ours = written_in(locale)
    return "" if ours == spoken.split("-")[0] else ours


def _spoken(question: Question, locale: str) -> str:
    """The language the question's words really are in: English where it has no translation."""
    own = [each for each in (locale, locale.split("-")[0]) if question.texts.get(each)]
    return own[0] if own else DEFAULT_LOCALE


def _ends(question: Question, locale: str) -> tuple[str, ...]:
    if question.answered_by is not ResponseType.AGREE10:
        return ()
    return (
        f"1: {label('agree5-1', locale).lower()}",
        f"10: {label('agree5-5', locale).lower()}",
    )


def _hint(question: Question, locale: str) -> str:
    key = {
        ResponseType.CHOICES: "several",
        ResponseType.TEXT: "no-names",
        ResponseType.NUMBER: "number",
    }.get(question.answered_by)
    return label(key, locale) if key else ""


def _condition(document: SurveyDocument, question: Question, locale: str) -> str:
    """For whom a branching question is, in words: it works on paper and without a script."""
    asked = document.question(question.show_if.question) if question.show_if else None
    if question.show_if is None or asked is None:
        return ""
    names = dict(_named_codes(asked, locale))
    wanted = [f"“{names.get(str(each), each)}”" for each in question.show_if.answers]
    answers = f" {label('or', locale)} ".join(wanted)
    return label("only-if", locale).format(answers=answers, question=asked.words(locale).strip())


def _choices(
    document: SurveyDocument, question: Question, locale: str, given: Sequence[str]
) -> tuple[Choice, ...]:
    named = _named_codes(question, locale)
    highest_first = document.scale_order is ScaleOrder.HIGH_FIRST and not question.options
    if highest_first and question.answered_by not in _IN_A_ROW:
        named.reverse()
    other = "" if question.options else _other_language(_spoken(question, locale), locale)
    return tuple(
        Choice(code, words, f"q-{question.id}-{code}", code in given, _icon(question, code), other)
        for code, words in named
    )


# Numbers in a row rise in the direction of reading, whatever the order of other scales.
_IN_A_ROW = frozenset({ResponseType.STARS5, ResponseType.AGREE10})


def _icon(question: Question, code: str) -> str:
    if question.answered_by is ResponseType.STARS5:
        return "star"
    if question.answered_by is ResponseType.THUMBS:
        return "up" if code == "1" else "down"
    return ""


def _named_codes(question: Question, locale: str) -> list[tuple[str, str]]:
    """Each code as text with what people read for it, lowest first."""
    if question.options:
        codes = option_codes(question)
        return [(c, o.words(locale)) for c, o in zip(codes, question.options, strict=True)]
    kind = question.answered_by
    return [(str(code), code_label(kind, code, locale)) for code in codes_of(question)]
