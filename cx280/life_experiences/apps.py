"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class LifeExperiencesConfig(AppConfig):
    """Groups of services across agencies, with lead, members, charter and milestones."""

    name = "cx280.life_experiences"
    label = "life_experiences"
