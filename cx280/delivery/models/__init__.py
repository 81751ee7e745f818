"""Plans, contact rules, persons as hashes, interactions, messages, kiosks, websites."""

from cx280.delivery.models.embeds import Embed
from cx280.delivery.models.following import FollowedAnswer, Following
from cx280.delivery.models.hooks import HookDay, HookSeen, TextReply
from cx280.delivery.models.interactions import Interaction
from cx280.delivery.models.kiosks import Kiosk, KioskBeginning
from cx280.delivery.models.mailing import HandOver, Invitation, Mailing, SentDay
from cx280.delivery.models.people import AgencySecret, Contact, OptOut
from cx280.delivery.models.plans import ContactRule, SamplingPlan
from cx280.delivery.models.reach import DayReach

__all__ = [
    "AgencySecret",
    "Contact",
    "ContactRule",
    "DayReach",
    "Embed",
    "FollowedAnswer",
    "Following",
    "HandOver",
    "HookDay",
    "HookSeen",
    "Interaction",
    "Invitation",
    "Kiosk",
    "KioskBeginning",
    "Mailing",
    "OptOut",
    "SamplingPlan",
    "SentDay",
    "TextReply",
]
