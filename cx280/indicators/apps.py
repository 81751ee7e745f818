"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The register of indicators, and the Annual Performance Plan and Report made of it."""

    name = "cx280.indicators"
    label = "indicators"
