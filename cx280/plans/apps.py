"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Action Plans with their actions, and the pain points they answer."""

    name = "cx280.plans"
    label = "plans"
