"""How many connections a server may hold: as many as the system lets it, not the usual 1,024.

Each is a file to the system. With 1,024 of them, 1,500 connections on which nothing was said shut
everybody else out until their time was over.
"""

from __future__ import annotations

import resource

_ENOUGH = 65_536


def take_places() -> int:
    """Raises the limit of open files of this process; what it is now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _ENOUGH if hard == resource.RLIM_INFINITY else min(hard, _ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return most
    return soft
