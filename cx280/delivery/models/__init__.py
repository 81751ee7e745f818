"""Plans, contact rules, persons as hashes, and the interactions people are asked about."""

from cx280.delivery.models.interactions import Interaction
from cx280.delivery.models.people import AgencySecret, Contact, OptOut
from cx280.delivery.models.plans import ContactRule, SamplingPlan

__all__ = ["AgencySecret", "Contact", "ContactRule", "Interaction", "OptOut", "SamplingPlan"]
