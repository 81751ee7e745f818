"""Rules of research: who took part, when approval is needed, what is stale."""
