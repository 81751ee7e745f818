"""Which words of a survey exist in which language, what is missing, and what changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from cx280.surveys.rules.codes import option_codes
from cx280.surveys.rules.document import DEFAULT_LOCALE, Question, SurveyDocument, Texts

# {locale: {place: the English it was translated from}}
Sources = dict[str, dict[str, str]]
# {locale: who read the words over, on which day, and the digest of what they read}
Readings = Mapping[str, Mapping[str, str]]
_AROUND = {
    "title": "Heading",
    "introduction": "Before the questions",
    "thanks": "After sending",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words people read, with their place: `title`, `ease`, `why.o0`. label: what they are.

    needed: whether a language is not offered without them. Others fall back to English, marked.
    statement: whether the English is a statement of the Circular.
    """

    place: str
    label: str
    english: str
    texts: Mapping[str, str]
    needed: bool

    def text(self, locale: str) -> str:
        """The words in a locale, "" where there are none."""
        return self.texts.get(locale, "").strip()


@dataclass(frozen=True, slots=True)
class Translation:
    """How far a language has come: places without words, and those whose English changed since."""

    locale: str
    total: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    is_offered: bool

    @property
    def done(self) -> int:
        """How many pieces have words."""
        return self.total - len(self.missing)


def pieces(document: SurveyDocument) -> list[Piece]:
    """Everything of the survey that people read and that has English words, in order."""
    around = {
        "title": {DEFAULT_LOCALE: document.title, **document.titles},
        "introduction": document.introductions,
        "thanks": document.thanks,
    }
    found = [
        Piece(place, label, english, around[place], needed=False)
        for place, label in _AROUND.items()
        if (english := around[place].get(DEFAULT_LOCALE, "").strip())
    ]
    for number, question in enumerate(document.questions, start=1):
        found.append(_piece(question.id, f"Question {number}", question.text, question.texts))
        found += [
            _piece(f"{question.id}.o{at}", f"Question {number}, choice {at + 1}", each.text,
                   each.texts)
            for at, each in enumerate(question.options)
        ]  # fmt: skip
    return [each for each in found if each.english]


def _piece(place: str, label: str, text: str, texts: Texts) -> Piece:
    known = {**({DEFAULT_LOCALE: text} if text else {}), **texts}
    return Piece(place, label, known.get(DEFAULT_LOCALE, "").strip(), known, needed=True)


def begun(document: SurveyDocument) -> list[str]:
    """The locales besides English in which any piece has words, sorted."""
    locales = {
        locale for each in pieces(document) for locale, words in each.texts.items() if words.strip()
    }
    return sorted(locales - {DEFAULT_LOCALE})


def meant(document: SurveyDocument) -> list[str]:
    """The locales in which most of the survey has words: meant to be offered, sorted.

    A statement of the Circular brings its suggested Spanish along; that alone begins nothing.
    """
    needed = [each for each in pieces(document) if each.needed]
    return [
        locale
        for locale in begun(document)
        if 2 * sum(bool(each.text(locale)) for each in needed) > len(needed)
    ]


def words_digest(document: SurveyDocument, locale: str) -> str:
    """A digest of everything the survey says in the locale: another word, another digest."""
    said = [(each.place, each.text(locale)) for each in pieces(document)]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def read_by_natives(document: SurveyDocument, readings: Readings) -> frozenset[str]:
    """The locales whose words somebody read over as they are now; a changed word is unread."""
    return frozenset(
        locale
        for locale, reading in readings.items()
        if reading["digest"] == words_digest(document, locale)
    )


def translation_of(document: SurveyDocument, locale: str, sources: Sources) -> Translation:
    """How far the locale has come."""
    found = pieces(document)
    known = sources.get(locale, {})
    return Translation(
        locale=locale,
        total=len(found),
        missing=tuple(each.place for each in found if not each.text(locale)),
        changed=tuple(
            each.place
            for each in found
            if each.text(locale) and known.get(each.place, each.english) != each.english
        ),
        is_offered=locale in document.locales,
    )


def sources_after(before: SurveyDocument, after: SurveyDocument, known: Sources) -> Sources:
    """What each translation was made from, after a change of the draft.

    Words that changed, or are new, are of the English that stands beside them now; others stay of
    what they were of, at first of the English before the change.
    """
    old = {each.place: each for each in pieces(before)}
    found: Sources = {}
    for each in pieces(after):
        was = old.get(each.place)
        for locale in each.texts:
            words = each.text(locale)
            if locale == DEFAULT_LOCALE or not words:
                continue
            same = was is not None and was.text(locale) == words
            kept = known.get(locale, {}).get(each.place, was.english if was else each.english)
            found.setdefault(locale, {})[each.place] = kept if same else each.english
    return found


def confirmed(document: SurveyDocument, locale: str, places: set[str], known: Sources) -> Sources:
    """The sources once somebody said that these translations are still right."""
    now = {each.place: each.english for each in pieces(document) if each.place in places}
    return {**known, locale: {**known.get(locale, {}), **now}}


def with_translation(
    document: SurveyDocument, locale: str, words: Mapping[str, str]
) -> SurveyDocument:
    """The document with these words, by place, in a locale; blank words are taken out."""
    changes: dict[str, Any] = {
        "questions": [_question(each, locale, words) for each in document.questions]
    }
    for place, field in (("title", "titles"), ("introduction", "introductions"),
                         ("thanks", "thanks")):  # fmt: skip
        if place in words:
            changes[field] = _texts(getattr(document, field), locale, words[place])
    return msgspec.structs.replace(document, **changes)


def _question(question: Question, locale: str, words: Mapping[str, str]) -> Question:
    changes: dict[str, Any] = {}
    if question.id in words:
        changes["texts"] = _texts(question.texts, locale, words[question.id])
    places = [f"{question.id}.o{at}" for at in range(len(question.options))]
    if any(place in words for place in places):
        # Codes are written out first, so that a translation moves none of them.
        changes["options"] = [
            msgspec.structs.replace(
                option, code=code,
                texts=_texts(option.texts, locale, words.get(place, option.texts.get(locale, ""))),
            )
            for option, code, place in zip(
                question.options, option_codes(question), places, strict=True
            )
        ]  # fmt: skip
    return msgspec.structs.replace(question, **changes) if changes else question


def _texts(texts: Texts, locale: str, words: str) -> Texts:
    said = words.replace("\r\n", "\n").strip()
    kept = {each: text for each, text in texts.items() if each != locale}
    return {**kept, locale: said} if said else kept


def without(document: SurveyDocument, locale: str) -> SurveyDocument:
    """The document with nothing left in a locale."""
    return with_translation(document, locale, {each.place: "" for each in pieces(document)})
