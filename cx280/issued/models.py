"""A template as it was loaded. A version never changes: what was signed under it stays readable."""

from __future__ import annotations

from django.db import models

from cx280.accounts.models import Person


class IssuedTemplate(models.Model):
    """One version of a template: the whole document, fields nobody knows included."""

    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField()
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    exposure = {
        "code": "public",
        "version": "public",
        "first_year": "public",
        "last_year": "public",
        "document": "public",
        "digest": "public",
        "loaded_at": "internal",
        "loaded_by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.code}, version {self.version}"
