"""What is stored of research: segments, studies, usability rounds, insights."""

from cx280.research.models.insights import Insight, InsightEvidence
from cx280.research.models.rounds import TestRound
from cx280.research.models.segments import Segment, SegmentShare, Tag, Terms
from cx280.research.models.studies import ResearchStudy, StudyPart

__all__ = [
    "Insight",
    "InsightEvidence",
    "ResearchStudy",
    "Segment",
    "SegmentShare",
    "StudyPart",
    "Tag",
    "Terms",
    "TestRound",
]
