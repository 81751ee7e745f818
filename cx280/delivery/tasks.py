"""What the worker does for delivery; each is safe to run twice."""

from datetime import datetime

from cx280.delivery.actions.people import change_secrets


def keep_secrets_young(now: datetime) -> int:
    """How many secrets of persons were changed or destroyed."""
    return change_secrets(now)
