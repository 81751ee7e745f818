"""The sentences a page opens with: what the figures allow to say, and no more."""
