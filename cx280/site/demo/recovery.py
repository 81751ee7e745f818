"""People of the simulated agency who asked to be contacted: some wait, some were called back."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cx280.delivery.sealing import hashed, sealed
from cx280.recovery.models import ContactWish
from cx280.recovery.rules import last_day_kept
from cx280.responses.models import Response
from cx280.responses.tokens import CONTACT_DAYS
from cx280.site.demo.records import Built

SERVICE = "campsite-booking"
# How many days ago somebody asked, and what was done; None waits, "" came too late.
_ASKED: tuple[tuple[int, str | None], ...] = (
    (1, None), (3, None), (9, None), (27, None),
    (12, "Called back. The site was taken; the fee is refunded."),
    (20, "Wrote back with the new opening days."),
    (33, "Called twice and left word with nobody; closed."),
    (48, ""), (55, "Called back. The boat ramp is open again."),
)  # fmt: skip


def add_recovery(built: Built, today: date) -> int:
    """How many people asked; they left addresses of example.com and numbers nobody has."""
    if SERVICE not in built.versions:
        return 0
    survey = built.versions[SERVICE][-1].survey
    survey.offers_contact = True
    survey.save(update_fields=["offers_contact"])
    unhappy = Response.objects.filter(
        version__survey=survey, unit__isnull=False, answers__satisfaction__lte=2
    ).order_by("-day", "pk")[: len(_ASKED)]
    helper = built.people["service_recovery"]
    rows = []
    for number, ((days, done), response) in enumerate(zip(_ASKED, unhappy, strict=False)):
        asked = _noon(today - timedelta(days=days), survey.service.owner.time_zone)
        wish = ContactWish(
            survey=survey, unit_id=response.unit_id, language=response.language, asked_at=asked,
            erase_after=last_day_kept(asked.date(), CONTACT_DAYS),
        )  # fmt: skip
        if done is None:
            wish.reach = sealed(json.dumps(_reach(number)))
            wish.answer, wish.once = sealed(str(response.pk)), hashed(f"wish {response.pk}")
        elif done:
            wish.erased_at = wish.handled_at = asked + timedelta(days=2)
            wish.handled_by, wish.note = helper, done
        else:
            wish.erased_at = asked + timedelta(days=CONTACT_DAYS + 1)
        rows.append(wish)
    ContactWish.objects.bulk_create(rows)
    return len(rows)


def _reach(number: int) -> dict[str, str]:
    email, phone = f"visitor{number + 1}@example.com", f"+1202555010{number}"
    return {"phone": phone} if number % 3 == 1 else {"email": email, "phone": phone}


def _noon(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, 12, 10, tzinfo=ZoneInfo(zone))
