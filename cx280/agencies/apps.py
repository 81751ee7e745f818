"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Executive agencies and their organizational units, with dated changes (280.1, 280.9-a1)."""

    name = "cx280.agencies"
    label = "agencies"
