"""Tells Django that this folder is an application: it stores when jobs ran."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Settings, addresses, wiring, the worker's jobs."""

    name = "cx280.site"
    label = "site"
