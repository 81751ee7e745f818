"""Quarter packages, their checks, OMB review, releases, and the history of reports."""
