"""Statistical disclosure control for counts: an attacker, suppression that withstands it, noise.

A `System` holds counts, the sums among them and whatever else is published about them. `attack`
gives the tightest bounds that follow for every hidden count, `broken` those tighter than a rule
allows, `protect` hides more until nothing is broken. `noise` adds the noise of differential
privacy. Works on any counts; knows nothing of surveys.
"""

from cx280.stats.disclosure.attacker import Bounds, attack, broken
from cx280.stats.disclosure.protection import Protection, protect
from cx280.stats.disclosure.shapes import Tree, crossed, line, two_way
from cx280.stats.disclosure.system import Name, Relation, Rule, System, known_mean, known_sum

__all__ = [
    "Bounds",
    "Name",
    "Protection",
    "Relation",
    "Rule",
    "System",
    "Tree",
    "attack",
    "broken",
    "crossed",
    "known_mean",
    "known_sum",
    "line",
    "protect",
    "two_way",
]
