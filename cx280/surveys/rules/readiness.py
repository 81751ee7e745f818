"""What a document still lacks before anybody can answer it; no rule of the Circular, just sense."""

from __future__ import annotations

from cx280.surveys.rules.codes import codes_of
from cx280.surveys.rules.document import Option, Question, SurveyDocument
from cx280.surveys.rules.labels import language_name
from cx280.surveys.rules.translations import meant
from cx280.surveys.rules.vocabulary import ResponseType

_NEEDS_OPTIONS = frozenset({ResponseType.CHOICE, ResponseType.CHOICES})


def unready(document: SurveyDocument) -> dict[str, str]:
    """A sentence for each question that cannot be asked as it stands, by its id."""
    found: dict[str, str] = {}
    spoken = meant(document)
    earlier: dict[str, Question] = {}
    for question in document.questions:
        sentence = _what_is_missing(question, earlier) or _untranslated(question, spoken)
        if sentence:
            found[question.id] = sentence
        earlier[question.id] = question
    return found


def _what_is_missing(question: Question, earlier: dict[str, Question]) -> str:
    if not question.words().strip():
        return "This question has no words yet."
    if question.answered_by in _NEEDS_OPTIONS and not question.options:
        return "This question offers nothing to choose from."
    if any(not option.words().strip() for option in question.options):
        return "One of the choices has no words yet."
    if question.show_if is None:
        return ""
    asked = earlier.get(question.show_if.question)
    if asked is None:
        return "It is shown after a question that no longer comes before it."
    if not set(question.show_if.answers) & set(codes_of(asked)):
        return "It is shown after an answer that nobody can give."
    return ""


def _untranslated(question: Question, spoken: list[str]) -> str:
    """Where a language has words for most of the survey and not for this: nobody would get it."""
    for locale in spoken:
        parts: list[Question | Option] = [question, *question.options]
        if any(each.words().strip() and not each.texts.get(locale, "").strip() for each in parts):
            name = language_name(locale)
            return (
                f"It has no {name}, and other words have. Write it on the page Languages, or take"
                f" {name} out there."
            )
    return ""
