"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """The inventory of services, their profile and journeys; providers (280.2-280.6, 280.13)."""

    name = "cx280.services"
    label = "services"
