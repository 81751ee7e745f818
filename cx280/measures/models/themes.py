"""What comments are about: the codebook, what was read in each comment, and the counts."""

from __future__ import annotations

from django.db import models

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.responses.models import Comment
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion


class CodebookVersion(models.Model):
    """An agency's codebook as it stood after one change; the latest is the one in force.

    An agency without a row uses the federal codebook. Rows are added and never changed.
    """

    agency = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="codebooks")
    number = models.PositiveIntegerField()
    themes = models.JSONField()  # rules.themes.codebook.as_data
    changed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"], name="an_agency_numbers_its_codebooks"
            )
        ]

    exposure = {
        "agency": "internal",
        "number": "internal",
        "themes": "internal",
        "changed_by": "personal",
        "changed_at": "internal",
    }

    def __str__(self) -> str:
        return f"codebook {self.number} of {self.agency}"


class CodebookUse(models.Model):
    """How far an agency's comments are filed: by which codebook and which corrections."""

    agency = models.OneToOneField(
        Organization, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    # What the filed comments were filed by: the codebook's digest and the corrections known then.
    applied = models.CharField(max_length=80, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    # How learning fared for each theme (rules.themes.learning.Trial.as_data).
    trials = models.JSONField(default=list)

    exposure = {
        "agency": "internal",
        "applied": "internal",
        "applied_at": "internal",
        "trials": "internal",
    }

    def __str__(self) -> str:
        return f"codebook applied to {self.agency}"


class Reading(models.Model):
    """What the machine read in a comment: its language and its tone. Recomputed, never edited."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="reading"
    )
    language = models.CharField(max_length=12)
    tone = models.CharField(max_length=10)  # negative, neutral, positive

    exposure = {"comment": "internal", "language": "internal", "tone": "internal"}

    def __str__(self) -> str:
        return f"{self.language}, {self.tone}"


class CommentTheme(models.Model):
    """A theme that a comment is filed under, and why."""

    class Source(models.TextChoices):
        CUES = "cues", "Cue words"
        LEARNED = "learned", "Learned from corrections"
        PERSON = "person", "A person"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="themes")
    code = models.CharField(max_length=60)
    source = models.CharField(max_length=10, choices=Source)
    words = models.JSONField(default=list)  # the words of the comment that gave the theme away

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "code"], name="a_comment_has_a_theme_once")
        ]
        indexes = [models.Index(fields=["code", "comment"], name="comments_of_a_theme")]

    exposure = {
        "comment": "internal",
        "code": "internal",
        "source": "internal",
        "words": "personal",
    }

    def __str__(self) -> str:
        return self.code


class ThemeCorrection(models.Model):
    """What a person says a comment is about; it stands above whatever the machine finds."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="correction"
    )
    codes = models.JSONField()  # all themes that hold; [] for none
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    exposure = {"comment": "internal", "codes": "internal", "by": "personal", "at": "internal"}

    def __str__(self) -> str:
        return ", ".join(self.codes) or "no theme"


class ThemeFact(models.Model):
    """How many comments each theme had in one quarter of a version; for all units and channels too.

    Recounted and replaced. counts: {"theme@rating@language": comments}; theme "" counts whole
    comments.
    """

    starts_on = models.DateField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=30, blank=True)
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "starts_on", "unit", "channel"],
                name="one_theme_fact_for_a_quarter_a_unit_and_a_channel",
            ),
            models.UniqueConstraint(
                fields=["version", "starts_on", "channel"],
                condition=models.Q(unit__isnull=True),
                name="one_theme_fact_for_all_units_of_a_quarter_and_a_channel",
            ),
        ]
        indexes = [models.Index(fields=["service", "starts_on"])]

    exposure = {
        "starts_on": "internal",
        "service": "internal",
        "version": "internal",
        "unit": "internal",
        "channel": "internal",
        "counts": "internal",
    }

    def __str__(self) -> str:
        return f"{self.starts_on}: themes"


class FoundTopics(models.Model):
    """Topics the machine found by itself in a service's comments of the last year."""

    service = models.OneToOneField(
        Service, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    found_at = models.DateTimeField()
    comments = models.PositiveIntegerField()  # looked at
    # [{"words": [...], "comments": n, "share": s, "stability": s, "examples": [comment ids]}]
    topics = models.JSONField()

    exposure = {
        "service": "internal",
        "found_at": "internal",
        "comments": "internal",
        "topics": "internal",
    }

    def __str__(self) -> str:
        return f"{len(self.topics)} topics"
