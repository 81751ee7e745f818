"""The pages of life experiences."""
