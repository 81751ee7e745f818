"""Reviews of digital delivery, and the kind of interaction of each touchpoint."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def take_the_services_kind(apps: Any, _editor: Any) -> None:  # noqa: ANN401
    """A touchpoint drawn before it had a kind of its own has the kind of its service."""
    steps = apps.get_model("services", "JourneyStep").objects.filter(
        Q(stage="process") | ~Q(channel="")
    )
    for step in steps.select_related("journey__service"):
        step.transaction_type = step.journey.service.transaction_type
        step.save(update_fields=["transaction_type"])


class Migration(migrations.Migration):
    dependencies = [("services", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="journeystep",
            name="transaction_type",
            field=models.CharField(
                blank=True,
                choices=[
                    ("apply", "Applying for a benefit or loan"),
                    ("receive", "Receiving a service"),
                    ("request", "Requesting a document"),
                    ("comply", "Complying with a rule or regulation"),
                    ("use", "Using a public resource"),
                    ("seek", "Seeking information"),
                ],
                max_length=30,
            ),
        ),
        migrations.RunPython(take_the_services_kind, migrations.RunPython.noop),
        migrations.CreateModel(
            name="ServiceReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reviewed_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("keep", "Keep it as it is"),
                            ("digitise", "Give more of it digitally"),
                            ("not_feasible", "Digital delivery is not feasible"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("reviewer", models.CharField(blank=True, max_length=200)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="services.service",
                    ),
                ),
            ],
            options={
                "ordering": ["-reviewed_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "reviewed_on"), name="a_service_is_reviewed_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=~Q(outcome="not_feasible") | ~Q(reason=""),
                        name="a_review_that_says_not_feasible_says_why",
                    ),
                ],
            },
        ),
    ]
