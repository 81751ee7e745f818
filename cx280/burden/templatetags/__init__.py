"""Template tags of burden."""
