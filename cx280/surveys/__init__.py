"""The question document, its frozen versions, and the checks of 280.10."""
