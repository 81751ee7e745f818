"""Checks what people and programs send about plans, rules and sizes."""

from cx280.delivery.forms.kiosks import KioskForm
from cx280.delivery.forms.mailing import HandOverForm, MailingForm
from cx280.delivery.forms.plans import ContactRulesForm, PlanForm, SizeForm, checked

__all__ = [
    "ContactRulesForm",
    "HandOverForm",
    "KioskForm",
    "MailingForm",
    "PlanForm",
    "SizeForm",
    "checked",
]
