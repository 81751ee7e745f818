"""A simulated agency, so that everything can be tried: believable, deterministic, marked."""
