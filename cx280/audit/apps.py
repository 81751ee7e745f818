"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What was done, by whom, when: append-only and hash-chained."""

    name = "cx280.audit"
    label = "audit"
