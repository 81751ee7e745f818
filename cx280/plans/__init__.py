"""CX Action Plans: what a provider commits to improve, why, by when, what came of it (280.17)."""
