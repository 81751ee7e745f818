"""Staff pages: answers as they come in, and answers that staff enter for others."""
