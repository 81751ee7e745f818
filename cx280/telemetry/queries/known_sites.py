"""Reads which sites the collector knows: the file sites.json among the data."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from cx280.kernel.problem import NotFound, Unusable


class KnownSite(msgspec.Struct):
    """What an import needs of a site: its service, whether events may be kept, and its tier."""

    service: int
    enabled: bool = True
    tier: int | None = 1


class _Known(msgspec.Struct):
    sites: dict[str, KnownSite] = {}


def data_folder() -> Path:
    """The folder of everything this system keeps: CX280_DATA."""
    return Path(os.environ.get("CX280_DATA", "var")).resolve()


def known_sites() -> dict[str, KnownSite]:
    """The sites by key; none before the first is set up. Raises Unusable for a broken file."""
    path = data_folder() / "sites.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Known).sites
    except FileNotFoundError:
        return {}
    except msgspec.DecodeError as problem:
        raise Unusable(f"The file sites.json cannot be read: {problem}.") from None


def site_to_fill(key: str) -> KnownSite:
    """The site with that key; raises NotFound where there is none, Unusable where it is off."""
    found = known_sites().get(key)
    if found is None:
        raise NotFound(f"There is no site “{key}”.", fix="Set it up first, then import.")
    if not found.enabled:
        raise Unusable(
            f"The site “{key}” is switched off, so nothing of it is kept.", rule="280.7-b1"
        )
    return found
