"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, the roles they hold for an organization, and signing in."""

    name = "cx280.accounts"
    label = "accounts"
