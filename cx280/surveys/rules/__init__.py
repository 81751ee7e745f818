"""What a survey document is and what can be told from it alone."""
