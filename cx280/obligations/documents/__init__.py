"""Files made of obligations."""
