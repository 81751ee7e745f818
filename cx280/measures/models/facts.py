"""Facts: counts recomputed from answers, so that a page never has to read the answers."""

from __future__ import annotations

from django.db import models

from cx280.agencies.models import Organization
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion


class DayCount(models.Model):
    """What was answered on one day in one unit over one channel: what the quarters are made of.

    Only cells that have answers exist. Rows are recounted from the responses and replaced.
    """

    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()  # in the time zone of the service's owner
    unit = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )  # null: no unit was named, or an unknown one
    channel = models.CharField(max_length=30)
    completed = models.PositiveIntegerField()
    suspected = models.PositiveIntegerField(default=0)  # held back as a robot's: not in `counts`
    # {"seconds": {"35": 2}, "questions": {"trust": [shown, answered, {code: n}]}, "patterns":
    # {"": {"554-": 3}}}; the drivers tapped under a rating stand once more by where it points:
    # "why@high". Patterns: see PatternFact.
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "day", "unit", "channel"],
                name="one_count_for_a_day_a_unit_and_a_channel",
            ),
            models.UniqueConstraint(
                fields=["version", "day", "channel"],
                condition=models.Q(unit__isnull=True),
                name="one_count_for_a_day_and_a_channel_without_a_unit",
            ),
        ]

    exposure = {
        "version": "internal",
        "day": "internal",
        "unit": "internal",
        "channel": "internal",
        "completed": "internal",
        "suspected": "internal",
        "counts": "internal",
    }

    def __str__(self) -> str:
        return f"{self.day}: {self.completed} answers"


class Fact(models.Model):
    """How often each code of one question was given in one quarter.

    A row exists for every unit and channel seen, and once more with `unit` null for all units
    and `channel` "" for all channels. Rows are recomputed and replaced, never added to.
    """

    starts_on = models.DateField()  # the first day of the quarter
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=30, blank=True)
    # A question's id; "" counts whole responses (counts = {"all": n}).
    question = models.CharField(max_length=60, blank=True)
    # Tapped drivers, by where the rating above points: high, middle, low; "" for all.
    polarity = models.CharField(max_length=10, blank=True)
    counts = models.JSONField()  # {code: n}; codes as in Response.answers
    shown = models.PositiveIntegerField()  # responses in which the question was on the screen
    answered = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "starts_on", "unit", "channel", "question", "polarity"],
                name="one_fact_for_a_quarter_a_unit_a_channel_and_a_question",
            ),
            models.UniqueConstraint(
                fields=["version", "starts_on", "channel", "question", "polarity"],
                condition=models.Q(unit__isnull=True),
                name="one_fact_for_all_units_of_a_quarter_a_channel_and_a_question",
            ),
        ]
        indexes = [
            # The service page: every quarter of one question, all units, all channels.
            models.Index(fields=["service", "unit", "channel", "question", "starts_on"]),
            # The units page and the filters: one quarter of one service.
            models.Index(fields=["service", "starts_on", "question"]),
        ]

    exposure = {
        "starts_on": "internal",
        "service": "internal",
        "version": "internal",
        "unit": "internal",
        "channel": "internal",
        "question": "internal",
        "polarity": "internal",
        "counts": "internal",
        "shown": "internal",
        "answered": "internal",
    }

    def __str__(self) -> str:
        return f"{self.starts_on} {self.question or 'responses'}"


class PatternFact(models.Model):
    """Which answers stood together in one response, counted: what drives an outcome follows
    from these, so that no page reads the answers.

    Rows exist for the same places as of `Fact`, and are recomputed and replaced with them.
    """

    starts_on = models.DateField()  # the first day of the quarter
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=30, blank=True)
    # The question in which drivers are tapped; "" for outcomes and drivers asked on a scale.
    tapped = models.CharField(max_length=60, blank=True)
    columns = models.JSONField()  # ids of the ratings, then "why=ease" for what could be tapped
    patterns = models.JSONField()  # {"554-.": n}: one character for each column
    digest = models.CharField(max_length=32)  # of the patterns: whether a result is still theirs
    answers = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "starts_on", "unit", "channel", "tapped"],
                name="one_pattern_fact_for_a_quarter_a_unit_and_a_channel",
            ),
            models.UniqueConstraint(
                fields=["version", "starts_on", "channel", "tapped"],
                condition=models.Q(unit__isnull=True),
                name="one_pattern_fact_for_all_units_of_a_quarter_and_a_channel",
            ),
        ]
        indexes = [models.Index(fields=["service", "unit", "channel", "starts_on"])]

    exposure = {
        "starts_on": "internal",
        "service": "internal",
        "version": "internal",
        "unit": "internal",
        "channel": "internal",
        "tapped": "internal",
        "columns": "internal",
        "patterns": "internal",
        "digest": "internal",
        "answers": "internal",
    }

    def __str__(self) -> str:
        return f"{self.starts_on}: {self.answers} answers"


class DriverResult(models.Model):
    """What goes with an outcome over some quarters, worked out by the worker for a page to read.

    `result` holds for the patterns it was made from, and for an hour after they changed.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )  # with all below it; null: all units
    channel = models.CharField(max_length=30, blank=True)
    starts_on = models.DateField()  # the first day of the last quarter
    quarters = models.PositiveSmallIntegerField()  # how many, that one included
    outcome = models.CharField(max_length=20)  # trust or satisfaction
    made_from = models.CharField(max_length=32)  # the digest of the patterns
    made_at = models.DateTimeField()
    result = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "unit", "channel", "starts_on", "quarters", "outcome"],
                name="one_driver_result_for_a_unit_an_outcome_and_a_period",
            ),
            models.UniqueConstraint(
                fields=["service", "channel", "starts_on", "quarters", "outcome"],
                condition=models.Q(unit__isnull=True),
                name="one_driver_result_for_all_units_an_outcome_and_a_period",
            ),
        ]

    exposure = {
        "service": "internal",
        "unit": "internal",
        "channel": "internal",
        "starts_on": "internal",
        "quarters": "internal",
        "outcome": "internal",
        "made_from": "internal",
        "made_at": "internal",
        "result": "internal",
    }

    def __str__(self) -> str:
        return f"{self.outcome} up to {self.starts_on}"


class TypeResult(models.Model):
    """What goes with an outcome over services of one type, worked out by the worker."""

    service_type = models.CharField(max_length=40)
    services = models.CharField(max_length=32)  # a digest of which services: all, or an agency's
    starts_on = models.DateField()  # the first day of the last quarter of the year
    outcome = models.CharField(max_length=20)
    made_from = models.CharField(max_length=32)  # the digest of the patterns
    made_at = models.DateTimeField()
    result = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service_type", "services", "starts_on", "outcome"],
                name="one_type_result_for_services_an_outcome_and_a_year",
            )
        ]

    exposure = {
        "service_type": "internal",
        "services": "internal",
        "starts_on": "internal",
        "outcome": "internal",
        "made_from": "internal",
        "made_at": "internal",
        "result": "internal",
    }

    def __str__(self) -> str:
        return f"{self.service_type}: {self.outcome} up to {self.starts_on}"


class OfferFact(models.Model):
    """Offered, started and completed in one quarter; offered null where nobody knows (INC-33)."""

    starts_on = models.DateField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=30, blank=True)
    offered = models.PositiveIntegerField(null=True, blank=True)
    started = models.PositiveIntegerField(null=True, blank=True)
    completed = models.PositiveIntegerField()
    median_seconds = models.FloatField(null=True, blank=True)
    p90_seconds = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "starts_on", "unit", "channel"],
                name="one_offer_fact_for_a_quarter_a_unit_and_a_channel",
            ),
            models.UniqueConstraint(
                fields=["version", "starts_on", "channel"],
                condition=models.Q(unit__isnull=True),
                name="one_offer_fact_for_all_units_of_a_quarter_and_a_channel",
            ),
        ]
        indexes = [models.Index(fields=["service", "starts_on"])]

    exposure = {
        "starts_on": "internal",
        "service": "internal",
        "version": "internal",
        "unit": "internal",
        "channel": "internal",
        "offered": "internal",
        "started": "internal",
        "completed": "internal",
        "median_seconds": "internal",
        "p90_seconds": "internal",
    }

    def __str__(self) -> str:
        return f"{self.starts_on}: {self.completed} answers"


class ReachFact(models.Model):
    """How the answers of one quarter to one version reached us: the page of a survey's reach.

    counts: {"language": {"es": 12}, "stratum": …, "source": …, "done": {"complete": 900}, "last":
    {"ease": 3} (the last question answered, "" for comments alone), "seconds": {"35": 4}}; the
    seconds are rounded up, see `rounded_seconds`.
    """

    starts_on = models.DateField()  # the first day of the quarter
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="+")
    completed = models.PositiveIntegerField()
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "starts_on"], name="one_reach_fact_for_a_version_and_a_quarter"
            ),
        ]

    exposure = {
        "starts_on": "internal",
        "version": "internal",
        "completed": "internal",
        "counts": "internal",
    }

    def __str__(self) -> str:
        return f"{self.starts_on}: how {self.completed} answers came"


class Refresh(models.Model):
    """How far the facts have been brought up: one row, whose lock keeps two workers apart."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    # Responses received up to here are counted; a little overlap is looked at each time.
    counted_to = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_refresh_row")
        ]

    exposure = {"id": "internal", "counted_to": "internal", "finished_at": "internal"}

    def __str__(self) -> str:
        return f"counted to {self.counted_to}"
