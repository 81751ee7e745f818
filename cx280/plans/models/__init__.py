"""Action Plans, their actions, and the pain points with what shows them."""

from cx280.plans.models.actions import Action, StatusNote
from cx280.plans.models.pain_points import Evidence, PainPoint
from cx280.plans.models.plans import ActionPlan, PlanVersion
from cx280.plans.models.reviews import Remark, Review
from cx280.plans.models.templates import PlanTemplateVersion

__all__ = [
    "Action",
    "ActionPlan",
    "Evidence",
    "PainPoint",
    "PlanTemplateVersion",
    "PlanVersion",
    "Remark",
    "Review",
    "StatusNote",
]
