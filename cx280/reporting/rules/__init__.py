"""What a quarter package is, when it is late, how it moves on, and what of it the public sees."""
