"""What the figures mean: scores, what may be compared with what, what is too small to show."""
