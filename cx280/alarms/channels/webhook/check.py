"""Whether a webhook's address can be posted to."""

from cx280.alarms.channels.web_address import check

__all__ = ["check"]
