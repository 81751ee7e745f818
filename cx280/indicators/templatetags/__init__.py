"""`{% load indicators %}`."""
