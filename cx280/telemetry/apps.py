"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class TelemetryConfig(AppConfig):
    """What customers do on digital channels: the plan, the sites, the flows, the answers."""

    name = "cx280.telemetry"
    label = "telemetry"
