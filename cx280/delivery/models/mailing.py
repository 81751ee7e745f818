"""Messages: how a survey sends them, what was handed over, each invitation, and days of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.delivery.models.interactions import Interaction
from cx280.delivery.rules.vocabulary import MessageChannel
from cx280.surveys.models import Survey, SurveyVersion


class Mailing(models.Model):
    """That a survey asks by message, and how."""

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="mailing")
    sender = models.CharField(max_length=100)  # the name that mail programs show
    reminder_hours = models.PositiveSmallIntegerField(default=0)  # after the invitation; 0: none
    is_on = models.BooleanField(default=True)
    by_text = models.BooleanField(default=False)  # to those who agreed to be texted
    text_words = models.JSONField(default=dict, blank=True)  # by language; none: the usual ones
    text_reminder_hours = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(sender=""), name="a_message_has_a_sender"),
        ]

    exposure = {
        "survey": "public",
        "sender": "public",
        "reminder_hours": "public",
        "is_on": "internal",
        "by_text": "internal",
        "text_words": "public",
        "text_reminder_hours": "public",
        "changed_at": "internal",
    }

    def __str__(self) -> str:
        return f"messages of {self.survey}"


class HandOver(models.Model):
    """One file, or one call of a program, with ended interactions; its rows are accounted for."""

    class Source(models.TextChoices):
        UPLOAD = "upload", "Uploaded"
        API = "api", "Sent by a program"
        FOLDER = "folder", "Found in the folder"

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="hand_overs")
    source = models.CharField(max_length=10, choices=Source)
    name = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)  # handed over before
    refused = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)  # [[line, words], …], never what a row held

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["survey", "-received_at"], name="hand_overs_by_survey")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=models.F("accepted") + models.F("known") + models.F("refused")),
                name="every_row_handed_over_is_accounted_for",
            ),
        ]

    exposure = {
        "survey": "internal",
        "source": "internal",
        "name": "internal",
        "received_at": "internal",
        "by": "personal",
        "rows": "internal",
        "accepted": "internal",
        "known": "internal",
        "refused": "internal",
        "findings": "internal",
    }

    def __str__(self) -> str:
        return f"{self.rows} rows handed over"


class Invitation(models.Model):
    """A message about one interaction that was drawn. Its state stands with the interaction.

    address: an address or a number, with what else the person is known by on further lines,
    encrypted; empty as soon as nothing more is to be sent. person: a hash, for complaints that come
    later; emptied on schedule. key: random, names the message to mail systems and providers.
    """

    interaction = models.OneToOneField(
        Interaction, on_delete=models.CASCADE, primary_key=True, related_name="invitation"
    )
    hand_over = models.ForeignKey(
        HandOver, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    key = models.CharField(max_length=32, unique=True)
    address = models.TextField(blank=True)
    person = models.CharField(max_length=32, blank=True)
    time_zone = models.CharField(max_length=40, blank=True)  # as stated; goes with the address
    leave_by = models.DateTimeField()
    not_before = models.DateTimeField(null=True, blank=True)  # a text waits for the morning
    # Nobody else works on it until then; a worker that was killed loses it so.
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    version = models.ForeignKey(
        SurveyVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    lag_minutes = models.PositiveIntegerField(null=True, blank=True)  # from end to message
    remind_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)  # as the provider of texts says
    parts = models.PositiveSmallIntegerField(default=0)  # of texts, reminders too: what is paid for

    class Meta:
        indexes = [
            # Only what is still to be sent, or to be forgotten, has an address: few rows.
            models.Index(
                fields=["leave_by"], condition=~Q(address=""), name="invitations_with_an_address"
            ),
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False, reminded_at__isnull=True),
                name="reminders_to_send",
            ),
            models.Index(
                fields=["sent_at"], condition=~Q(person=""), name="invitations_with_a_person"
            ),
            # Somebody answers a text: which agency wrote to them last?
            models.Index(
                fields=["person"], condition=~Q(person=""), name="invitations_of_a_person"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(sent_at__lte=models.F("leave_by")),
                name="no_message_leaves_too_late",
            ),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=True) | Q(reminded_at__lte=models.F("leave_by")),
                name="no_reminder_leaves_too_late",
            ),
        ]

    exposure = {
        "interaction": "internal",
        "hand_over": "internal",
        "key": "internal",
        "address": "personal",
        "person": "personal",
        "time_zone": "personal",
        "leave_by": "internal",
        "not_before": "internal",
        "leased_until": "internal",
        "tries": "internal",
        "version": "internal",
        "sent_at": "internal",
        "lag_minutes": "internal",
        "remind_at": "internal",
        "reminded_at": "internal",
        "delivered_at": "internal",
        "parts": "internal",
    }

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class SentDay(models.Model):
    """How many messages of a day reached people: what counts as offered (280.10-k4).

    A message that came back or was complained of is taken off again. told: how many of them the
    counts of offers have been told of.
    """

    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(
        max_length=8, choices=MessageChannel.choices(), default=MessageChannel.EMAIL
    )
    day = models.DateField()
    offered = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["day"], condition=~Q(offered=models.F("told")), name="sent_days_to_tell"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "unit", "channel", "day"],
                name="one_count_of_messages_a_day_for_a_unit",
            ),
            models.UniqueConstraint(
                fields=["version", "channel", "day"],
                condition=Q(unit__isnull=True),
                name="one_count_of_messages_a_day_where_no_unit_is_known",
            ),
        ]

    exposure = {
        "version": "internal",
        "unit": "internal",
        "channel": "internal",
        "day": "internal",
        "offered": "internal",
        "told": "internal",
    }

    def __str__(self) -> str:
        return f"{self.version} {self.day}: {self.offered} messages"
