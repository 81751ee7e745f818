"""Template tags: `{% load cx280 %}`."""
