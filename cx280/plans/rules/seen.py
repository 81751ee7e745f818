"""What somebody saw on a dashboard and acts on: the exact page, and what kind of evidence it is."""

from __future__ import annotations

import re

from cx280.circular.implements import implements
from cx280.plans.rules.vocabulary import EvidenceKind

LONGEST_ADDRESS, LONGEST_WORDS = 500, 300
# A page of this system: one slash, and nothing that a browser would read as another website.
_OURS = re.compile(r"/(?![/\\])[^\\\s<>\"]*")


def page_of(given: str) -> str:
    """The address as it may be kept as evidence, with all its filters; "" for anything else."""
    is_ours = len(given) <= LONGEST_ADDRESS and _OURS.fullmatch(given) is not None
    return given if is_ours else ""


@implements("280.10-l2")
def kind_of(address: str) -> EvidenceKind:
    """What kind of evidence a page shows: what people did on a website, or what they said."""
    is_online = "/digital/" in address or address.startswith("/telemetry/")
    return EvidenceKind.TELEMETRY if is_online else EvidenceKind.FEEDBACK


def said_of(seen: str, day: str) -> str:
    """What was seen, in one line with the day, no longer than what is kept of it."""
    suffix = f" (seen {day})"
    words = " ".join(seen.split())
    room = LONGEST_WORDS - len(suffix)
    if not words:
        return ""
    return (words if len(words) <= room else words[: room - 1].rstrip() + "…") + suffix
