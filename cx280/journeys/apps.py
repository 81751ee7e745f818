"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Journey maps and service blueprints with the evidence on each step."""

    name = "cx280.journeys"
    label = "journeys"
