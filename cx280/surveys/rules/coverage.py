"""Which drivers of the edition a survey asks about, in any of the three modes."""

from __future__ import annotations

from cx280.circular.edition import Edition
from cx280.circular.implements import implements
from cx280.surveys.rules.document import SurveyDocument


def constructs_covered(document: SurveyDocument) -> set[str]:
    """The constructs asked about, by a question of their own or as a choice."""
    covered: set[str] = set()
    for question in document.questions:
        filed = question.construct
        covered |= {each.value for each in (filed if isinstance(filed, list) else [filed]) if each}
        covered |= {option.driver for option in question.options if option.driver}
    return covered


@implements("INC-10", "280.3-a4")
def drivers_covered(document: SurveyDocument, edition: Edition) -> list[str]:
    """The codes of the edition's drivers this survey gives data for, in the edition's order.

    Responsiveness has no base statement and belongs to none: it never appears here.
    """
    asked = constructs_covered(document)
    return [each.code for each in edition.drivers if asked & {each.code, *each.constructs}]


def drivers_left_out(
    document: SurveyDocument, edition: Edition, has_human_role: bool | None = None
) -> list[int]:
    """The places (in the edition) of drivers that apply, are not asked and not set aside.

    The driver about people applies where a person may do a task and the survey is not about
    self-service (280.10-i2).
    """
    covered = set(drivers_covered(document, edition))
    set_aside = {each.driver for each in document.not_applicable}
    meets_people = has_human_role is not False and not document.self_service
    return [
        place
        for place, each in enumerate(edition.drivers)
        if each.code not in covered
        and each.code not in set_aside
        and (meets_people or not each.needs_a_person)
    ]
