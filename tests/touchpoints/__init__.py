"""Tests of the neighbour: Touchpoints' shapes, and the defects it has and cx280 has not."""
