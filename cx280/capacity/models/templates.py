"""A template as it was loaded. A version never changes: what was signed under it stays readable."""

from __future__ import annotations

from django.db import models

from cx280.accounts.models import Person
from cx280.capacity.rules.templates import Template, template_of
from cx280.capacity.rules.vocabulary import Kind


class TemplateVersion(models.Model):
    """One version of a template: the whole document, fields nobody knows included."""

    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices())
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

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

    exposure = {
        "code": "public",
        "version": "public",
        "kind": "public",
        "first_year": "public",
        "last_year": "public",
        "document": "public",
        "digest": "public",
        "loaded_at": "internal",
        "loaded_by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.code}, version {self.version}"

    @property
    def template(self) -> Template:
        """What the document asks."""
        return template_of(self.document)
