"""The address at which somebody's calendar reads what they owe."""

from __future__ import annotations

from django.db import models

from cx280.accounts.models import Person


class CalendarFeed(models.Model):
    """A person's feed. Its address is signed over `number`: a new number ends the old address."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    number = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    exposure = {"person": "personal", "number": "internal", "created_at": "internal"}

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
