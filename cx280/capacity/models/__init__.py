"""Templates, assessments with what was said, their signed versions, and the registers."""

from cx280.capacity.models.answers import Answer, Evidence
from cx280.capacity.models.assessments import Assessment, AssessmentVersion
from cx280.capacity.models.entries import Entry
from cx280.capacity.models.templates import TemplateVersion

__all__ = ["Answer", "Assessment", "AssessmentVersion", "Entry", "Evidence", "TemplateVersion"]
