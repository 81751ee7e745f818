"""The pages of assessments, templates and registers."""
