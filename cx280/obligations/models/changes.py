"""What became of an obligation, state by state. Rows are only ever added."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.obligations.models.obligations import Obligation
from cx280.obligations.rules.vocabulary import State


class StateChange(models.Model):
    """One change of how an obligation stands: from what to what, when, by whom, what shows it.

    How it stands is worked out and never stored; this is what was worked out, kept as it was seen.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=15, choices=State.choices(), blank=True)  # "": made
    after = models.CharField(max_length=15, choices=State.choices())
    at = models.DateTimeField()
    actor = models.CharField(max_length=254)  # a person's address, or `system`: the calendar
    evidence = models.CharField(max_length=300)
    address = models.CharField(max_length=300)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="a_change_of_state_changes_it"
            ),
            models.CheckConstraint(
                condition=~Q(actor="") & ~Q(evidence="") & ~Q(address=""),
                name="a_change_of_state_names_who_and_what_shows_it",
            ),
        ]

    exposure = {
        "obligation": "public",
        "before": "internal",
        "after": "internal",
        "at": "internal",
        "actor": "personal",
        "evidence": "internal",
        "address": "internal",
    }

    def __str__(self) -> str:
        return f"{self.obligation}: {self.before or 'made'} to {self.after}"
