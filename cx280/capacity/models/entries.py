"""The registers: resources, decisions, reviews, lessons and more, in one shape."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.capacity.rules.vocabulary import Register
from cx280.plans.models import Action
from cx280.services.models import Service


class Entry(models.Model):
    """One line of one register, of one unit and fiscal year.

    Which fields it uses, its register's shape tells. Withdrawn when it was wrong, never deleted.
    """

    register = models.CharField(max_length=12, choices=Register.choices())
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="capacity_entries"
    )
    fiscal_year = models.PositiveSmallIntegerField()
    on = models.DateField(null=True, blank=True)
    what = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=120, blank=True)  # an office or a meeting, not a person
    words = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    answer = models.CharField(max_length=10, blank=True)  # yes, partly, no
    status = models.CharField(max_length=10, blank=True)  # planned, underway, done
    function = models.SlugField(max_length=60, blank=True)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="capacity_entries"
    )
    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, null=True, blank=True, related_name="capacity_entries"
    )
    address = models.CharField(max_length=500, blank=True)
    release = models.PositiveIntegerField(null=True, blank=True)  # the number of a published one
    shared = models.BooleanField(default=False)  # a lesson other agencies may read
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-fiscal_year", "-on", "-pk"]
        indexes = [models.Index(fields=["register", "organization", "fiscal_year"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="an_amount_is_not_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(shared=False) | Q(register=Register.LESSON.value),
                name="only_lessons_are_shared",
            ),
        ]

    exposure = {
        "register": "internal",
        "organization": "internal",
        "fiscal_year": "internal",
        "on": "internal",
        "what": "internal",
        "who": "internal",
        "words": "internal",
        "amount": "internal",
        "answer": "internal",
        "status": "internal",
        "function": "internal",
        "service": "internal",
        "action": "internal",
        "address": "internal",
        "release": "internal",
        "shared": "internal",
        "said_at": "internal",
        "said_by": "personal",
        "withdrawn_at": "internal",
        "withdrawn_by": "personal",
    }

    def __str__(self) -> str:
        return self.what or self.function
