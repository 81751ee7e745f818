"""JobRun: when each job of the worker last ran, and who is running it now."""

from django.db import models


class JobRun(models.Model):
    """One job of the worker. A worker claims it by moving `due_at` forward, compare-and-set."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField(db_index=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    milliseconds = models.PositiveIntegerField(null=True, blank=True)
    failure = models.CharField(
        max_length=500, blank=True
    )  # the last run's; blank when it went well

    exposure = {
        "name": "internal",
        "due_at": "internal",
        "started_at": "internal",
        "finished_at": "internal",
        "milliseconds": "internal",
        "failure": "internal",
    }

    def __str__(self) -> str:
        return self.name
