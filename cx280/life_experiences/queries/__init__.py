"""Reads life experiences with the published measures of their services."""
