"""Whether an e-mail address can be written to."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cx280.kernel.problem import Unusable


def check(address: str) -> str:
    """The address with its domain in small letters; raises Unusable for what is none."""
    name, _, domain = address.strip().rpartition("@")
    kept = f"{name}@{domain.lower()}"
    try:
        validate_email(kept)
    except ValidationError:
        raise Unusable(
            f"“{address}” is no e-mail address.",
            field="address",
            fix="Write one address, like ana.diaz@agency.gov.",
        ) from None
    return kept
