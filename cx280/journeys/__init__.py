"""Journey maps and service blueprints: drawn, measured, kept by date, exchanged as files."""
