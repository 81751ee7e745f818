"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Pages where people look: government, provider, service, today, the public front."""

    name = "cx280.dashboards"
    label = "dashboards"
