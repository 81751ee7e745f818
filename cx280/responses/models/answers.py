"""Response: what one person answered, stored beside the version that asked."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.delivery.rules.vocabulary import EmbedKind
from cx280.responses.rules.urgency import UrgencyKind
from cx280.services.models import Service
from cx280.services.rules.vocabulary import Channel, CustomerType
from cx280.surveys.models import SurveyVersion


class Response(models.Model):
    """One person's answers. `id` comes from the page's token: the same page sent twice is one row.

    No address, no browser name, no cookie is ever stored.
    """

    class Source(models.TextChoices):
        WEB = "web", "Survey page"
        IMPORT = "import", "Imported"
        KEYED = "keyed", "Keyed from paper"
        PHONE = "phone", "Asked by phone"
        IVR = "ivr", "Answered with the telephone’s keys"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="responses")
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What the link said, when no unit has that code: kept, shown apart, never lost (280.10-q1).
    unknown_unit = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=30, choices=Channel.choices())
    language = models.CharField(max_length=12, default="en")
    day = models.DateField()  # in the time zone of the service's owner
    received_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(null=True, blank=True)  # from page to send
    # {question id: code}: agree5 and stars5 1..5 (5 best), thumbs and yesno 0/1, choice the
    # option's code, choices and tapping a list of codes, number and date as written.
    # A question that was shown and skipped is null; one never shown is absent. Never free text.
    answers = models.JSONField()
    source = models.CharField(max_length=10, choices=Source, default=Source.WEB)
    external_id = models.CharField(max_length=100, blank=True)
    # What the link or the file said of who answered; blank is the public. Federal employees are
    # kept in every score, apart on request, and are no burden on the public (280.2-a2, INC-28).
    customer_type = models.CharField(max_length=20, choices=CustomerType.choices(), blank=True)
    suspected = models.CharField(max_length=60, blank=True)  # why it may be a robot's; not counted
    # The random name of the visit to the website it came from, only where the version's promise
    # says so (280.7-j2), and for 91 days at most. In no export, file, API or release.
    visit = models.CharField(max_length=32, blank=True)
    # The group of the sample its invitation was drawn in, as its link says: for weights.
    stratum = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            # Those that are joined with a visit: few, and never for long.
            models.Index(
                fields=["version", "day"], condition=~Q(visit=""), name="responses_with_a_visit"
            ),
            # Facts are recomputed by version and day; with the unit, the share of answers
            # coded by unit is read from the index alone.
            models.Index(fields=["version", "day", "unit"]),
            # What came in since the last look.
            models.Index(fields=["received_at"]),
            # The quarantine page: only the few whose unit nobody knows.
            models.Index(
                fields=["version", "unknown_unit"],
                condition=~Q(unknown_unit=""),
                name="responses_in_quarantine",
            ),
            # What was set apart as a robot's: few, and asked for on every page of figures.
            models.Index(
                fields=["version", "suspected"],
                condition=~Q(suspected=""),
                name="responses_set_apart",
            ),
            # Federal employees: few, and left out of the burden on every page that counts it.
            models.Index(
                fields=["version", "day"],
                condition=Q(customer_type="federal_employee"),
                name="responses_of_employees",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "external_id"],
                condition=~Q(external_id=""),
                name="an_imported_response_is_stored_once",
            ),
            models.CheckConstraint(
                condition=Q(unknown_unit="") | Q(unit__isnull=True),
                name="a_response_has_a_unit_or_an_unknown_code_not_both",
            ),
            models.CheckConstraint(
                condition=Q(visit="") | Q(source="web"),
                name="only_an_answer_from_a_survey_page_has_a_visit",
            ),
        ]

    exposure = {
        "id": "internal",
        "version": "internal",
        "unit": "internal",
        "unknown_unit": "internal",
        "channel": "internal",
        "language": "internal",
        "day": "internal",
        "received_at": "internal",
        "seconds": "internal",
        "answers": "internal",
        "source": "internal",
        "external_id": "internal",
        "customer_type": "internal",
        "suspected": "internal",
        "visit": "personal",
        "stratum": "internal",
    }

    def __str__(self) -> str:
        return f"response {self.id}"


class Comment(models.Model):
    """Somebody's words, with what could name a person already taken out.

    Where, when and how its response was given stands here once more, so that the comments of a
    service are found without reading its answers (decision 7). `place_comments` keeps them alike.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="comments")
    question = models.CharField(max_length=60)  # the question's id
    text = models.TextField()  # redacted
    redactions = models.PositiveSmallIntegerField(default=0)  # how many places were taken out
    language = models.CharField(max_length=12, default="en")
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, db_index=False, related_name="comments"
    )
    version = models.ForeignKey(
        SurveyVersion, on_delete=models.CASCADE, db_index=False, related_name="+"
    )
    unit = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )
    channel = models.CharField(max_length=30, choices=Channel.choices())
    day = models.DateField()
    received_at = models.DateTimeField()
    # Which way trust, else satisfaction, was rated: high, middle, low; "" when it was not.
    rating = models.CharField(max_length=10, blank=True)
    counted = models.BooleanField(default=True)  # not while set apart as a robot's

    class Meta:
        indexes = [
            # The comments page and the service page: a quarter of a service, newest first.
            models.Index(
                fields=["service", "counted", "-day", "-received_at"], name="comments_of_a_service"
            ),
            # Today: how many people who rated low wrote this week.
            models.Index(fields=["service", "counted", "rating", "day"], name="comments_by_rating"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question"], name="one_comment_for_a_question_in_a_response"
            )
        ]

    exposure = {
        "response": "internal",
        "question": "internal",
        "text": "personal",
        "redactions": "internal",
        "language": "internal",
        "service": "internal",
        "version": "internal",
        "unit": "internal",
        "channel": "internal",
        "day": "internal",
        "received_at": "internal",
        "rating": "internal",
        "counted": "internal",
    }

    def __str__(self) -> str:
        return f"comment on {self.question}"


class Concern(models.Model):
    """A comment that cannot wait, and what was done about it. Found when it is stored."""

    class State(models.TextChoices):
        NEW = "new", "Nobody has it yet"
        SEEN = "seen", "Somebody has it"
        HANDLED = "handled", "Handled"

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="concern")
    kind = models.CharField(max_length=10, choices=UrgencyKind.choices())
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    seen_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)  # what was done, in the words of who did it
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-found_at", "pk"]
        indexes = [
            # Few are open at a time: the page, the need on Today and the mail ask for these.
            models.Index(
                fields=["found_at"], condition=~Q(state="handled"), name="concerns_that_are_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="handled")
                | Q(handled_by__isnull=False, handled_at__isnull=False) & ~Q(note=""),
                name="a_handled_concern_says_who_when_and_what",
            ),
        ]

    exposure = {
        "comment": "internal",
        "kind": "internal",
        "found_at": "internal",
        "state": "internal",
        "seen_by": "personal",
        "seen_at": "internal",
        "handled_by": "personal",
        "handled_at": "internal",
        "note": "personal",
        "mailed_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.kind} found {self.found_at:%Y-%m-%d}"


class ConcernContact(models.Model):
    """Who is told at once of comments on a service that cannot wait: a person or a mailbox."""

    service = models.OneToOneField(
        Service, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    organization = models.OneToOneField(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(service__isnull=True, organization__isnull=False)
                | Q(service__isnull=False, organization__isnull=True),
                name="a_contact_is_for_a_service_or_an_organization",
            ),
        ]

    exposure = {
        "service": "internal",
        "organization": "internal",
        "name": "personal",
        "email": "personal",
    }

    def __str__(self) -> str:
        return self.name


class OfferCount(models.Model):
    """How many people were offered a survey and how many began it, by day (INC-33).

    `offered` stays null for a plain link: nobody knows how many saw it. Where a website shows the
    survey (`embed`), it is known how many gave a first answer, and how many sent it, too.
    """

    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="offers")
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=30, choices=Channel.choices())
    day = models.DateField()
    offered = models.PositiveIntegerField(null=True, blank=True)
    started = models.PositiveIntegerField(null=True, blank=True)  # opened its page
    embed = models.CharField(max_length=10, choices=EmbedKind.choices(), blank=True)
    began = models.PositiveIntegerField(null=True, blank=True)  # gave a first answer there
    finished = models.PositiveIntegerField(null=True, blank=True)  # sent it from there

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "unit", "channel", "day", "embed"],
                name="one_offer_count_a_day_for_a_unit_channel_and_embed",
            ),
            models.UniqueConstraint(
                fields=["version", "channel", "day", "embed"],
                condition=Q(unit__isnull=True),
                name="one_offer_count_a_day_and_embed_without_a_unit",
            ),
        ]

    exposure = {
        "version": "internal",
        "unit": "internal",
        "channel": "internal",
        "day": "internal",
        "offered": "internal",
        "started": "internal",
        "embed": "internal",
        "began": "internal",
        "finished": "internal",
    }

    def __str__(self) -> str:
        return f"{self.version} {self.day}: {self.offered} offered, {self.started} started"


class ReachCount(models.Model):
    """Pages opened by language and group of the sample, and how long after the end people answer.

    Only ever added to, and kept beside no answer. kind: language and stratum, by day; answered, by
    quarter: value is then the hours from the end of the interaction, rounded up.
    """

    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=60, blank=True)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "day", "value"], name="one_reach_count_a_day_for_a_value"
            ),
        ]

    exposure = {
        "version": "internal",
        "day": "internal",
        "kind": "internal",
        "value": "internal",
        "people": "internal",
    }

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.value}: {self.people}"


class UnitAlias(models.Model):
    """Another code for a unit, as links on old posters and files of other systems write it."""

    agency = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)
    unit = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="aliases")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code"], name="an_alias_means_one_unit_in_an_agency"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="an_alias_has_a_code"),
        ]

    exposure = {
        "agency": "internal",
        "code": "internal",
        "unit": "internal",
        "created_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.code} means {self.unit}"
