"""Services a provider put forward, and inventories that were certified."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.services.models.providers import Hisp
from cx280.services.models.services import Service


class Designation(models.Model):
    """A service a HISP proposed for focused work, and OMB's concurrence (280.13-b6, INC-25).

    Drafted by the CX lead, signed by the senior accountable official (280.13-b1): only then is
    it proposed to OMB, and only when OMB concurs does it count.
    """

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="designations")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="designations")
    why = models.TextField(blank=True)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_on = models.DateField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    concurred_on = models.DateField(null=True, blank=True)
    concurred_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["hisp", "service"],
                condition=Q(ended_on__isnull=True),
                name="a_service_is_designated_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(concurred_on__isnull=True) | Q(concurred_on__gte=F("proposed_on")),
                name="omb_concurs_after_the_proposal",
            ),
            models.CheckConstraint(
                condition=Q(concurred_on__isnull=True) | Q(signed_on__isnull=False),
                name="omb_concurs_only_with_what_was_signed",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(signed_on__gte=F("proposed_on")),
                name="a_designation_is_signed_after_it_was_drafted",
            ),
        ]

    exposure = {
        "hisp": "public",
        "service": "public",
        "why": "public",
        "proposed_on": "public",
        "proposed_by": "personal",
        "signed_on": "public",
        "signed_by": "personal",
        "concurred_on": "public",
        "concurred_by": "personal",
        "ended_on": "public",
    }

    def __str__(self) -> str:
        return f"{self.service} for {self.hisp}"


class InventoryCycle(models.Model):
    """One round of listing, reviewing and certifying an agency's services (280.5-a1)."""

    class State(models.TextChoices):
        OPEN = "open", "Bureaus are entering"
        REVIEW = "review", "In review"
        CERTIFIED = "certified", "Certified"

    agency = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="cycles")
    fiscal_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(auto_now_add=True)
    # Who answers for this cycle and is expected to certify it (280.5-a1).
    certifier = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    certified_at = models.DateTimeField(null=True, blank=True)
    certified_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service_count = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of `inventory`
    inventory = models.JSONField(null=True, blank=True)  # the inventory as certified

    class Meta:
        ordering = ["-fiscal_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "fiscal_year"], name="one_inventory_cycle_a_year_for_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "review"])
                | (
                    Q(certified_at__isnull=False)
                    & Q(certified_by__isnull=False)
                    & Q(service_count__isnull=False)
                    & ~Q(digest="")
                ),
                name="a_certificate_says_who_when_how_many_and_what",
            ),
        ]

    exposure = {
        "agency": "public",
        "fiscal_year": "public",
        "state": "public",
        "opened_at": "internal",
        "certifier": "personal",
        "certified_at": "public",
        "certified_by": "personal",
        "service_count": "public",
        "digest": "public",
        "inventory": "public",
    }

    def __str__(self) -> str:
        return f"{self.agency} FY{self.fiscal_year}"
