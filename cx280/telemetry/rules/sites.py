"""When a stream of events may run (M-10-22, 280.7-b1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.telemetry.rules.vocabulary import Tier

RULE = "280.7-b1"
NOTICE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms a site collects: what M-10-22 asks to be settled first."""

    tier: int | None
    purpose: str
    retention_days: int | None
    opt_out: str
    notice_on: date | None
    cio_approver: str


@implements("280.7-b1")
def missing_to_enable(terms: Terms, on: date) -> list[Finding]:
    """What stands between the site and being enabled on that day; [] when nothing does.

    Each finding is an ERROR with `where` naming the field. Tier 3 needs a public notice at least
    30 days old and the approval of the Chief Information Officer (OMB M-10-22).
    """
    found = []
    if terms.tier is None:
        found.append(_error("tier", "It has no usage tier.", "Choose tier 1, 2 or 3 of M-10-22."))
    if not terms.purpose.strip():
        found.append(_error("purpose", "It has no purpose.", "Say what the data is used for."))
    if not terms.retention_days:
        found.append(
            _error(
                "retention_days",
                "It does not say how long raw events are kept.",
                "Write a number of days.",
            )
        )
    if terms.tier is not None and terms.tier > Tier.SINGLE_SESSION and not terms.opt_out.strip():
        found.append(
            _error(
                "opt_out",
                "People are followed over several visits and are not told how to say no.",
                "Write how they opt out.",
            )
        )
    return found + _missing_for_tier_3(terms, on)


def _missing_for_tier_3(terms: Terms, on: date) -> list[Finding]:
    if terms.tier != Tier.SEVERAL_SESSIONS_WITH_PII:
        return []
    found = []
    ready = terms.notice_on + timedelta(days=NOTICE_DAYS) if terms.notice_on else None
    if ready is None:
        found.append(
            _error(
                "notice_on",
                "Tier 3 needs a public notice 30 days ahead.",
                "Publish the notice and write its day.",
            )
        )
    elif ready > on:
        found.append(
            _error(
                "notice_on",
                "The public notice is less than 30 days old.",
                f"Enable the site on {ready:%B} {ready.day}, {ready.year} or later.",
            )
        )
    if not terms.cio_approver.strip():
        found.append(
            _error(
                "cio_approver",
                "Tier 3 needs the approval of the Chief Information Officer.",
                "Write who approved it.",
            )
        )
    return found


def _error(where: str, message: str, fix: str) -> Finding:
    return Finding(rule=RULE, severity=Severity.ERROR, message=message, where=where, fix=fix)


@dataclass(frozen=True, slots=True)
class Stream:
    """One site as the collector needs it."""

    key: str
    service: int
    origins: list[str]
    names: list[str]
    properties: list[str]
    queries: list[str]
    tier: int | None
    enabled: bool


def sites_document(streams: Iterable[Stream]) -> dict[str, Any]:
    """What `sites.json` says: `{"sites": {"<key>": {"service", "origins", …}}}`, by key."""
    return {
        "sites": {
            each.key: {
                "service": each.service,
                "origins": each.origins,
                "names": each.names,
                "properties": each.properties,
                "queries": each.queries,
                "enabled": each.enabled,
                "tier": each.tier,
            }
            for each in sorted(streams, key=lambda stream: stream.key)
        }
    }
