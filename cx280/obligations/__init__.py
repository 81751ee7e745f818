"""What each High-Impact Service Provider owes OMB in a year, and how it stands (280.14, 280.16)."""
