"""Whether a webhook's address can be posted to."""

from cx280.delivery.channels.web_address import check

__all__ = ["check"]
