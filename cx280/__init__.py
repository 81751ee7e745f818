"""cx280: customer experience for Federal agencies, as OMB Circular A-11 Section 280 asks."""

__version__ = "0.1.0"
