"""Who carries text messages: the shape of a provider, and one that speaks HTTP.

Most providers take a form or JSON with the number, the sender and the text. Another way of
speaking is another class with the same `carry`, returned by `provider`.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlencode

from django.conf import settings

from cx280.delivery.channels.answers import receipt_of
from cx280.delivery.channels.guarded import post
from cx280.delivery.channels.receipts import Failed, Receipt
from cx280.delivery.channels.web_address import check as check_web_address
from cx280.kernel.problem import Unusable

_WORD = re.compile(r"\{(?:to|text|delivery)\}")


class Provider(Protocol):
    """Whoever carries text messages."""

    def carry(self, number: str, text: str, *, delivery: str, now: datetime) -> Receipt:
        """The receipt once the provider has taken the text; raises Failed."""
        ...


def configured() -> bool:
    """Whether the settings name a provider."""
    return bool(settings.CX280_SMS_URL)


def provider() -> Provider:
    """The provider of the settings; raises Unusable, with the way out, where they are wrong."""
    if not configured():
        raise Unusable("Text messages are not set up here.", fix="Set CX280_SMS_URL.")
    try:
        fields = json.loads(settings.CX280_SMS_FIELDS)
    except ValueError:
        fields = None
    if not isinstance(fields, dict) or "{text}" not in settings.CX280_SMS_FIELDS:
        raise Unusable(
            "CX280_SMS_FIELDS is no JSON object with {to} and {text} in it.",
            fix='Write it like {"To": "{to}", "From": "+12025550100", "Body": "{text}"}.',
        )
    return OverHttp(
        check_web_address(settings.CX280_SMS_URL),
        fields,
        as_json=settings.CX280_SMS_FORMAT == "json",
        user=settings.CX280_SMS_USER,
        secret=settings.CX280_SMS_PASSWORD,
    )


@dataclass(frozen=True, slots=True)
class OverHttp:
    """Posts a form, or JSON, made from a template; a user and secret, or a token alone.

    `{to}`, `{text}` and `{delivery}` in the template's values stand for the number, the text, and
    a word that is the same for every try, for providers that drop repetitions.
    """

    url: str
    fields: Mapping[str, object]
    as_json: bool
    user: str
    secret: str

    def carry(self, number: str, text: str, *, delivery: str, now: datetime) -> Receipt:
        """The receipt once the provider has answered 2xx; raises Failed."""
        words = {"{to}": number, "{text}": text, "{delivery}": delivery}
        fields = {name: _filled(value, words) for name, value in self.fields.items()}
        if self.as_json:
            body, kind = json.dumps(fields).encode(), "application/json"
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return receipt_of(post(self.url, body, {"Content-Type": kind, **self._rights()}), now)

    def _rights(self) -> dict[str, str]:
        if self.user:
            named = base64.b64encode(f"{self.user}:{self.secret}".encode()).decode()
            return {"Authorization": f"Basic {named}"}
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}


def _filled(value: object, words: Mapping[str, str]) -> object:
    """The template's value with what its words stand for, also in lists and objects."""
    if isinstance(value, dict):
        return {name: _filled(each, words) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, words) for each in value]
    if not isinstance(value, str):
        return value
    # In one pass: a word that stands in the text itself stays as it is.
    return _WORD.sub(lambda found: words[found[0]], value)


def carried(number: str, text: str, *, delivery: str, now: datetime) -> Receipt:
    """The receipt of the provider of the settings; raises Failed, also where none is set up."""
    try:
        chosen = provider()
    except Unusable as unusable:
        raise Failed(f"{unusable.message} {unusable.fix}", permanent=False) from unusable
    return chosen.carry(number, text, delivery=delivery, now=now)
