"""A data folder into which a backup is being restored is nobody's yet."""

from pathlib import Path

from cx280.kernel.problem import Conflict

# Inside the data folder, until all that is restored has moved out of it.
RESTORING = ".restoring"


def refuse_half_restored(data: Path) -> None:
    """Raises `Conflict` where a backup is being restored, or restoring it was cut off."""
    if (data / RESTORING).exists():
        raise Conflict(
            f"A backup is being restored into {data}, or restoring it was cut off.",
            fix="Wait; or empty the folder and restore again.",
        )
