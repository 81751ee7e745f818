"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """The question document, its frozen versions, and the checks of 280.10."""

    name = "cx280.surveys"
    label = "surveys"
