"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class ClearanceConfig(AppConfig):
    """OMB's permission to ask the public, its expiry and its burden ledger (280.11)."""

    name = "cx280.clearance"
    label = "clearance"
