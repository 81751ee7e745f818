"""Services as the public knows them, their channels, journeys, providers and certification."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.services.rules.vocabulary import (
    Channel,
    CustomerType,
    InteractionPath,
    OccasionKind,
    PerformerKind,
    ProcessKind,
    Stage,
    TransactionType,
)


class Hisp(models.Model):
    """A High-Impact Service Provider, as OMB designated it, for as long as it did (280.13-a1)."""

    class Reason(models.TextChoices):
        LARGE_BASE = "large_base", "Large customer base"
        HIGH_IMPACT = "high_impact", "High impact on those served"
        BOTH = "both", "Both"

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="hisps")
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    designated_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    # A newly designated provider without capacity says from which quarter it will report
    # (280.16-b1).
    target_quarter = models.CharField(max_length=10, blank=True)
    source_url = models.URLField(blank=True)
    retrieved_on = models.DateField(null=True, blank=True)
    description = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(designated_on__isnull=True)
                | Q(ended_on__gte=F("designated_on")),
                name="a_hisp_ends_after_it_was_designated",
            )
        ]

    exposure = {
        "code": "public",
        "name": "public",
        "organization": "public",
        "reason": "public",
        "designated_on": "public",
        "ended_on": "public",
        "target_quarter": "public",
        "source_url": "public",
        "retrieved_on": "public",
        "description": "public",
        "simulated": "public",
    }

    def __str__(self) -> str:
        return self.name


class HispChange(models.Model):
    """A change of a provider's name, or a designation that ended, with its day (280.13-a2)."""

    class Field(models.TextChoices):
        NAME = "name", "Name"
        # before: the days of an earlier designation, as `2018-10-01/2020-09-30`.
        PERIOD = "period", "Earlier designation"

    hisp = models.ForeignKey(Hisp, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=10, choices=Field)
    before = models.CharField(max_length=200)
    after = models.CharField(max_length=200, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["effective_on", "id"]

    exposure = {
        "hisp": "public",
        "field": "public",
        "before": "public",
        "after": "public",
        "effective_on": "public",
        "recorded_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.field}: {self.before} → {self.after} ({self.effective_on})"


class HispList(models.Model):
    """One version of OMB's list as it was read: where, when, and what it changed (280.13-a3)."""

    effective_on = models.DateField()
    source_url = models.URLField()
    retrieved_on = models.DateField()
    entries = models.JSONField()  # the list itself, row by row
    difference = models.JSONField()  # added, removed, renamed, against the list before
    imported_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-effective_on", "-id"]

    exposure = {
        "effective_on": "public",
        "source_url": "public",
        "retrieved_on": "public",
        "entries": "public",
        "difference": "public",
        "imported_by": "personal",
        "imported_at": "internal",
    }

    def __str__(self) -> str:
        return f"list of {self.effective_on}"


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


class Journey(models.Model):
    """The customer's way through a service, from the occasion to the outcome (280.4-a1)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="journeys")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "name"], name="a_service_names_a_journey_once"
            )
        ]

    exposure = {"service": "public", "name": "public"}

    def __str__(self) -> str:
        return self.name


class JourneyStep(models.Model):
    """One step of a journey; a moment that matters is flagged with its reason (INC-41)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    stage = models.CharField(max_length=10, choices=Stage.choices())
    channel = models.CharField(max_length=30, choices=Channel.choices(), blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_moment_that_matters = models.BooleanField(default=False)
    moment_reason = models.TextField(blank=True)
    # The blueprint under the step (280.4-a2, 280.4-b2); its systems are tools of the service.
    front_stage = models.TextField(blank=True)  # what staff do that the customer sees
    back_stage = models.TextField(blank=True)  # what happens behind
    policy = models.TextField(blank=True)
    tools = models.ManyToManyField(ServiceTool, blank=True, related_name="steps")

    class Meta:
        ordering = ["journey", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "position"], name="journey_steps_stand_in_one_order"
            ),
            models.CheckConstraint(
                condition=Q(is_moment_that_matters=False) | ~Q(moment_reason=""),
                name="a_moment_that_matters_says_why",
            ),
        ]

    exposure = {
        "journey": "public",
        "position": "public",
        "name": "public",
        "stage": "public",
        "channel": "public",
        "organization": "public",
        "is_moment_that_matters": "public",
        "moment_reason": "public",
        "front_stage": "public",
        "back_stage": "public",
        "policy": "public",
        "tools": "public",
    }

    def __str__(self) -> str:
        return self.name


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
