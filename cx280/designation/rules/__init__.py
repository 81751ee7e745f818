"""Decides on proposals: how services rank, what is missing, which move may follow."""
