"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Sampling plans, contact rules and the interactions people are asked about."""

    name = "cx280.delivery"
    label = "delivery"
