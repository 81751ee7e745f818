"""Takes in files that an agency's system puts into a folder: `hand-over/<survey code>/*.csv`.

A file is deleted once its rows are in, for it holds addresses; what is left is a report beside it,
by line, without anything a row held. Killed between, the file is read again and adds nothing.

Mail that came back is put into `returned-mail/`, one message a file, as a mail server delivers
into a folder (Maildir: `returned-mail/new/`). Reports are deleted when they are read; what a person
or anybody else wrote is put into `returned-mail/other/`, for a person to read.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime
from pathlib import Path

from django.conf import settings

from cx280.delivery.actions.handing import hand_over
from cx280.delivery.actions.reports import report
from cx280.delivery.models import HandOver, Invitation
from cx280.delivery.queries.mail import rows_of
from cx280.delivery.rules.files import table_of
from cx280.delivery.rules.reports import LARGEST as LARGEST_REPORT
from cx280.delivery.rules.reports import read_report
from cx280.kernel.problem import Problem
from cx280.surveys.models import Survey

log = logging.getLogger(__name__)
# Whoever writes a file has had it open lately; it is read when it rests.
_AT_REST_SECONDS = 5.0
LARGEST = 10 * 1024 * 1024


def folder() -> Path:
    """Where files are put."""
    return Path(settings.DATA) / "hand-over"


def take_files(now: datetime) -> int:
    """How many files were taken in; each leaves `<name>.report.json` where it was."""
    taken = 0
    for path in sorted(folder().glob("*/*.csv")):
        if path.name.startswith(".") or path.is_symlink() or not path.is_file():
            continue
        if not _rests(path, now):
            continue
        _report(path, _take(path, now))
        path.unlink()
        taken += 1
    return taken


def take_reports(now: datetime) -> int:
    """How many reports on messages of ours were new; every file that rests is read."""
    place, new = Path(settings.DATA) / "returned-mail", 0
    for path in sorted([*place.glob("*"), *place.glob("new/*")]):
        if path.is_symlink() or not path.is_file() or not _rests(path, now):
            continue
        with path.open("rb") as file:
            found = read_report(file.read(LARGEST_REPORT))
        invitation = _invitation(found.key) if found else None
        if found and invitation:
            new += report(invitation, kind=found.kind, now=now)
            path.unlink()
        else:
            (place / "other").mkdir(exist_ok=True)
            path.replace(place / "other" / path.name)
    return new


def _invitation(key: str) -> Invitation | None:
    return (
        Invitation.objects.select_related(
            "interaction__unit", "interaction__agency", "version__survey__service__owner"
        )
        .filter(key=key)
        .first()
    )


def _rests(path: Path, now: datetime) -> bool:
    return now.timestamp() - path.stat().st_mtime >= _AT_REST_SECONDS


def _take(path: Path, now: datetime) -> dict[str, object]:
    """What the report says of the file."""
    survey = (
        Survey.objects.select_related("service__owner", "collection__clearance")
        .filter(code=path.parent.name)
        .first()
    )
    if survey is None:
        return {"refused": "There is no survey with the code that the folder is named by."}
    if path.stat().st_size > LARGEST:
        return {"refused": "The file is larger than 10 MB. Split it."}
    try:
        rows = rows_of(survey, table_of(path.read_bytes()), now)
        kept = hand_over(
            survey, rows=rows, by=None, source=HandOver.Source.FOLDER, name=path.name, now=now
        )
    except Problem as problem:
        return {"refused": f"{problem.message} {problem.fix}".strip()}
    return {
        "rows": kept.rows,
        "accepted": kept.accepted,
        "known": kept.known,
        "refused_rows": kept.refused,
        "findings": kept.findings,
    }


def _report(path: Path, told: dict[str, object]) -> None:
    text = json.dumps(told, ensure_ascii=False, indent=1)
    path.with_name(f"{path.name}.report.json").write_text(text + "\n", encoding="utf-8")
    if "refused" in told:
        log.warning("A file of interactions was refused: %s", told["refused"])
