"""How detection was chosen and how good it is: `python -m benchmarks.detection`."""
