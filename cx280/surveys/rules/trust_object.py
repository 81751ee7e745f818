"""Whom a trust question names: the agency, a program or the service."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from cx280.circular.edition import Edition
from cx280.circular.implements import implements
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, TrustObject
from cx280.surveys.rules.wording import classify


def named_object(
    question: Question, edition: Edition, agency_names: Iterable[str], service_names: Iterable[str]
) -> TrustObject | None:
    """What the document says, else what its first slot names; None when neither is known."""
    if question.object is not None or not question.measures(Construct.TRUST):
        return question.object
    wording = classify(question.words(), Construct.TRUST, edition)
    named = _bare(wording.slots[0]) if wording.slots else ""
    if named and named in {_bare(each) for each in agency_names}:
        return TrustObject.AGENCY
    if named and named in {_bare(each) for each in service_names}:
        return TrustObject.SERVICE
    return None


@implements("INC-20")
def speaks_for_entity(question: Question) -> bool:
    """Whether the trust score may be rolled up as trust in the whole agency."""
    return question.measures(Construct.TRUST) and question.object is TrustObject.AGENCY


def with_objects(
    document: SurveyDocument,
    edition: Edition,
    agency_names: Iterable[str],
    service_names: Iterable[str],
) -> SurveyDocument:
    """The document with the object of every trust question written down where it is known."""
    agencies, services = list(agency_names), list(service_names)
    questions = [
        msgspec.structs.replace(q, object=named_object(q, edition, agencies, services))
        for q in document.questions
    ]
    return msgspec.structs.replace(document, questions=questions)


def _bare(name: str) -> str:
    words = " ".join(name.casefold().split())
    return words.removeprefix("the ").removeprefix("a ").strip(" .")
