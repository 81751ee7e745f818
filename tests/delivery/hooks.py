"""What providers send us over the web for tests: as Twilio and as Standard Webhooks sign it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from cx280.delivery.actions.sending import send_waiting
from cx280.delivery.models import HookDay, Invitation
from cx280.delivery.refusals import refusals
from cx280.surveys.models import Survey
from tests.delivery.builders import handed_over, text_rows
from tests.delivery.test_texting import texting
from tests.delivery.text_provider import signed

SECRET = "whsec_" + "A" * 40
TOKEN = "12345"
TWILIO = "/hooks/texts/twilio/"
SITE = "https://cx.example.gov"


@pytest.fixture(autouse=True)
def hooked(settings: Any) -> Iterator[None]:  # noqa: ANN401
    """Settings with which providers are heard; no refusals of other tests."""
    settings.CX280_TWILIO_TOKEN, settings.CX280_HOOK_SECRETS = TOKEN, [SECRET]
    settings.PUBLIC_ADDRESS = SITE
    refusals.forget()
    yield
    refusals.forget()


def from_twilio(
    client: Client, path: str = TWILIO, *, token: str = TOKEN, **fields: str
) -> HttpResponse:
    """A form as Twilio posts it."""
    signature = signed(token, f"{SITE}{path}", fields)
    answer: HttpResponse = client.generic(  # type: ignore[assignment]
        "POST", path, urlencode(fields), content_type="application/x-www-form-urlencoded",
        headers={"x-twilio-signature": signature},
    )  # fmt: skip
    return answer


def told(
    client: Client,
    hook: str,
    kind: str,
    *,
    identity: str = "msg_1",
    at: datetime | None = None,
    **data: str,
) -> HttpResponse:
    """A JSON body, signed as Standard Webhooks says."""
    body, at = json.dumps({"type": kind, "data": data}), at or timezone.now()
    headers = {
        "webhook-id": identity,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(SECRET).sign(identity, at, body),
    }
    answer: HttpResponse = client.post(  # type: ignore[assignment]
        f"/hooks/{hook}/", body, content_type="application/json", headers=headers
    )
    return answer


def counted() -> dict[str, int]:
    """How many requests by verdict."""
    return dict(HookDay.objects.values_list("verdict", "count"))


def sent(*numbers: str) -> Survey:
    """A survey whose texts to these numbers left an hour ago."""
    now = timezone.now()
    zone = "Etc/GMT" if 8 <= now.hour < 21 else "Asia/Tokyo"
    survey = texting()
    handed_over(survey, text_rows(*numbers, ended_at=now, time_zone=zone), now)
    send_waiting(lambda: now)
    return survey


def key_of(place: int = 0) -> str:
    return Invitation.objects.order_by("pk")[place].key
