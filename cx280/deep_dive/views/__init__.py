"""The pages of talks with OMB."""
