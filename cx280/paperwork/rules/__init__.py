"""What a request to OMB says, and how it goes: decided from plain values."""
