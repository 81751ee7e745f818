"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    """What people answered, and the page on which they answer."""

    name = "cx280.responses"
    label = "responses"
