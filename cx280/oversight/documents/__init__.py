"""A briefing as files that people keep and show: slides, tagged PDF, pictures in both."""
