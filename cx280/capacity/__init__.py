"""CX capacity: the yearly assessment or reflection, and the registers it stands on (280.9)."""
