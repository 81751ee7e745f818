"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """How cx280 looks: base templates, charts as SVG, tables, forms and downloads."""

    name = "cx280.pages"
    label = "pages"
