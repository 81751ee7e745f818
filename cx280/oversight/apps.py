"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """What OMB looks at across all agencies. It keeps nothing of its own."""

    name = "cx280.oversight"
    label = "oversight"
