"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Facts recomputed from answers: shares, intervals, comparability, suppression."""

    name = "cx280.measures"
    label = "measures"
