"""Plans and reports as files that people keep."""
