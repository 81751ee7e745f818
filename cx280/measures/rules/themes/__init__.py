"""What comments are about: the codebook, matching its cues, learning from corrections, topics."""
