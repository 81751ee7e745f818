"""Benchmarks: what the budgets promise, measured. `make bench` runs them and prints a table."""
