"""Services put forward, why, and what OMB says."""
