"""A draft as the builder draws it: one card for each question, what was found beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cx280.circular.edition import Edition
from cx280.kernel.finding import Finding
from cx280.surveys.rules.codes import codes_of, option_codes
from cx280.surveys.rules.coverage import drivers_covered
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.editing import condition_key
from cx280.surveys.rules.labels import code_label
from cx280.surveys.rules.library import Names, Offer, offers
from cx280.surveys.rules.opening import may_be_justified
from cx280.surveys.rules.remedies import Remedy, discussion_for, remedies_for
from cx280.surveys.rules.supplementary import MARK, is_supplementary
from cx280.surveys.rules.vocabulary import (
    DRIVER_CONSTRUCTS,
    Construct,
    DiscussionKind,
    DriverMode,
    ResponseType,
)
from cx280.surveys.rules.wording import WordingClass, classify

_PLACE = re.compile(r"questions\[(\d+)\]")
_WORDINGS = {
    WordingClass.EXACT: "exact wording",
    WordingClass.SLOT_FILLED: "exact wording",
    WordingClass.MINOR: "minor edits",
    WordingClass.MODIFIED: "modified wording",
}
_STATED = (Construct.TRUST, Construct.SATISFACTION, *DRIVER_CONSTRUCTS)
_SCALES = (ResponseType.AGREE5, ResponseType.AGREE7, ResponseType.AGREE10, ResponseType.STARS5,
           ResponseType.THUMBS)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its ways out: buttons, a talk with OMB, a written reason."""

    finding: Finding
    remedies: tuple[Remedy, ...]
    discussion: DiscussionKind | None
    may_justify: bool
    reason: str  # what was written already

    @property
    def key(self) -> str:
        """What a reason is kept under."""
        return self.finding.key

    @property
    def is_settled(self) -> bool:
        """Whether a written reason is kept and enough."""
        return bool(self.reason) and self.may_justify


@dataclass(frozen=True, slots=True)
class OptionField:
    """One choice as the builder's fields show it."""

    place: int
    english: str
    spanish: str
    driver: str


@dataclass(frozen=True, slots=True)
class Card:
    """One question in the builder."""

    question: Question
    place: int
    last: int
    kind: str
    about: str
    english: str
    spanish: str
    found: tuple[Found, ...]
    unready: str
    offers: tuple[Offer, ...]
    options: tuple[OptionField, ...]
    responses: tuple[ResponseType, ...]
    parents: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str], ...]
    condition: str

    @property
    def needs_you(self) -> bool:
        """Whether something here keeps the survey closed."""
        stops = any(each.finding.severity == "error" and not each.is_settled for each in self.found)
        return stops or bool(self.unready)

    @property
    def number(self) -> int:
        """The question's number as people count, from 1."""
        return self.place + 1


def cards(
    document: SurveyDocument,
    findings: Sequence[Finding],
    reasons: Mapping[str, str],
    unready: Mapping[str, str],
    edition: Edition,
    names: Names,
) -> list[Card]:
    """A card for each question. reasons: what was written, by Finding.key."""
    return [
        Card(
            question=question,
            place=place,
            last=len(document.questions) - 1,
            kind=_kind(question),
            about=_about(document, question, edition, names),
            english=question.texts.get("en", question.text),
            spanish=question.texts.get("es", ""),
            found=found_at(place, document, findings, reasons, edition, names),
            unready=unready.get(question.id, ""),
            offers=_offers(question, edition, names),
            options=_options(question),
            responses=_responses(question),
            parents=_parents(document) if question.mode is DriverMode.TAPPING else (),
            conditions=_conditions(document, place),
            condition=condition_key(question, document),
        )
        for place, question in enumerate(document.questions)
    ]


def found_at(
    place: int | None,
    document: SurveyDocument,
    findings: Sequence[Finding],
    reasons: Mapping[str, str],
    edition: Edition,
    names: Names,
) -> tuple[Found, ...]:
    """What was found at a question, or (None) in the survey as a whole."""
    question = None if place is None else document.questions[place]
    return tuple(
        Found(
            finding=each,
            remedies=tuple(remedies_for(each, document, question, edition, names)),
            discussion=discussion_for(each, question),
            may_justify=may_be_justified(each, hisp_reporting=document.hisp_reporting),
            reason=reasons.get(each.key, ""),
        )
        for each in findings
        if _place_of(each, len(document.questions)) == place
    )


def _place_of(finding: Finding, count: int) -> int | None:
    found = _PLACE.match(finding.where or "")
    return int(found[1]) if found and int(found[1]) < count else None


def _kind(question: Question) -> str:
    filed = question.construct
    if isinstance(filed, list):
        return " and ".join(each.label for each in filed)
    return filed.label if filed else "No category"


def _about(document: SurveyDocument, question: Question, edition: Edition, names: Names) -> str:
    """What a reader should know at a glance: `required · agree, 5 points · exact wording`."""
    if question.is_free_text:
        texts = [each.id for each in document.questions if each.is_free_text]
        most = edition.limits.free_text_max
        return f"optional · free text {texts.index(question.id) + 1} of {most}"
    parts: list[str] = []
    if question.measures(Construct.TRUST, Construct.SATISFACTION):
        parts.append("required")
    parts.append(_answers(document, question, edition))
    if question.measures(*_STATED) and isinstance(question.construct, Construct):
        wording = classify(
            question.words(), question.construct.value, edition, (names.service, names.agency)
        )
        parts.append(_WORDINGS[wording.kind])
    if is_supplementary(question.construct):
        parts.append(MARK)
    if question.show_if is not None:
        parts.append("not for everybody")
    return " · ".join(parts)


def _answers(document: SurveyDocument, question: Question, edition: Edition) -> str:
    if not question.measures(Construct.DRIVERS):
        return question.answered_by.label.lower()
    parent = document.question(question.parent) if question.parent else None
    under = f", shown under {_kind(parent).lower()}" if parent else ""
    mode = question.mode.label.lower() if question.mode else "choices"
    if question.mode is DriverMode.TAPPING:
        mode = "tapping"
    covered = len(drivers_covered(document, edition))
    alone = " (no employee: self-service)" if document.self_service else ""
    return f"{mode}{under} · {covered} of {len(edition.drivers)} drivers{alone}"


def _offers(question: Question, edition: Edition, names: Names) -> tuple[Offer, ...]:
    if not isinstance(question.construct, Construct) or not question.measures(*_STATED):
        return ()
    # Equity and transparency are alternatives within one driver.
    driver = edition.driver_of(question.construct.value)
    constructs = driver.constructs if driver else (question.construct.value,)
    return tuple(each for name in constructs for each in offers(edition, names, name))


def _options(question: Question) -> tuple[OptionField, ...]:
    return tuple(
        OptionField(
            place,
            each.texts.get("en", each.text),
            each.texts.get("es", ""),
            "other" if each.other else each.driver or "",
        )
        for place, each in enumerate(question.options)
    )


def _responses(question: Question) -> tuple[ResponseType, ...]:
    if question.measures(Construct.DRIVERS, Construct.COMMENT):
        return ()
    if question.measures(*_STATED):
        return _SCALES
    return tuple(ResponseType)


def _parents(document: SurveyDocument) -> tuple[tuple[str, str], ...]:
    return tuple(
        (each.id, each.words())
        for each in document.questions
        if each.measures(Construct.TRUST, Construct.SATISFACTION)
    )


def _conditions(document: SurveyDocument, place: int) -> tuple[tuple[str, str], ...]:
    """For whom a question may be: everybody, or those who gave an answer further up."""
    found: list[tuple[str, str]] = []
    for each in document.questions[:place]:
        if each.show_if is not None or each.is_free_text or not codes_of(each):
            continue
        words = _short(each.words())
        if each.answered_by.points and each.answered_by.points > 2:
            found.append((f"{each.id}:low", f"who disagreed with “{words}”"))
            found.append((f"{each.id}:high", f"who agreed with “{words}”"))
        else:
            found += [
                (f"{each.id}:{code}", f"who answered “{name}” to “{words}”")
                for code, name in _named(each)
            ]
    return tuple(found)


def _named(question: Question) -> list[tuple[str, str]]:
    if question.options:
        codes = option_codes(question)
        return [(c, o.words()) for c, o in zip(codes, question.options, strict=True)]
    kind = question.answered_by
    return [(str(code), code_label(kind, code, "en")) for code in codes_of(question)]


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
