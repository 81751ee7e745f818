"""What an indicator says in a year, how it stands to its target, what a plan lacks."""
