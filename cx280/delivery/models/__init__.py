"""Plans, contact rules, persons as hashes, interactions, messages about them, kiosks."""

from cx280.delivery.models.interactions import Interaction
from cx280.delivery.models.kiosks import Kiosk
from cx280.delivery.models.mailing import HandOver, Invitation, Mailing, SentDay
from cx280.delivery.models.people import AgencySecret, Contact, OptOut
from cx280.delivery.models.plans import ContactRule, SamplingPlan
from cx280.delivery.models.reach import DayReach

__all__ = [
    "AgencySecret",
    "Contact",
    "ContactRule",
    "DayReach",
    "HandOver",
    "Interaction",
    "Invitation",
    "Kiosk",
    "Mailing",
    "OptOut",
    "SamplingPlan",
    "SentDay",
]
