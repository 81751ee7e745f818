"""Services as the public knows them, their channels, journeys, providers and certification."""

from cx280.services.models.designations import Designation, InventoryCycle
from cx280.services.models.journeys import Journey, JourneyStep
from cx280.services.models.providers import Hisp, HispChange, HispList
from cx280.services.models.services import (
    Service,
    ServiceChannel,
    ServiceCustomer,
    ServicePartner,
    ServiceReview,
    ServiceRole,
    ServiceTool,
    ServiceVolume,
)

__all__ = [
    "Designation",
    "Hisp",
    "HispChange",
    "HispList",
    "InventoryCycle",
    "Journey",
    "JourneyStep",
    "Service",
    "ServiceChannel",
    "ServiceCustomer",
    "ServicePartner",
    "ServiceReview",
    "ServiceRole",
    "ServiceTool",
    "ServiceVolume",
]
