"""Rules of the organization tree and of the file it is exchanged in."""
