"""The pages of a quarter: the agency's, OMB's, and the files."""
