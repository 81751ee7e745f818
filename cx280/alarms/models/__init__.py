"""What is stored about alarms: watches, incidents with their flips, contacts and deliveries."""

from cx280.alarms.models.deliveries import Contact, Delivery, as_kept, secrets_as_kept
from cx280.alarms.models.incidents import Flip, Incident, Note, Part
from cx280.alarms.models.watches import Attention, Maintenance, Watch

__all__ = [
    "Attention",
    "Contact",
    "Delivery",
    "Flip",
    "Incident",
    "Maintenance",
    "Note",
    "Part",
    "Watch",
    "as_kept",
    "secrets_as_kept",
]
