"""Which services a provider puts forward each year, why, and who was asked."""
