"""What a life experience is, what it lacks, and which of its measures may be compared."""
