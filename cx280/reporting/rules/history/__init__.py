"""Reports of earlier quarters: their file shapes, what their questions measure, their defects."""
