"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    """Requests to OMB, studies that debit the same ledger, and what burden a service causes."""

    name = "cx280.paperwork"
    label = "paperwork"
