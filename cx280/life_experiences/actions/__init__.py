"""Writes life experiences: OMB decides, agencies propose."""
