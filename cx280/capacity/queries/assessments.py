"""An assessment whole: what was said, what is known, what is wrong, how it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from cx280.accounts.queries import told_with_reasons
from cx280.agencies.models import Level, Organization
from cx280.agencies.queries import active
from cx280.audit.actions import subject_of
from cx280.capacity.checks import check
from cx280.capacity.models import Answer, Assessment, AssessmentVersion
from cx280.capacity.queries.known import known_for, names_in
from cx280.capacity.queries.known.organizing import said_of_mindset, vacant_roles
from cx280.capacity.queries.known.registers import idea_report, improvements_of
from cx280.capacity.queries.known.subject import Subject
from cx280.capacity.rules.content import content_of
from cx280.capacity.rules.coverage import Cell, Presence, enterprise_words, grid
from cx280.capacity.rules.facts import Answered, AssessmentFacts, Shown
from cx280.capacity.rules.levels import levels_of
from cx280.capacity.rules.templates import Template
from cx280.capacity.rules.vocabulary import Register
from cx280.capacity.rules.years import Years, year_on_year
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding
from cx280.kernel.quarter import Quarter


def answers_of(assessment: Assessment) -> dict[str, Answer]:
    """What was said, by code, with its evidence."""
    rows = assessment.answers.select_related("said_by").prefetch_related("evidence")
    return {each.code: each for each in rows}


def facts_of(assessment: Assessment, today: date) -> AssessmentFacts:
    """The assessment as its checks read it."""
    template = assessment.template_version.template
    subject = Subject.of(assessment, today)
    return AssessmentFacts(
        subject=assessment.subject,
        fiscal_year=assessment.fiscal_year,
        template=template,
        answers={code: _answered(each) for code, each in answers_of(assessment).items()},
        known=known_for(subject, names_in(template)),
        improvements=improvements_of(subject),
        no_initiative=assessment.no_initiative,
        vacant=vacant_roles(subject),
        unreviewed=unreviewed(subject),
        mindset=said_of_mindset(subject),
        idea_report=idea_report(subject),
    )


def _answered(row: Answer) -> Answered:
    return Answered(
        code=row.code,
        said=row.said,
        level=row.level,
        words=row.words,
        evidence=[Shown(each.kind, each.words, each.address) for each in row.evidence.all()],
        confirmed=row.confirmed,
        by=row.said_by.name,
        on=timezone.localdate(row.said_at),
    )


@implements("280.9-b3")
def unreviewed(subject: Subject) -> list[str]:
    """The quarters of the year that have ended without a review in the log."""
    days = [each.on for each in subject.entries(Register.REVIEW) if each.on is not None]
    quarters = [Quarter(subject.fiscal_year, number) for number in (1, 2, 3, 4)]
    return [
        str(each)
        for each in quarters
        if each.last_day < subject.today and not any(day in each for day in days)
    ]


def findings_of(assessment: Assessment, today: date) -> list[Finding]:
    """What the checks find today."""
    return check(facts_of(assessment, today))


@dataclass(frozen=True, slots=True)
class GridRow:
    """One level of the organization, with what stands under each function."""

    level: str
    cells: tuple[tuple[str, str], ...]  # (function's name, words)


@implements("280.9-a1")
def grid_of(assessment: Assessment, facts: AssessmentFacts) -> list[GridRow]:
    """Functions by level: the enterprise by the assessment, levels below by what units said."""
    subject = Subject.of(assessment, facts_day(assessment))
    functions = facts.template.functions
    units = _units(assessment.organization, subject.today)
    said = [
        Presence(each.organization.level, each.organization.code, each.function, each.answer)
        for each in subject.entries(Register.PRESENCE).select_related("organization")
    ]
    cells = grid([each.code for each in functions], units, said)
    enterprise = tuple(
        (each.name, enterprise_words(each, facts.template.level_name(each.level)))
        for each in levels_of(facts)
    )
    return [
        GridRow("Enterprise", enterprise),
        *(
            GridRow(level.label, _cells(facts.template, cells[level.value]))
            for level in Level
            if level is not Level.DEPARTMENT
        ),
    ]


def facts_day(assessment: Assessment) -> date:
    """The day an assessment is read on: that of its signature, else today."""
    return timezone.localdate(assessment.signed_at) if assessment.signed_at else _today()


def _today() -> date:
    return timezone.localdate()


def _cells(template: Template, cells: dict[str, Cell]) -> tuple[tuple[str, str], ...]:
    return tuple((each.name, cells[each.code].words) for each in template.functions)


def _units(organization: Organization, on: date) -> dict[str, int]:
    levels = active(on).filter(path__startswith=organization.path).values_list("level", flat=True)
    found = list(levels)
    return {level: found.count(level) for level in set(found)}


def content_now(assessment: Assessment, facts: AssessmentFacts) -> dict[str, Any]:
    """What would be signed as it stands."""
    rows = [
        # A list: what a database keeps of an object's order is its own affair.
        {
            "level": row.level,
            "functions": [{"name": name, "words": words} for name, words in row.cells],
        }
        for row in grid_of(assessment, facts)
    ]
    content = content_of(facts, assessment.template_version.document, rows)
    return {**content, "warnings": told_with_reasons(subject_of(assessment), check(facts))}


def before(assessment: Assessment) -> AssessmentVersion | None:
    """The last signed version of the year before, or None."""
    return (
        AssessmentVersion.objects.filter(
            assessment__hisp=assessment.hisp,
            assessment__organization=assessment.organization,
            assessment__fiscal_year=assessment.fiscal_year - 1,
        )
        .order_by("-number")
        .first()
    )


@implements("280.8-b6")
def years_of(assessment: Assessment, content: dict[str, Any]) -> Years:
    """What changed since last year’s signed one, or why nothing can be said."""
    earlier = before(assessment)
    return year_on_year(earlier.content if earlier else None, content)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the assessment to answer: a function or a component, and how much is done."""

    code: str
    name: str
    done: int
    whole: int
    to_fix: int

    @property
    def words(self) -> str:
        """`3 of 5 answered`."""
        return f"{self.done} of {self.whole} answered"


def parts_of(facts: AssessmentFacts, findings: Sequence[Finding]) -> list[Part]:
    """Every part in order; a function’s words count as one thing to answer."""
    wrong = [each.where for each in findings if each.severity == "error"]
    found = []
    for function in facts.template.functions:
        codes = [function.code, *(each.code for each in function.practices)]
        found.append((function.code, function.name, codes))
    for component in facts.template.components:
        found.append((component.code, component.name, [each.code for each in component.asked]))
    return [
        Part(
            code,
            name,
            sum(each in facts.answers for each in codes),
            len(codes),
            sum(each in codes for each in wrong),
        )
        for code, name, codes in found
    ]
