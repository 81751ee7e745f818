"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Quarter packages, their checks, OMB review, releases, and the history of reports."""

    name = "cx280.reporting"
    label = "reporting"
