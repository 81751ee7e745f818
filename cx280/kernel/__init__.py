"""The ground: federal quarters, business days, findings and problems. Standard library only."""
