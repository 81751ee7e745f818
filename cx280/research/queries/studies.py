"""Reads studies: who was to take part, who did, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from cx280.clearance.queries import covers
from cx280.kernel.finding import Finding
from cx280.research.checks import check_study
from cx280.research.models import ResearchStudy
from cx280.research.queries.words import mix_of
from cx280.research.rules.facts import StudyFacts
from cx280.research.rules.participants import (
    SegmentCount,
    Turnout,
    by_experience,
    by_segment,
    members_of_public,
    turnout,
)
from cx280.research.rules.vocabulary import Experience


@dataclass(frozen=True, slots=True)
class StudyLine:
    """A study with who took part. public: the members of the public it asks."""

    study: ResearchStudy
    segments: list[SegmentCount]
    turnout: Turnout
    experiences: list[tuple[Experience, int]]
    public: int
    findings: list[Finding]


def whole(studies: QuerySet[ResearchStudy]) -> QuerySet[ResearchStudy]:
    """The studies with all that a line needs, in few queries."""
    return studies.prefetch_related("parts__segment", "services", "journeys__service")


def line_of(study: ResearchStudy) -> StudyLine:
    """One study with its segments beside those of its services' customers."""
    parts = [each.as_rule for each in study.parts.all()]
    counts = by_segment(parts, mix_of(study.services.all()))
    public = members_of_public(parts)
    is_cleared = study.entry is not None and covers(study.entry.collection, study.starts_on)
    return StudyLine(
        study,
        counts,
        turnout(counts),
        [(each, count) for each, count in by_experience(parts).items() if count],
        public,
        check_study(StudyFacts(counts, public, is_cleared)),
    )


def lines_of(studies: QuerySet[ResearchStudy]) -> list[StudyLine]:
    """The studies as listed, newest first."""
    return [line_of(each) for each in whole(studies)]


HEADER = (
    "study", "question", "approach", "method", "services", "journeys", "starts_on", "ends_on",
    "segment", "share_of_customers", "planned", "came", "short",
)  # fmt: skip


def rows_for_file(lines: Iterable[StudyLine]) -> Iterator[tuple[object, ...]]:
    """A row for each segment of each study; one without segments when nobody was asked."""
    for line in lines:
        study = line.study
        first = (
            study.title, study.question, study.approach, study.method,
            "; ".join(each.name for each in study.services.all()),
            "; ".join(each.name for each in study.journeys.all()),
            study.starts_on, study.ends_on,
        )  # fmt: skip
        for each in line.segments:
            short = None if each.came is None else each.short
            yield (*first, each.segment, each.share, each.planned, each.came, short)
        if not line.segments:
            yield (*first, None, None, None, None, None)
