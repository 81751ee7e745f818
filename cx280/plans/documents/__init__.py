"""Files made of plans."""
