"""Changes to a draft, each a new document: words typed in, questions added, moved, removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from cx280.surveys.rules.codes import codes_of, option_codes
from cx280.surveys.rules.document import Option, Question, ShowIf, SurveyDocument
from cx280.surveys.rules.library import Offer
from cx280.surveys.rules.vocabulary import (
    DRIVER_CONSTRUCTS,
    Construct,
    DriverMode,
    ResponseType,
    TrustObject,
)

WRITTEN = ("en", "es")  # the languages the builder has fields for
_WHY = {"en": "What contributed to your rating?", "es": "¿Qué contribuyó a su calificación?"}
_COMMENT = {"en": "Anything else you want us to know?", "es": "¿Hay algo más que quiera contarnos?"}


def with_fields(document: SurveyDocument, fields: Mapping[str, str]) -> SurveyDocument:
    """The document with what was typed into the builder's fields.

    A field is named `<question id>.<part>`: `trust.en`, `why.parent`, `why.o0.driver`. Parts that
    were not sent stay as they are; a value that is none of its word list is ignored.
    """
    typed: dict[str, dict[str, str]] = {}
    for name, value in fields.items():
        question, dot, part = name.partition(".")
        if dot:
            typed.setdefault(question, {})[part] = value.replace("\r\n", "\n").strip()
    questions = [
        _typed(each, typed[each.id], document) if each.id in typed else each
        for each in document.questions
    ]
    return _with(document, questions)


def add_statement(document: SurveyDocument, offer: Offer) -> SurveyDocument:
    """The document with the statement as a new question, before the last comment."""
    question = Question(
        id=_free_id(document, offer.construct),
        construct=Construct.of(offer.construct),
        texts=dict(offer.texts),
        response=ResponseType.of(offer.response),
        required=True if offer.construct in {"trust", "satisfaction"} else msgspec.UNSET,
    )
    return _added(document, question)


def add_question(document: SurveyDocument, kind: str, options: list[Option]) -> SurveyDocument:
    """The document with a new comment, additional, tapping or multiple-choice question.

    options: what a question about drivers offers to start with.
    """
    if kind == "comment":
        question = Question(
            id=_free_id(document, "comment"), construct=Construct.COMMENT, texts=dict(_COMMENT),
            response=ResponseType.TEXT, required=False,
        )  # fmt: skip
    elif kind in {each.value for each in DriverMode}:
        rated = [q.id for q in document.questions if q.measures(Construct.TRUST)]
        question = Question(
            id=_free_id(document, "why"), construct=Construct.DRIVERS, texts=dict(_WHY),
            mode=DriverMode.of(kind), options=options,
            parent=rated[0] if rated and kind == DriverMode.TAPPING else None,
        )  # fmt: skip
    else:
        question = Question(
            id=_free_id(document, "question"), construct=Construct.ADDITIONAL,
            response=ResponseType.CHOICE, options=[Option(code="1"), Option(code="2")],
        )  # fmt: skip
    return _added(document, question)


def remove(document: SurveyDocument, question_id: str) -> SurveyDocument:
    """The document without the question and without what pointed to it."""
    kept = [each for each in document.questions if each.id != question_id]
    return _with(document, [_released(each, question_id) for each in kept])


def move(document: SurveyDocument, question_id: str, by: int) -> SurveyDocument:
    """The document with the question `by` places further down (up when negative)."""
    questions = list(document.questions)
    here = next((i for i, each in enumerate(questions) if each.id == question_id), None)
    if here is None or not 0 <= here + by < len(questions):
        return document
    questions.insert(here + by, questions.pop(here))
    return _with(document, questions)


def use_statement(document: SurveyDocument, question_id: str, offer: Offer) -> SurveyDocument:
    """The document with the question's words and answers as the statement has them."""
    return _changed(
        document,
        question_id,
        lambda question: msgspec.structs.replace(
            question,
            text="",
            texts=dict(offer.texts),
            response=ResponseType.of(offer.response),
            construct=Construct.of(offer.construct),
        ),
    )


def add_option(document: SurveyDocument, question_id: str) -> SurveyDocument:
    """The document with one more, empty choice."""

    def longer(question: Question) -> Question:
        taken = {*option_codes(question)}
        number = next(n for n in range(1, 200) if str(n) not in taken)
        options = [*_coded(question), Option(code=str(number))]
        return msgspec.structs.replace(question, options=options)

    return _changed(document, question_id, longer)


def remove_option(document: SurveyDocument, question_id: str, place: int) -> SurveyDocument:
    """The document without one choice; the others keep their codes."""

    def shorter(question: Question) -> Question:
        options = [each for i, each in enumerate(_coded(question)) if i != place]
        return msgspec.structs.replace(question, options=options)

    return _changed(document, question_id, shorter)


def make_optional(document: SurveyDocument, question_id: str) -> SurveyDocument:
    """The document with a free-text question nobody has to answer."""
    return _changed(
        document, question_id, lambda each: msgspec.structs.replace(each, required=False)
    )


def make_agree5(document: SurveyDocument, question_id: str) -> SurveyDocument:
    """The document with the question on the agreement scale of five points."""
    return _changed(
        document,
        question_id,
        lambda each: msgspec.structs.replace(each, response=ResponseType.AGREE5),
    )


# ------------------------------------------------------------------ parts of a question


def _typed(question: Question, typed: Mapping[str, str], document: SurveyDocument) -> Question:
    changes: dict[str, Any] = {}
    texts = _texts(question.text, question.texts, typed, "")
    if texts is not None:
        changes |= {"text": "", "texts": texts}
    if "purpose" in typed:
        changes["purpose"] = typed["purpose"]
    for part, vocabulary in (
        ("response", ResponseType), ("mode", DriverMode), ("object", TrustObject),
        ("construct", Construct),
    ):  # fmt: skip
        if part in typed and typed[part] in vocabulary._value2member_map_:
            changes[part] = vocabulary.of(typed[part])
    if typed.get("object") == "":
        changes["object"] = None
    if "parent" in typed and (not typed["parent"] or document.question(typed["parent"])):
        changes["parent"] = typed["parent"] or None
    if "when" in typed:
        changes["show_if"] = _condition(question, typed["when"], document)
    if question.options:
        changes["options"] = _options(question, typed)
    return msgspec.structs.replace(question, **changes)


def _texts(
    text: str, texts: Mapping[str, str], typed: Mapping[str, str], stem: str
) -> dict[str, str] | None:
    """The texts by language after typing; None when no text field was sent."""
    sent = {each: typed[f"{stem}{each}"] for each in WRITTEN if f"{stem}{each}" in typed}
    if not sent:
        return None
    merged = {**({"en": text} if text else {}), **texts, **sent}
    return {locale: words for locale, words in merged.items() if words or locale == "en"}


def _options(question: Question, typed: Mapping[str, str]) -> list[Option]:
    changed: list[Option] = []
    for place, option in enumerate(_coded(question)):
        texts = _texts(option.text, option.texts, typed, f"o{place}.")
        driver = typed.get(f"o{place}.driver", option.driver or "")
        if driver not in {*DRIVER_CONSTRUCTS, "other", ""}:
            driver = option.driver or ""
        if texts is not None:
            option = msgspec.structs.replace(option, text="", texts=texts)
        is_other = driver == "other" or (option.other and not driver)
        changed.append(
            msgspec.structs.replace(
                option, driver=None if is_other else driver or None, other=is_other
            )
        )
    return changed


def _coded(question: Question) -> list[Option]:
    """The options with their codes written out, so that a later change moves none of them."""
    return [
        msgspec.structs.replace(option, code=code)
        for option, code in zip(question.options, option_codes(question), strict=True)
    ]


def _condition(question: Question, when: str, document: SurveyDocument) -> ShowIf | None:
    """`trust:low`, `trust:high` or `reason:2` as a condition; what is not understood changes
    nothing."""
    if not when:
        return None
    asked = document.question(when.partition(":")[0])
    answers = when.partition(":")[2]
    if asked is None:
        return question.show_if
    codes = codes_of(asked)
    half = len(codes) // 2
    chosen = {"low": codes[:half], "high": codes[-half:]}.get(answers) or [
        code for code in codes if str(code) == answers
    ]
    return ShowIf(asked.id, chosen) if chosen else question.show_if


def condition_key(question: Question, document: SurveyDocument) -> str:
    """How the builder's field writes the question's condition; "" for everybody."""
    if question.show_if is None:
        return ""
    asked = document.question(question.show_if.question)
    if asked is None:
        return "kept"
    codes = codes_of(asked)
    half = len(codes) // 2
    for name, chosen in (("low", codes[:half]), ("high", codes[-half:])):
        if question.show_if.answers == chosen and len(codes) > 2:
            return f"{asked.id}:{name}"
    only = question.show_if.answers
    return f"{asked.id}:{only[0]}" if len(only) == 1 else "kept"


# ------------------------------------------------------------------ the list of questions


def _with(document: SurveyDocument, questions: list[Question]) -> SurveyDocument:
    return msgspec.structs.replace(document, questions=questions)


def _changed(
    document: SurveyDocument, question_id: str, change: Callable[[Question], Question]
) -> SurveyDocument:
    return _with(
        document, [change(each) if each.id == question_id else each for each in document.questions]
    )


def _added(document: SurveyDocument, question: Question) -> SurveyDocument:
    """Comments stay last: a new question that is none goes before the comments at the end."""
    questions = list(document.questions)
    place = len(questions)
    if not question.is_free_text:
        while place and questions[place - 1].measures(Construct.COMMENT):
            place -= 1
    return _with(document, [*questions[:place], question, *questions[place:]])


def _released(question: Question, gone: str) -> Question:
    changes: dict[str, Any] = {}
    if question.parent == gone:
        changes["parent"] = None
    if question.show_if is not None and question.show_if.question == gone:
        changes["show_if"] = None
    return msgspec.structs.replace(question, **changes) if changes else question


def _free_id(document: SurveyDocument, stem: str) -> str:
    taken = {each.id for each in document.questions}
    if stem not in taken:
        return stem
    return next(f"{stem}{n}" for n in range(2, 1000) if f"{stem}{n}" not in taken)
