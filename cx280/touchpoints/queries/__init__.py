"""Reads what the neighbour tells: services and providers, quarters and surveys in them, answers."""
