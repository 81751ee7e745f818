"""Template tags of answers."""
