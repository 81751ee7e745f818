"""Reads what requests need: what is known, the packet, lists."""
