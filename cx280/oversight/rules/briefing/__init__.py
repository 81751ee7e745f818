"""The slides of a deep dive, each from the facts about its subject."""
