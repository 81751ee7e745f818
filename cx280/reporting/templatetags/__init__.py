"""The words that the templates of reporting use."""
