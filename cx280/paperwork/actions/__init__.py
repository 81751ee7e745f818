"""Writes of this folder: requests, their steps, studies and what they found."""
