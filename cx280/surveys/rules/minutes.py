"""How long a survey takes, estimated from its words and kinds of answers before anybody answers.

All figures here are the project's own, not the Circular's; docs/guides/surveys.md explains them.
After launch the measured time takes over.
"""

from __future__ import annotations

from cx280.circular.implements import implements
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.paths import longest_path
from cx280.surveys.rules.vocabulary import Mode, ResponseType

# Words a minute: careful reading on a phone; a voice that reads aloud.
READ = 200
SPOKEN = 150
# Seconds to settle on the page and to send it.
AROUND = 10.0
SECONDS: dict[ResponseType, float] = {
    ResponseType.AGREE5: 5,
    ResponseType.AGREE7: 6,
    ResponseType.AGREE10: 7,
    ResponseType.STARS5: 4,
    ResponseType.THUMBS: 3,
    ResponseType.YESNO: 3,
    ResponseType.CHOICE: 5,
    ResponseType.CHOICES: 8,
    ResponseType.NUMBER: 8,
    ResponseType.DATE: 10,
    ResponseType.TEXT: 40,
}
# Where a voice asks, it also has to say the scale.
_SPOKEN_SCALE = 8.0


@implements("280.10-g3")
def minutes(document: SurveyDocument) -> float:
    """The minutes the longest way through takes one person, in the language that takes longest."""
    path = longest_path(document, lambda question: seconds_of(document, question))
    around = AROUND + _seconds_for(document, list(document.introductions.values()))
    return (around + sum(seconds_of(document, document.questions[i]) for i in path)) / 60


def seconds_of(document: SurveyDocument, question: Question) -> float:
    """The seconds one question takes: reading its words and options, then answering."""
    locales = {*question.texts, "en"}
    texts = [
        " ".join([question.words(each), *(option.words(each) for option in question.options)])
        for each in locales
    ]
    spoken = _is_spoken(document) and question.answered_by.points is not None
    scale = _SPOKEN_SCALE if spoken else 0.0
    return _seconds_for(document, texts) + SECONDS[question.answered_by] + scale


def _seconds_for(document: SurveyDocument, texts: list[str]) -> float:
    """The time to take in the longest of the texts, which say the same in several languages."""
    rate = SPOKEN if _is_spoken(document) else READ
    return max((len(each.split()) for each in texts), default=0) / rate * 60


def _is_spoken(document: SurveyDocument) -> bool:
    return document.mode in {Mode.PHONE, Mode.IVR}
