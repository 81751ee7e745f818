"""OMB control numbers: four digits, a hyphen, four digits."""

import re

from cx280.circular.implements import implements

_NUMBER = re.compile(r"[0-9]{4}-[0-9]{4}")


@implements("280.11-a1")
def is_control_number(written: str) -> bool:
    """Whether it is written as NNNN-NNNN, and nothing else."""
    return _NUMBER.fullmatch(written) is not None
