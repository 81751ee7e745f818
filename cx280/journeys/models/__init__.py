"""What is kept of a journey map above its steps, and its versions."""

from cx280.journeys.models.maps import JourneyMap, StepDetail
from cx280.journeys.models.versions import MapVersion

__all__ = ["JourneyMap", "MapVersion", "StepDetail"]
