"""Keeps sites, and tells the collector about them in one file."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from cx280.accounts.models import Person
from cx280.kernel.problem import Conflict
from cx280.services.models import Service
from cx280.telemetry.actions.trail import put, told
from cx280.telemetry.models import Site
from cx280.telemetry.queries.sites import document, missing_of


def save_site(
    site: Site | None, service: Service, *, by: Person | None, on: date, values: Mapping[str, Any]
) -> Site:
    """The site with these values, a new one with a random key for None; disabled at first.

    A site that runs keeps what it needs to run: Conflict names what would be missing.
    """
    known = site or Site(service=service, key=secrets.token_hex(8))
    with transaction.atomic():
        changed = put(known, values)
        if known.enabled:
            _refuse_incomplete(known, on)
        known.save()
        told("change_site" if site else "add_site", known, service, by=by, changed=changed)
        transaction.on_commit(write_sites)
    return known


def enable_site(site: Site, *, by: Person | None, on: date) -> None:
    """From now on the collector takes events of the site; Conflict when its terms are not met."""
    with transaction.atomic():
        _refuse_incomplete(site, on)
        site.enabled = True
        site.save(update_fields=["enabled", "changed_at"])
        told("enable_site", site, site.service, by=by, tier=site.tier)
        transaction.on_commit(write_sites)


def disable_site(site: Site, *, by: Person | None) -> None:
    """From now on the collector refuses events of the site; what was collected stays."""
    with transaction.atomic():
        site.enabled = False
        site.save(update_fields=["enabled", "changed_at"])
        told("disable_site", site, site.service, by=by)
        transaction.on_commit(write_sites)


def _refuse_incomplete(site: Site, on: date) -> None:
    for each in missing_of(site, on):
        raise Conflict(each.message, rule=each.rule, field=each.where, fix=each.fix)


def write_sites(folder: Path | None = None) -> bool:
    """Brings `sites.json` in the data folder up to the record; whether anything had changed.

    One writer at a time reads and writes, so that an older reading never replaces a newer; the
    file is replaced whole, so that the collector never reads half of it.
    """
    folder = folder or Path(settings.DATA)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sites.json"
    with (folder / "sites.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        text = json.dumps(document(), indent=1, sort_keys=True) + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return False
        fresh = folder / "sites.json.new"
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return True
