"""OMB's console: all agencies at once, and the briefing of a deep dive."""
