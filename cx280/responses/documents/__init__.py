"""Files made of responses."""
