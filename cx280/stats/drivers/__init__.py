"""Which parts of a service go with trust or satisfaction: importance with intervals.

>>> patterns = patterns_of({"trust": …, "ease": …, "speed": …}, weights)
>>> analyse(patterns, "trust", ["ease", "speed"]).leading
('ease',)
"""

from cx280.stats.drivers.analysis import Method, analyse
from cx280.stats.drivers.importance import DriverAnalysis, DriverImportance
from cx280.stats.drivers.patterns import Patterns, add_patterns, patterns_of
from cx280.stats.drivers.readiness import TooThin, readiness

__all__ = [
    "DriverAnalysis",
    "DriverImportance",
    "Method",
    "Patterns",
    "TooThin",
    "add_patterns",
    "analyse",
    "patterns_of",
    "readiness",
]
