"""Reports of earlier quarters in the record: stored with their findings, written back lossless."""
