"""Where everything is that a backup copies, and what it leaves out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cx280.kernel.problem import Unusable
from cx280.lake.tables import EVENTS, HELD

LAKE = "lake"
KEY = "secret-key"
# The buffer of each table, by the table.
BUFFERS = {EVENTS: "buffer", HELD: "held-back"}
# What a backup does not hold, and why.
LEFT_OUT = {
    KEY: "Whoever has it can sign in as anybody; a new one is made. People sign in again.",
    "static": "Made from the programs when cx280 starts.",
    "sites.json": "Written anew from the record.",
    "address": "Written anew by `cx280 serve`.",
    "imports": "Half-read files of imports under way; import them again.",
}


@dataclass(frozen=True, slots=True)
class Place:
    """The data folder, the address of the lake, and Django's settings of the database."""

    data: Path
    lake: str
    database: dict[str, Any]
    key: str = ""


def data_folder() -> Path:
    """CX280_DATA, or `var` in the current folder."""
    return Path(os.environ.get("CX280_DATA", "var")).resolve()


def place_of_this_system() -> Place:
    """Where this system keeps everything; raises `Unusable` where there is no data folder."""
    data = data_folder()
    if not data.is_dir():
        raise Unusable(f"There is nothing at {data}.", fix="Set CX280_DATA to the data folder.")
    from django.conf import settings

    return Place(data, str(settings.CX280_LAKE), settings.DATABASES["default"], settings.SECRET_KEY)
