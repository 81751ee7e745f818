"""Embed: that websites show a survey in one way, and how."""

from __future__ import annotations

from django.db import models

from cx280.accounts.models import Person
from cx280.delivery.rules.vocabulary import Corner, EmbedKind, Moment
from cx280.surveys.models import Survey


class Embed(models.Model):
    """One way in which websites show a survey. The page holds a mark only; all else stands here."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="embeds")
    kind = models.CharField(max_length=10, choices=EmbedKind.choices())
    is_on = models.BooleanField(default=False)
    origins = models.JSONField(default=list)  # ["https://www.example.gov"]: who may frame it
    corner = models.CharField(
        max_length=10, choices=Corner.choices(), default=Corner.END.value, blank=True
    )
    moment = models.CharField(max_length=20, choices=Moment.choices(), blank=True)  # of a prompt
    seconds = models.PositiveSmallIntegerField(default=0)  # a prompt waits so long after it
    words = models.JSONField(default=dict, blank=True)  # {language: what it says}; {} is the usual
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["survey", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "kind"], name="a_survey_is_shown_in_each_way_once"
            ),
        ]

    exposure = {
        "survey": "public",
        "kind": "public",
        "is_on": "public",
        "origins": "public",  # the answer to every browser names them
        "corner": "public",
        "moment": "public",
        "seconds": "public",
        "words": "public",
        "changed_at": "internal",
        "changed_by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.survey}: {self.get_kind_display()}"
