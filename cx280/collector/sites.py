"""The sites events are taken for, read again when the record writes them anew."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

import msgspec

from cx280.telemetry.schemas import Site, sites_of

_log = logging.getLogger(__name__)


class Sites:
    """What `sites.json` says, by key; a file that cannot be read leaves what was known before."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int, int] | None = None
        self.by_key: Mapping[str, Site] = {}
        self.origins: frozenset[str] | None = frozenset()
        self.look()

    def look(self) -> None:
        """Reads the file when it is another than the last time."""
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
            if stamp == self._stamp:
                return
            self._stamp = stamp
            self.by_key = sites_of(self._path.read_bytes())
        except FileNotFoundError:
            self._stamp, self.by_key = None, {}
        except (OSError, msgspec.MsgspecError) as error:
            _log.error("The list of sites cannot be read; the last one stands: %s", error)
        enabled = [each for each in self.by_key.values() if each.enabled]
        self.origins = (
            None  # some site takes events from anywhere
            if any(not each.origins for each in enabled)
            else frozenset().union(*(each.origins for each in enabled))
        )

    def allows(self, origin: str) -> bool:
        """Whether a page of that origin may send events for any site."""
        return self.origins is None or origin in self.origins
