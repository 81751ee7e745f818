"""Comments know the service, day, channel and rating of their response (decision 7)."""

import django.db.models.deletion
from django.db import migrations, models

from cx280.surveys.rules.document import read_document
from cx280.surveys.rules.scales import outcome_of, polarity_of

_BATCH = 1000


def fill(apps, schema_editor):
    """Writes each comment's place from its response, a thousand at a time."""
    Comment = apps.get_model("responses", "Comment")
    SurveyVersion = apps.get_model("surveys", "SurveyVersion")
    outcomes = {}
    comments = Comment.objects.select_related("response__version__survey").order_by("pk")
    last = 0
    while batch := list(comments.filter(pk__gt=last)[:_BATCH]):
        for comment in batch:
            response = comment.response
            if response.version_id not in outcomes:
                document = SurveyVersion.objects.get(pk=response.version_id).document
                outcomes[response.version_id] = outcome_of(read_document(document))
            outcome = outcomes[response.version_id]
            comment.version_id = response.version_id
            comment.service_id = response.version.survey.service_id
            comment.unit_id = response.unit_id
            comment.channel = response.channel
            comment.day = response.day
            comment.received_at = response.received_at
            comment.counted = not response.suspected
            if outcome is not None:
                code = response.answers.get(outcome.id)
                comment.rating = polarity_of(code, outcome.answered_by.value)
        Comment.objects.bulk_update(batch, _PLACES)
        last = batch[-1].pk


_PLACES = [
    "version", "service", "unit", "channel", "day", "received_at", "counted", "rating",
]  # fmt: skip


def _key(to, on_delete, related_name):
    return models.ForeignKey(
        to, on_delete=on_delete, null=True, blank=True, db_index=False, related_name=related_name
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("responses", "0001_initial"),
        ("services", "0001_initial"),
        ("surveys", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "comment",
            "service",
            _key("services.service", django.db.models.deletion.CASCADE, "comments"),
        ),
        migrations.AddField(
            "comment",
            "version",
            _key("surveys.surveyversion", django.db.models.deletion.CASCADE, "+"),
        ),
        migrations.AddField(
            "comment", "unit", _key("agencies.organization", django.db.models.deletion.PROTECT, "+")
        ),
        migrations.AddField("comment", "channel", models.CharField(max_length=30, default="")),
        migrations.AddField("comment", "day", models.DateField(null=True)),
        migrations.AddField("comment", "received_at", models.DateTimeField(null=True)),
        migrations.AddField("comment", "rating", models.CharField(max_length=10, blank=True)),
        migrations.AddField("comment", "counted", models.BooleanField(default=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
