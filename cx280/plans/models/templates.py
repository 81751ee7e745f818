"""A template of the Action Plan as it was loaded."""

from __future__ import annotations

from django.db import models

from cx280.issued.models import IssuedTemplate
from cx280.plans.rules.templates import PlanTemplate, plan_template_of


class PlanTemplateVersion(IssuedTemplate):
    """One version of a template of the Action Plan."""

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"], name="a_plan_template_version_is_loaded_once"
            ),
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")),
                name="a_plan_template_is_for_a_year_at_least",
            ),
        ]

    exposure = IssuedTemplate.exposure

    @property
    def template(self) -> PlanTemplate:
        """What the document asks."""
        return plan_template_of(self.document)
