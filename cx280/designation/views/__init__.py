"""The pages of designation."""
