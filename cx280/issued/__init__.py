"""Templates that are issued for a year, as data: what every kind has in common (280.17-g1)."""
