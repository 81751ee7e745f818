"""Decides about journeys from its arguments alone."""
