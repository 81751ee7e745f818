"""A template as it was loaded. A version never changes: what was signed under it stays readable."""

from __future__ import annotations

from django.db import models

from cx280.capacity.rules.templates import Template, template_of
from cx280.capacity.rules.vocabulary import Kind
from cx280.issued.models import IssuedTemplate


class TemplateVersion(IssuedTemplate):
    """One version of a template of an assessment or a reflection."""

    kind = models.CharField(max_length=12, choices=Kind.choices())

    class Meta:
        ordering = ["kind", "code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"], name="a_template_version_is_loaded_once"
            ),
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")),
                name="a_template_is_for_a_year_at_least",
            ),
        ]

    exposure = {**IssuedTemplate.exposure, "kind": "public"}

    @property
    def template(self) -> Template:
        """What the document asks."""
        return template_of(self.document)
