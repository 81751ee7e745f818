"""What may be said about published figures, and how: no database, no clock."""
