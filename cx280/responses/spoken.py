"""What a caller hears at each step of a call, in words; `voicexml` and `twiml` write it down."""

from __future__ import annotations

from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.responses import queries
from cx280.responses.rules.calls import BEGIN, LANGUAGE, State, Turn, end_of, may_be_keyed
from cx280.responses.rules.keys import Keyed, keyed_questions
from cx280.responses.wording import Words, words, written_languages
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import SurveyDocument

# As phone systems name the voices that can speak them.
VOICES = {"en": "en-US", "es": "es-MX"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, and the language it is said in."""

    text: str
    language: str

    @property
    def voice(self) -> str:
        """The language as phone systems name it."""
        return VOICES.get(self.language.split("-")[0], self.language)


@dataclass(frozen=True, slots=True)
class Said:
    """One step as it is heard: first what was wrong, then the step; what keys it waits for.

    keys: how many keys answer it: 1, or more, ended by the pound key; 0 when the call is over.
    """

    lines: tuple[Line, ...]
    keys: int
    language: str


def languages_of(version: SurveyVersion) -> list[str]:
    """The languages a call can be in: of the survey, and that we speak around the questions."""
    found = queries.document_of(version).locales
    return [each for each in found if each.split("-")[0] in written_languages()] or ["en"]


def left_out(document: SurveyDocument) -> list[Keyed]:
    """The questions that callers never hear, for they cannot be answered with keys."""
    return [each for each in keyed_questions(document, "en") if not may_be_keyed(each)]


def said_at(version: SurveyVersion, state: State, done: Turn | None = None) -> Said:
    """What is said at this step. done: what the last keys did, when there were any."""
    language, said = state.language, words(state.language)
    wrong = [Line(said["ivr"][_WRONG[done.wrong]], language)] if done and done.wrong else []
    document = queries.document_of(version)
    if state.step >= end_of(document):
        return Said((*wrong, Line(_ending(version, said, done), language)), 0, language)
    if state.step == LANGUAGE:
        lines = _choice(languages_of(version))
        return Said((*wrong, *lines), 1, language)
    if state.step == BEGIN:
        return Said((*wrong, *_opening(version, said, language)), 1, language)
    asked = keyed_questions(document, language)[state.step]
    return Said((*wrong, *_question(asked, said, language)), _keys(asked), language)


_WRONG = {"key": "wrong", "silence": "silence"}


def closing(language: str, key: str = "closed") -> Said:
    """A call that ends before it begins."""
    return Said((Line(words(language)["ivr"][key], language),), 0, language)


def _choice(languages: list[str]) -> list[Line]:
    return [
        Line(words(each).say("ivr", "choose", digit=place), each)
        for place, each in enumerate(languages, start=1)
    ]


@implements("280.8-b9")
def _opening(version: SurveyVersion, said: Words, language: str) -> list[Line]:
    """Who asks, why, how long, that it is voluntary, and by what right."""
    document = queries.document_of(version)
    statement = queries.statement_of(version.survey, document, language)
    count = len(document.questions) - len(left_out(document))
    places = {
        "agency": statement.agency,
        "service": statement.service,
        "count": said.table["numbers"].get(str(count), str(count)).lower(),
        "minutes": said.minutes(statement.minutes or 1),
        "number": " ".join(statement.control_number.replace("-", " ")),
        "expires": said.day(statement.expires_on) if statement.expires_on else "",
    }
    order = ("greeting", "voluntary", "number", "rules", "begin")
    return [Line(said.say("ivr", each, **places), language) for each in order]


def _question(asked: Keyed, said: Words, language: str) -> list[Line]:
    view = asked.view
    lines = [Line(view.text, view.locale)]
    if view.kind == "number":
        return [*lines, Line(said["ivr"]["number_keys"], language)]
    option = "option"
    if view.kind == "checks":
        lines.append(Line(said["ivr"]["several"], language))
        option = "several_option"
    lines += [Line(each, view.locale) for each in view.ends]
    spoken = [
        said.say(
            "ivr", option, words=_begun(each.words, is_first=option != "option"), digit=each.key
        )
        for each in asked.keys
    ]
    return [*lines, *(Line(each, language) for each in spoken)]


def _begun(text: str, *, is_first: bool) -> str:
    """The words inside a sentence: “For strongly agree, press 5.” An acronym keeps its letters."""
    text = text.strip().rstrip(".")
    if is_first or text[1:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def _keys(asked: Keyed) -> int:
    if asked.view.kind == "number":
        return 12
    return len(asked.keys) if asked.view.kind == "checks" else 1


def _ending(version: SurveyVersion, said: Words, done: Turn | None) -> str:
    if done is not None and done.declined:
        return said["ivr"]["declined"]
    service = queries.statement_of(version.survey, queries.document_of(version)).service
    return said.say("ivr", "goodbye", service=service)
