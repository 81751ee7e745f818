"""Usability rounds: a flow tried by customers, what they showed, what changed before the next."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.paperwork.models import Study
from cx280.research.rules.rounds import Round
from cx280.services.models import Service
from cx280.telemetry.models import Flow


class TestRound(models.Model):
    """One round of tests of a flow, or of a draft of one that has no events yet (280.9-f2)."""

    __test__ = False  # no test of ours, though its name begins like one

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="test_rounds")
    flow = models.ForeignKey(
        Flow, on_delete=models.SET_NULL, null=True, blank=True, related_name="test_rounds"
    )
    flow_name = models.CharField(max_length=120)  # kept when the flow is no more
    held_on = models.DateField()
    # Rounds of a flow that ask the same count together under the Paperwork Reduction Act.
    asks = models.CharField(max_length=120)
    planned = models.PositiveSmallIntegerField()  # members of the public
    came = models.PositiveSmallIntegerField(null=True, blank=True)  # None: not held yet
    employees = models.PositiveSmallIntegerField(default=0)  # Federal ones, not of the public
    found = models.TextField(blank=True)
    changed = models.TextField(blank=True)  # since the round before
    entry = models.ForeignKey(
        Study, on_delete=models.SET_NULL, null=True, blank=True, related_name="test_rounds"
    )
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["service__name", "flow_name", "held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(flow_name=""), name="a_usability_round_names_what_is_tried"
            )
        ]

    exposure = {
        "service": "internal",
        "flow": "internal",
        "flow_name": "internal",
        "held_on": "internal",
        "asks": "internal",
        "planned": "internal",
        "came": "internal",
        "employees": "internal",
        "found": "internal",
        "changed": "internal",
        "entry": "internal",
        "written_by": "personal",
        "simulated": "internal",
    }

    def __str__(self) -> str:
        return f"{self.flow_name}, {self.held_on:%Y-%m-%d}"

    def as_rule(self, *, is_cleared: bool) -> Round:
        """The round as the rules count it: whom it asked, or is to ask while none came."""
        public = self.planned if self.came is None else self.came
        return Round(self.flow_name, self.asks, self.held_on, public, is_cleared)
