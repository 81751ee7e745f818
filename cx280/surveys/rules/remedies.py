"""What the builder offers against a finding: one-click changes, and talks that unlock it."""

from __future__ import annotations

from dataclasses import dataclass

from cx280.circular.edition import Edition
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.library import Names, offers
from cx280.surveys.rules.vocabulary import Construct, DiscussionKind
from cx280.surveys.rules.wording import base_statement


@dataclass(frozen=True, slots=True)
class Remedy:
    """A button: its words, and what it does (a change of surveys.rules.changes)."""

    words: str
    button: str


_FIVE_POINTS = frozenset({"280.10-c2", "280.10-c5", "280.10-d2", "280.10-d4", "280.10-e4"})
_STATEMENTS = frozenset({"280.10-c4", "280.10-c7", "280.10-d3", "280.10-c3"})
_WITHOUT_PLACE = {
    "280.10-c1": ("Add a trust statement", "add:T1"),
    "280.10-d1": ("Add a satisfaction statement", "add:S2"),
    "280.10-e1": ("Add one statement for each driver", "drivers"),
    "280.10-f1": ("Add an optional comment", "ask:comment"),
    "280.10-n1": ("Put everything on one page", "pages"),
    "280.10-h3": ("Add the missing drivers", "drivers"),
    "280.10-i2": ("Add a statement about employees", "add:EM1"),
}


def remedies_for(
    finding: Finding, document: SurveyDocument, question: Question | None, edition: Edition,
    names: Names,
) -> list[Remedy]:  # fmt: skip
    """The buttons that resolve the finding, best first; none where only words can."""
    if question is None:
        found = _WITHOUT_PLACE.get(finding.rule)
        is_longing = finding.severity is not Severity.INFO or finding.rule != "280.10-c1"
        return [Remedy(*found)] if found and is_longing else []
    if finding.rule in _STATEMENTS:
        return _statements(question, edition, names)
    if finding.rule in _FIVE_POINTS:
        return [Remedy("Use the agreement scale of five points", f"agree5:{question.id}")]
    return _others(finding, document, question, edition)


def _statements(question: Question, edition: Edition, names: Names) -> list[Remedy]:
    construct = question.construct
    if not isinstance(construct, Construct):
        return []
    fitting = [
        each
        for each in offers(edition, names, construct.value)
        if each.response == "agree5" and "[" not in each.texts["en"]
    ]
    return [
        Remedy(f"Use “{each.texts['en']}”", f"use:{question.id}:{each.statement}")
        for each in fitting[:2]
    ]


def _others(
    finding: Finding, document: SurveyDocument, question: Question, edition: Edition
) -> list[Remedy]:
    if finding.rule == "280.10-f2":
        return [Remedy("Make it optional", f"optional:{question.id}")]
    if finding.rule in {"280.10-f1", "280.10-g2", "280.10-g1"}:
        return [Remedy("Remove this question", f"remove:{question.id}")]
    if finding.rule == "280.10-e2":
        rated = [q for q in document.questions if q.measures(Construct.TRUST)]
        return (
            [Remedy("Show it under trust", f"under:{question.id}:{rated[0].id}")] if rated else []
        )
    if finding.rule == "280.10-i4":
        base = base_statement(question.words(), edition).statement
        if base:
            home = Construct.of(edition.statement(base).construct)
            return [Remedy(f"File it under {home.label.lower()}", f"file:{question.id}:{home}")]
    return []


def discussion_for(finding: Finding, question: Question | None) -> DiscussionKind | None:
    """The talk with OMB that would unlock what was found, or None."""
    if finding.severity is not Severity.ERROR:
        return None
    if finding.rule == "280.10-c4" and question is not None:
        asks_confidence = "confiden" in question.words().casefold()
        return DiscussionKind.CONFIDENCE if asks_confidence else DiscussionKind.TRUST_WORDING
    return {
        "280.10-c1": DiscussionKind.TRUST_TIMING,
        "280.10-c5": DiscussionKind.TRUST_ICONS,
        "280.10-d3": DiscussionKind.SATISFACTION_WORDING,
        "280.10-d4": DiscussionKind.OTHER_ICONS,
    }.get(finding.rule)
