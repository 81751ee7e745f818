"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class ResearchConfig(AppConfig):
    """Studies, usability rounds and insights."""

    name = "cx280.research"
    label = "research"
