"""Person, the roles a person holds, one-time links, API keys and written justifications."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from cx280.accounts.rules import Role
from cx280.agencies.models import Organization


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # The subject at an identity provider (OIDC), when the agency signs people in itself.
    outside_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    simulated = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="addresses_differ_by_more_than_case"),
        ]

    exposure = {
        "password": "personal",
        "last_login": "personal",
        "email": "personal",
        "name": "personal",
        "is_active": "internal",
        "joined_at": "internal",
        "outside_id": "personal",
        "simulated": "internal",
    }

    def __str__(self) -> str:
        return self.name or self.email


class Assignment(models.Model):
    """A role held by a person for an organization and everything below it, between two days.

    OMB reviewers and administrators act for the whole government: they have no organization.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=30, choices=[(each.value, each.label) for each in Role])
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day, included

    class Meta:
        ordering = ["role", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="an_assignment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["administrator", "omb_reviewer"], organization__isnull=True)
                | (~Q(role__in=["administrator", "omb_reviewer"]) & Q(organization__isnull=False)),
                name="agency_roles_name_their_organization",
            ),
        ]

    exposure = {
        "person": "personal",
        "role": "internal",
        "organization": "internal",
        "since": "internal",
        "until": "internal",
    }

    def __str__(self) -> str:
        return f"{self.person}: {self.role} for {self.organization or 'the government'}"


class SignInLink(models.Model):
    """A link that signs one person in once; only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    exposure = {
        "person": "personal",
        "digest": "internal",
        "expires_at": "internal",
        "used_at": "internal",
    }

    def __str__(self) -> str:
        return f"link for {self.person} until {self.expires_at:%Y-%m-%d %H:%M}"


class LinkRequest(models.Model):
    """Somebody asked for a sign-in link by e-mail; kept a day, to mail it and to slow askers."""

    email = models.EmailField(db_index=True)
    source = models.CharField(max_length=64, db_index=True)  # digest of the asker's address
    asked_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True, blank=True)

    exposure = {
        "email": "personal",
        "source": "personal",
        "asked_at": "internal",
        "handled_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.email} at {self.asked_at:%Y-%m-%d %H:%M}"


class ApiKey(models.Model):
    """Lets a program act as a person, within that person's roles; only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    exposure = {
        "person": "personal",
        "name": "internal",
        "digest": "internal",
        "created_at": "internal",
        "last_used_on": "internal",
        "revoked_at": "internal",
    }

    def __str__(self) -> str:
        return self.name


class Justification(models.Model):
    """Why a WARN finding was accepted, kept with the thing it was found in."""

    subject = models.CharField(max_length=200)  # `surveys.Survey:12`
    finding = models.CharField(max_length=200)  # Finding.key: rule and place
    text = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "finding"], name="one_justification_for_each_finding"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_justification_has_words"),
        ]

    exposure = {
        "subject": "internal",
        "finding": "internal",
        "text": "internal",
        "person": "personal",
        "written_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.subject} {self.finding}"
