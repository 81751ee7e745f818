"""Pages: whom a survey asks, its plan, the agency's contact rules."""
