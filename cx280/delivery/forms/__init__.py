"""Checks what people and programs send about plans, rules, sizes and websites."""

from cx280.delivery.forms.embeds import EmbedForm
from cx280.delivery.forms.kiosks import KioskForm
from cx280.delivery.forms.mailing import HandOverForm, MailingForm
from cx280.delivery.forms.plans import ContactRulesForm, PlanForm, SizeForm, checked

__all__ = [
    "ContactRulesForm",
    "EmbedForm",
    "HandOverForm",
    "KioskForm",
    "MailingForm",
    "PlanForm",
    "SizeForm",
    "checked",
]
