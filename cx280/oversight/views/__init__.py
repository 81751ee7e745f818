"""OMB's pages over all agencies."""
