"""How a collector is set: from the environment only, each with a default."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Settings(NamedTuple):
    """Where events go and how much is taken at once; rates are by address, 0 is no limit."""

    data: Path
    behind_proxy: bool = False
    events_a_second: float = 100.0
    burst: float = 2000.0
    most_pending_bytes: int = 16 * 1024 * 1024
    most_at_once: int = 1000
    body_seconds: float = 10.0


def from_environment() -> Settings:
    """What CX280_DATA, CX280_BEHIND_PROXY, CX280_EVENTS_A_SECOND and CX280_EVENTS_BURST say."""
    yes = os.environ.get("CX280_BEHIND_PROXY", "").strip().lower() in {"1", "true", "yes", "on"}
    return Settings(
        data=Path(os.environ.get("CX280_DATA", "var")).resolve(),
        behind_proxy=yes,
        events_a_second=float(os.environ.get("CX280_EVENTS_A_SECOND", "100")),
        burst=float(os.environ.get("CX280_EVENTS_BURST", "2000")),
    )
