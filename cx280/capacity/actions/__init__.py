"""Loads templates, writes answers and registers, signs and hands over."""
