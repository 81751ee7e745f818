"""Executive agencies and their organizational units, with dated changes (280.1, 280.9-a1)."""
