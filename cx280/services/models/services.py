"""Services as the public knows them: their partners, channels, roles, tools and customers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.services.models.providers import Hisp
from cx280.services.rules.vocabulary import (
    Channel,
    CustomerType,
    InteractionPath,
    OccasionKind,
    PerformerKind,
    ProcessKind,
    ReviewOutcome,
    TransactionType,
)


@implements("280.4-d4")
class Service(models.Model):
    """The sum of the help a customer gets with one need (280.4-d1): the unit of every measure."""

    # One accountable owner (280.4-d5); partners stand in ServicePartner.
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="services")
    hisp = models.ForeignKey(
        Hisp, on_delete=models.PROTECT, null=True, blank=True, related_name="services"
    )
    code = models.SlugField(max_length=80, unique=True)  # in addresses and files
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    service_type = models.CharField(max_length=30, blank=True)  # a code of the edition, or other
    service_type_reason = models.TextField(blank=True)  # needed for other
    transaction_type = models.CharField(
        max_length=30, choices=TransactionType.choices(), blank=True
    )
    process_kind = models.CharField(max_length=20, choices=ProcessKind.choices(), blank=True)
    # The five-part profile (280.4-g2 … g7); channels, roles and tools are rows of their own.
    occasion_kind = models.CharField(max_length=20, choices=OccasionKind.choices(), blank=True)
    occasion = models.TextField(blank=True)
    offering = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    why_not_digital = models.TextField(blank=True)  # 280.5-a6
    digital_potential = models.TextField(blank=True)  # 280.5-a7
    # A born-digital service keeps an accessible method without a traditional channel (INC-22).
    traditional_exemption = models.TextField(blank=True)
    traditional_exemption_by = models.CharField(max_length=200, blank=True)
    accessible_methods = models.TextField(blank=True)  # 280.6-b2: language, TTY, Section 508
    website = models.URLField(blank=True)
    eligible_population = models.BigIntegerField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)
    simulated = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), "owner", name="a_service_name_is_used_once_by_an_owner"
            ),
            models.CheckConstraint(
                condition=Q(eligible_population__isnull=True) | Q(eligible_population__gte=0),
                name="an_eligible_population_is_not_negative",
            ),
        ]

    exposure = {
        "owner": "public",
        "hisp": "public",
        "code": "public",
        "name": "public",
        "description": "public",
        "service_type": "public",
        "service_type_reason": "public",
        "transaction_type": "public",
        "process_kind": "public",
        "occasion_kind": "public",
        "occasion": "public",
        "offering": "public",
        "outcome": "public",
        "why_not_digital": "public",
        "digital_potential": "public",
        "traditional_exemption": "internal",
        "traditional_exemption_by": "personal",
        "accessible_methods": "public",
        "website": "public",
        "eligible_population": "public",
        "retired_on": "public",
        "simulated": "public",
        "changed_at": "internal",
    }

    def __str__(self) -> str:
        return self.name


class ServicePartner(models.Model):
    """Somebody else who helps deliver a service: a unit here, or anybody by name (280.4-d1)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="partners")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(name=""),
                name="a_partner_is_a_unit_or_has_a_name",
            )
        ]

    exposure = {
        "service": "public",
        "organization": "public",
        "name": "public",
        "contact": "personal",
    }

    def __str__(self) -> str:
        return self.name or str(self.organization)


class ServiceChannel(models.Model):
    """A place through which the service is given, from one day to another (280.4-g5)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="channels")
    channel = models.CharField(max_length=30, choices=Channel.choices())
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)  # the last day, included

    class Meta:
        ordering = ["channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "channel"], name="a_service_lists_a_channel_once"
            )
        ]

    exposure = {
        "service": "public",
        "channel": "public",
        "since": "public",
        "until": "public",
    }

    def __str__(self) -> str:
        return Channel.of(self.channel).label


class ServiceRole(models.Model):
    """A task in the delivery chain and who does it (280.4-g6)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="roles")
    task = models.CharField(max_length=200)
    performer = models.CharField(max_length=20, choices=PerformerKind.choices())

    class Meta:
        ordering = ["id"]

    exposure = {"service": "public", "task": "public", "performer": "public"}

    def __str__(self) -> str:
        return self.task


class ServiceTool(models.Model):
    """A building block of technology the service stands on (280.4-g7)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="tools")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["service", "name"], name="a_service_lists_a_tool_once")
        ]

    exposure = {"service": "public", "name": "public"}

    def __str__(self) -> str:
        return self.name


class ServiceCustomer(models.Model):
    """A kind of customer and the way it meets the service (280.2-a1)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="customers")
    customer_type = models.CharField(max_length=20, choices=CustomerType.choices())
    interaction_path = models.CharField(max_length=30, choices=InteractionPath.choices())

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "customer_type", "interaction_path"],
                name="a_service_lists_a_customer_type_once_for_a_path",
            )
        ]

    exposure = {
        "service": "public",
        "customer_type": "public",
        "interaction_path": "public",
    }

    def __str__(self) -> str:
        return f"{self.customer_type} ({self.interaction_path})"


class ServiceVolume(models.Model):
    """How many customers a service had in a fiscal year, and who says so (280.4-g3)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="volumes")
    fiscal_year = models.PositiveSmallIntegerField()
    channel = models.CharField(
        max_length=30, choices=Channel.choices(), blank=True
    )  # blank: all channels
    customers = models.BigIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["-fiscal_year", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "fiscal_year", "channel"],
                name="one_volume_for_a_service_a_year_and_a_channel",
            ),
            models.CheckConstraint(condition=Q(customers__gte=0), name="a_volume_is_not_negative"),
            models.CheckConstraint(condition=~Q(source=""), name="a_volume_names_its_source"),
        ]

    exposure = {
        "service": "public",
        "fiscal_year": "public",
        "channel": "public",
        "customers": "public",
        "source": "public",
    }

    def __str__(self) -> str:
        return f"{self.customers:,} in FY{self.fiscal_year}"


class ServiceReview(models.Model):
    """That somebody looked whether a service could be given digitally, and the outcome."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="reviews")
    reviewed_on = models.DateField()
    outcome = models.CharField(max_length=20, choices=ReviewOutcome.choices())
    reason = models.TextField(blank=True)
    reviewer = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-reviewed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "reviewed_on"], name="a_service_is_reviewed_once_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="not_feasible") | ~Q(reason=""),
                name="a_review_that_says_not_feasible_says_why",
            ),
        ]

    exposure = {
        "service": "public",
        "reviewed_on": "public",
        "outcome": "public",
        "reason": "public",
        "reviewer": "personal",
    }

    def __str__(self) -> str:
        return ReviewOutcome.of(self.outcome).label
