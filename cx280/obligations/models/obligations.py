"""One thing owed to OMB by a day, what was handed in for it, and the reminders sent."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.circular.deadlines import Due
from cx280.obligations.rules.vocabulary import Scope
from cx280.services.models import Hisp, Service

_WHOLE = [Scope.ENTERPRISE.value, Scope.AGENCY.value]


class Obligation(models.Model):
    """Something a provider, or an agency, owes for one period, with its days by the edition.

    Made once, and kept when the provider or the service no longer owes it: how it stands is worked
    out from what was handed in, never stored.
    """

    hisp = models.ForeignKey(
        Hisp, on_delete=models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    # The agency, for what is no provider's: its own yearly reflection (280.9-g1).
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    # Null for what the provider owes as a whole.
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    scope = models.CharField(max_length=10, choices=Scope.choices())
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    period = models.CharField(max_length=10)  # FY2022 or FY2022 Q1
    fiscal_year = models.PositiveSmallIntegerField()
    due = models.DateField()
    rule_date = models.DateField()
    act_by = models.DateField()
    published = models.BooleanField()
    source = models.CharField(max_length=20)
    edition = models.CharField(max_length=10)
    before_edition = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due", "code", "service__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["hisp", "service", "code", "period"],
                condition=Q(service__isnull=False),
                name="a_service_owes_a_thing_once_a_period",
            ),
            models.UniqueConstraint(
                fields=["hisp", "code", "period"],
                condition=Q(service__isnull=True),
                name="a_provider_owes_a_thing_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(scope__in=_WHOLE, service__isnull=True)
                | (~Q(scope__in=_WHOLE) & Q(service__isnull=False)),
                name="what_a_service_owes_names_the_service",
            ),
            models.UniqueConstraint(
                fields=["organization", "code", "period"],
                condition=Q(hisp__isnull=True),
                name="an_agency_owes_a_thing_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(hisp__isnull=False, organization__isnull=True)
                | Q(hisp__isnull=True, organization__isnull=False),
                name="an_obligation_is_a_provider_s_or_an_agency_s",
            ),
        ]
        indexes = [models.Index(fields=["fiscal_year", "hisp"])]

    exposure = {
        "hisp": "public",
        "organization": "public",
        "service": "public",
        "scope": "public",
        "code": "public",
        "name": "public",
        "period": "public",
        "fiscal_year": "public",
        "due": "public",
        "rule_date": "public",
        "act_by": "public",
        "published": "public",
        "source": "public",
        "edition": "public",
        "before_edition": "public",
        "created_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.name}, {self.whose}, {self.period}"

    @property
    def whose(self) -> str:
        """The service it is owed for, or the provider, or the agency."""
        return self.service.name if self.service is not None else self.whole.name

    @property
    def whole(self) -> Hisp | Organization:
        """The provider, or the agency where no provider owes it."""
        found = self.hisp or self.organization
        assert found is not None  # noqa: S101  a constraint of the table
        return found

    @property
    def owner(self) -> Organization:
        """The unit whose people do it: the provider's, or the agency."""
        return self.whole.organization if isinstance(self.whole, Hisp) else self.whole

    @property
    def days(self) -> Due:
        """The days with where they come from, as the edition gave them."""
        return Due(
            obligation=self.code,
            name=self.name,
            scope=self.scope,
            period=self.period,
            due=self.due,
            rule_date=self.rule_date,
            act_by=self.act_by,
            published=self.published,
            source=self.source,
            edition=self.edition,
            before_edition=self.before_edition,
        )


class Submission(models.Model):
    """What somebody says was handed in to OMB outside of this system, and when.

    Withdrawn when it was a mistake, never deleted.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="submissions")
    submitted_on = models.DateField()
    document = models.CharField(max_length=200)
    address = models.URLField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_submission_stands_for_an_obligation",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(signed_at__gte=F("recorded_at")),
                name="a_submission_is_signed_after_it_was_recorded",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="a_submission_is_withdrawn_for_a_reason",
            ),
        ]

    exposure = {
        "obligation": "public",
        "submitted_on": "public",
        "document": "internal",
        "address": "internal",
        "recorded_at": "internal",
        "recorded_by": "personal",
        "signed_at": "internal",
        "signed_by": "personal",
        "withdrawn_at": "internal",
        "withdrawn_by": "personal",
        "withdrawn_because": "internal",
    }

    def __str__(self) -> str:
        return f"{self.document}, {self.submitted_on}"


class Reminder(models.Model):
    """One reminder that was sent; so it is not sent again."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=20)
    sent_on = models.DateField()
    people = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["sent_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "step"], name="a_reminder_is_sent_once")
        ]

    exposure = {
        "obligation": "public",
        "step": "internal",
        "sent_on": "internal",
        "people": "internal",
    }

    def __str__(self) -> str:
        return f"{self.step} on {self.sent_on}"
