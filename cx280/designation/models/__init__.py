"""Proposals with their services, figures and history."""

from cx280.designation.models.proposals import Choice, Figure, Proposal, Step

__all__ = ["Choice", "Figure", "Proposal", "Step"]
