"""The neighbour: what GSA Touchpoints gives programs, in its own shapes, and writing beside it.

An agency can move, or run both: whatever reads Touchpoints' API reads this one. Shapes and names
here are Touchpoints'; everything behind them is ours.
"""
