"""Made-up comments with what is personal in them marked: how redaction and urgency are measured."""
