"""Reads counts that others have made, for the sites of services a person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.lake.counts import CountRow, Counts, lake_address
from cx280.services.access import services_where
from cx280.telemetry.queries.known_sites import known_sites


@dataclass(frozen=True, slots=True)
class SiteSeen:
    """A site with the name of its service."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a person may see: each site with its reports, by key; the stamp changes with them."""

    sites: list[tuple[SiteSeen, list[str]]]
    stamp: str


def sites_with_counts(person: Person) -> Imported:
    """Each site that the person may see and that has counts, with its reports."""
    services = dict(services_where(person, Capability.SEE_TELEMETRY).values_list("pk", "name"))
    known = Counts(lake_address()).known()
    found = [
        (SiteSeen(key, services[site.service]), known.reports[key])
        for key, site in sorted(known_sites().items())
        if site.service in services and key in known.reports
    ]
    return Imported(found, known.stamp)


def counts_of(site: str, report: str) -> Sequence[CountRow]:
    """The numbers of one report."""
    return Counts(lake_address()).read(site, report)
