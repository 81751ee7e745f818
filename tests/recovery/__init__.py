"""Who asked to be contacted: kept apart, read by few, erased soon."""
