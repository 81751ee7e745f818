"""Design-based estimates: hand-worked samples, identities, and R's survey."""
