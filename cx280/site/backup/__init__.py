"""A copy of everything, made while the system runs, and the way back from it.

What the moment of a backup means. Everything acknowledged before it began is in it; what came
while it was made may be. The order is what makes it one:

1. events kept apart, their buffer before their table; 2. the buffer; 3. the lake; 4. the record.

An event moves from the buffer to the lake. The buffer is copied first, so what leaves it
meanwhile is in the lake's copy, and the lake knows by number what it has: nothing is lost,
nothing doubled. The record comes last, so every event belongs to a site it knows; what it notes of
events that came after the lake was copied (figures, first days) is counted again by the worker.
"""
