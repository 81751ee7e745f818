"""AuditEntry: one thing somebody did. Rows are only ever added."""

import re

from django.db import models

from cx280.audit.rules import in_words

# Where one word of a model's name ends and the next begins.
_APART = re.compile(r"(?<=[a-z])(?=[A-Z])")


class AuditEntry(models.Model):
    """One change, chained to the one before it by its digest.

    No foreign keys: the entry must outlive whatever it speaks of.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=254)  # a person's address, or `system`
    action = models.CharField(max_length=100)  # a verb with its noun: `open_survey`
    subject = models.CharField(max_length=200)  # `surveys.Survey:12`
    organization = models.CharField(max_length=100, blank=True)  # code of the agency it concerns
    detail = models.JSONField(default=dict)  # before and after, reason, evidence link
    previous = models.CharField(max_length=64, unique=True)  # unique: the chain never forks
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject", "id"])]

    exposure = {
        "at": "internal",
        "actor": "personal",
        "action": "internal",
        "subject": "internal",
        "organization": "internal",
        "detail": "personal",  # may name people: whose role, whose address
        "previous": "internal",
        "digest": "internal",
    }

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.subject}"

    @property
    def in_words(self) -> str:
        """The action as people read it: `open survey`."""
        return self.action.replace("_", " ")

    @property
    def subject_in_words(self) -> str:
        """What was changed as people read it: `Survey 12`."""
        kind, _, number = self.subject.partition(":")
        return f"{_APART.sub(' ', kind.rpartition('.')[2])} {number}".strip()

    @property
    def detail_in_words(self) -> str:
        """The detail in one line."""
        return in_words(self.detail)

    def as_dict(self) -> dict[str, object]:
        """The entry as files and the command line print it; the time in UTC."""
        return {
            "id": self.pk,
            "at": self.at.isoformat(),
            "actor": self.actor,
            "action": self.action,
            "subject": self.subject,
            "organization": self.organization,
            "detail": self.detail,
            "digest": self.digest,
        }
