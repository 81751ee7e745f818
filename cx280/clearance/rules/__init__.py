"""What the Paperwork Reduction Act asks before the public is asked: decided from plain values."""

from cx280.clearance.rules.force import Standing, days_left, is_in_force, last_day, standing

__all__ = ["Standing", "days_left", "is_in_force", "last_day", "standing"]
