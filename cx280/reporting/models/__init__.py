"""Quarter packages with their versions and reviews, reported rows, and immutable releases."""

from cx280.reporting.models.packages import (
    ApiHandover,
    Package,
    PackageIndicator,
    PackageVersion,
    Review,
)
from cx280.reporting.models.releases import NoiseSetting, Release, ReleaseCounter
from cx280.reporting.models.reported import ReportedQuestion, ReportedRow

__all__ = [
    "ApiHandover",
    "NoiseSetting",
    "Package",
    "PackageIndicator",
    "PackageVersion",
    "Release",
    "ReleaseCounter",
    "ReportedQuestion",
    "ReportedRow",
    "Review",
]
