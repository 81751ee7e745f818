"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    """Releases for anyone to read, without a key."""

    name = "cx280.opendata"
    label = "opendata"
