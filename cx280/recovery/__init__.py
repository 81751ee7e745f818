"""Service recovery: who asked to be contacted about answers, kept apart from the answers."""
