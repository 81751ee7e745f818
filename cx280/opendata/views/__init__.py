"""The public pages: the front page, one service, the data and what it means, the rules."""

from cx280.opendata.views.start import front

__all__ = ["front"]
