"""Persons as keyed hashes: the same person is known again, and nobody can be read off.

The key is a secret of the agency. It is changed when contact rules no longer need what was written
under it; the old one is then destroyed, and with it the meaning of every hash it made.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from cx280.delivery.rules.vocabulary import PersonKind


def name_of(secret: bytes, kind: PersonKind, known_as: str) -> str:
    """32 hexadecimal digits for whoever is known as this, under this secret.

    known_as: an e-mail address, or any id a program knows a person or a device by. Case and
    surrounding space are no difference: mail systems ignore them.
    """
    text = f"{kind.value} {known_as.strip().casefold()}"
    return hashlib.blake2b(text.encode(), key=secret[:64], digest_size=16).hexdigest()


def key_of(secret: bytes, interaction: str) -> str:
    """32 hexadecimal digits for an interaction's id, letter by letter: case makes another one."""
    text = f"interaction {interaction}".encode()
    return hashlib.blake2b(text, key=secret[:64], digest_size=16).hexdigest()


def is_due_for_change(made_at: datetime, longest_days: int, now: datetime) -> bool:
    """Whether a secret has served as long as the longest rule looks back."""
    return now - made_at >= timedelta(days=longest_days)


def may_be_destroyed(retired_at: datetime, longest_days: int, now: datetime) -> bool:
    """Whether no rule can ask any more for what was written under a secret retired then."""
    return now - retired_at >= timedelta(days=longest_days)
