"""The API of whom to ask: plans, sizes, decisions, contact rules."""

from ninja import Router

from cx280.delivery.api.asking import router as asking
from cx280.delivery.api.contacts import router as contacts
from cx280.delivery.api.embeds import router as embeds
from cx280.delivery.api.mailing import router as mailing
from cx280.delivery.api.places import router as places

router = Router(tags=["delivery"])
for each in (asking, contacts, embeds, mailing, places):
    router.add_router("", each)

__all__ = ["router"]
