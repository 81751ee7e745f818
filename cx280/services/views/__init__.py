"""The pages of services; each file is one page and what it posts to."""
