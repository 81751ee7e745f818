"""What was said under one code of the template, by whom and when, and what shows it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.capacity.models.assessments import Assessment
from cx280.capacity.rules.vocabulary import Proof, Said


class Answer(models.Model):
    """A level, that a practice is not evidenced, or words about a function or a component.

    No row: not answered, which is neither. Saving goes by `revision`, so that two people who have
    the same page open do not write over each other unseen.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    code = models.SlugField(max_length=60)
    said = models.CharField(max_length=15, choices=Said.choices())
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    # Whether somebody confirmed what cx280 knows there as the agency's own word.
    confirmed = models.BooleanField(default=False)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "code"], name="a_question_is_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(said=Said.LEVEL.value, level__isnull=False)
                | (~Q(said=Said.LEVEL.value) & Q(level__isnull=True)),
                name="only_a_level_has_a_level",
            ),
        ]

    exposure = {
        "assessment": "internal",
        "code": "internal",
        "said": "internal",
        "level": "internal",
        "words": "internal",
        "confirmed": "internal",
        "said_at": "internal",
        "said_by": "personal",
        "revision": "internal",
    }

    def __str__(self) -> str:
        return f"{self.code}: {self.said}"


class Evidence(models.Model):
    """What shows an answer: a survey, a study, a measure, an action, a document or a page.

    What cx280 knew has the day it knew it on, and counts since somebody chose it.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Proof.choices())
    words = models.CharField(max_length=300)
    address = models.CharField(max_length=500, blank=True)
    known_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Proof.KNOWN.value) | Q(known_on__isnull=False),
                name="what_cx280_knew_has_its_day",
            )
        ]

    exposure = {
        "answer": "internal",
        "kind": "internal",
        "words": "internal",
        "address": "internal",
        "known_on": "internal",
        "added_at": "internal",
        "added_by": "personal",
    }

    def __str__(self) -> str:
        return self.words
