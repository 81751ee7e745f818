"""Proposals with their services, figures and history; meetings; assessments of services."""

from cx280.designation.models.assessments import ServiceAssessment
from cx280.designation.models.meetings import Meeting, Seat
from cx280.designation.models.proposals import Choice, Figure, Proposal, Step

__all__ = ["Choice", "Figure", "Meeting", "Proposal", "Seat", "ServiceAssessment", "Step"]
