"""Sites: the streams of events the collector may take, each with its M-10-22 terms (280.7-b1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.services.models import Service
from cx280.telemetry.rules.vocabulary import Tier


class Site(models.Model):
    """A website, or a part of one, that tells what its visitors do."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="sites")
    key = models.CharField(max_length=32, unique=True)  # random; stands in the page's script tag
    name = models.CharField(max_length=120)
    origins = models.JSONField(default=list, blank=True)  # ["https://www.example.gov"]; [] is any
    names = models.JSONField(default=list, blank=True)  # event names taken; [] is any well-formed
    properties = models.JSONField(default=list, blank=True)  # property keys taken; [] is none
    queries = models.JSONField(default=list, blank=True)  # query keys kept in addresses; [] is none
    tier = models.PositiveSmallIntegerField(
        choices=[(each.value, each.label) for each in Tier], null=True, blank=True
    )
    purpose = models.TextField(blank=True)
    retention_days = models.PositiveIntegerField(null=True, blank=True)  # of raw events
    opt_out = models.TextField(blank=True)  # how people can say no
    notice_on = models.DateField(null=True, blank=True)  # the 30-day public notice of tier 3
    cio_approver = models.CharField(max_length=200, blank=True)
    enabled = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(enabled=False)
                | (
                    # NULL in a check counts as met; say that there is a value.
                    Q(tier__isnull=False, tier__in=[1, 2, 3])
                    & ~Q(purpose="")
                    & Q(retention_days__isnull=False, retention_days__gte=1)
                ),
                name="an_enabled_site_has_tier_purpose_and_retention",
            ),
            models.CheckConstraint(
                condition=Q(enabled=False)
                | ~Q(tier=3)
                | (Q(notice_on__isnull=False) & ~Q(cio_approver="")),
                name="an_enabled_tier_3_site_has_notice_and_approval",
            ),
        ]

    exposure = {
        "service": "public",
        "key": "public",
        "name": "public",
        "origins": "internal",
        "names": "internal",
        "properties": "internal",
        "queries": "internal",
        "tier": "public",
        "purpose": "public",
        "retention_days": "public",
        "opt_out": "public",
        "notice_on": "public",
        "cio_approver": "personal",
        "enabled": "public",
        "changed_at": "internal",
    }

    def __str__(self) -> str:
        return self.name
