"""The address by which somebody says that they do not want to be asked: signed, never expiring.

It holds the agency and the hash the person is remembered under for good, so that it works long
after the address and everything else about the message is gone.
"""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "cx280.stop-asking"


class Stop(NamedTuple):
    """Who said no to which agency, and the language the page speaks."""

    agency: int
    person: str
    language: str


def stop_address(agency_id: int, person: str, language: str) -> str:
    """The whole address of the page where this person can stop being asked."""
    token = signing.Signer(salt=_SALT).sign_object([agency_id, person, language])
    return f"{settings.PUBLIC_ADDRESS}{reverse('stop:stop', args=[token])}"


def read_stop(token: str) -> Stop | None:
    """What the address says, or None when it is cut or forged."""
    if len(token) > 500:
        return None
    try:
        agency, person, language = signing.Signer(salt=_SALT).unsign_object(token)
        return Stop(int(agency), str(person), str(language))
    except (signing.BadSignature, ValueError, TypeError):
        return None
