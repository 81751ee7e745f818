"""Life experiences: what people go through across agencies, led by OMB (280.13-c)."""
