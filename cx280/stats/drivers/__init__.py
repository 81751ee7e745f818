"""Which parts of a service go with trust or satisfaction: importance with intervals.

>>> patterns = patterns_of({"trust": …, "ease": …, "speed": …}, weights)
>>> analyse(patterns, "trust", ["ease", "speed"]).leading
('ease',)
"""

from cx280.stats.drivers.analysis import Method, analyse
from cx280.stats.drivers.importance import DriverAnalysis, DriverImportance
from cx280.stats.drivers.modes import MixedModes
from cx280.stats.drivers.ordinal import OrdinalCheck, check_order
from cx280.stats.drivers.patterns import Patterns, add_patterns, patterns_of
from cx280.stats.drivers.pooled import NotPooled, PooledAnalysis, pool_services
from cx280.stats.drivers.readiness import TooThin, readiness
from cx280.stats.drivers.taps import TapAnalysis, TappedDriver, analyse_taps

__all__ = [
    "DriverAnalysis",
    "DriverImportance",
    "Method",
    "MixedModes",
    "NotPooled",
    "OrdinalCheck",
    "Patterns",
    "PooledAnalysis",
    "TapAnalysis",
    "TappedDriver",
    "TooThin",
    "add_patterns",
    "analyse",
    "analyse_taps",
    "check_order",
    "patterns_of",
    "pool_services",
    "readiness",
]
