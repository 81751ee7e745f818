"""Life experiences with their members, services and milestones."""

from cx280.life_experiences.models.experiences import JoinedService, LifeExperience, Member
from cx280.life_experiences.models.milestones import Milestone

__all__ = ["JoinedService", "LifeExperience", "Member", "Milestone"]
