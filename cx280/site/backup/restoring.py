"""Puts a backup where nothing is, brings it up to this version, and counts it again."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from cx280.kernel.problem import Unusable
from cx280.lake.copying import bring_back, count_rows, events_by_day, is_empty
from cx280.lake.counts import Counts
from cx280.lake.restoring import RESTORING
from cx280.lake.sealing import SET_ASIDE
from cx280.lake.tables import HELD, Lake
from cx280.site.backup import record
from cx280.site.backup.making import Tell
from cx280.site.backup.manifest import Manifest, faults_of, read_manifest
from cx280.site.backup.where import BUFFERS, KEY, LAKE, Place

# What may be in a data folder that is called empty: nothing of it is anybody's work.
_NOTHING = {RESTORING, "static", KEY, "lost+found"}


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: its manifest, migrations applied since, whether the audit trail holds."""

    manifest: Manifest
    migrated: list[str]
    audit_holds: bool


def restore(backup: Path, data: Path, tell: Tell) -> Restored:
    """Brings the record, the lake and what waited for it back into the folder `data`.

    Starts Django on what is restored, so call it in a process of its own. Raises `Unusable`, and
    nothing can be taken for a system, when the backup is damaged or newer than this version, when
    something is there already, or when what is restored counts otherwise than the manifest says.
    """
    manifest = read_manifest(backup)
    tell.stage("Checking the backup")
    if faults := faults_of(backup, manifest):
        raise Unusable(f"The backup is damaged: {faults[0]}", fix="Take another one.")
    draft = _empty(data)
    try:
        place = _start_django(draft)
        _refuse_what_does_not_fit(place, manifest)
    except BaseException:
        shutil.rmtree(draft)  # nothing was brought back yet
        raise
    tell.stage("Bringing back the buffer and the lake")
    _bring_back_events(backup, place, manifest, tell)
    tell.stage("Bringing back the record")
    _bring_back_record(backup, place, manifest)
    tell.stage("Bringing it up to this version")
    migrated = _migrate(manifest)
    holds = _settle(draft, manifest)
    if (backup / KEY).exists():
        shutil.copyfile(backup / KEY, draft / KEY)
        (draft / KEY).chmod(0o600)
        (data / KEY).unlink(missing_ok=True)
    _move_up(draft, data)
    return Restored(manifest, migrated, holds)


def _empty(data: Path) -> Path:
    """A new folder inside `data` to restore into; until it is gone nothing starts there."""
    data.mkdir(parents=True, exist_ok=True)
    there = sorted({each.name for each in data.iterdir()} - _NOTHING)
    if there:
        raise Unusable(
            f"{data} is not empty: it has {', '.join(there[:3])}.",
            fix="Move it aside, or set CX280_DATA to an empty folder.",
        )
    draft = data / RESTORING
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    return draft


def _start_django(draft: Path) -> Place:
    import django

    os.environ["CX280_DATA"] = str(draft)
    django.setup()
    from django.conf import settings

    return Place(draft, str(settings.CX280_LAKE), settings.DATABASES["default"])


def _refuse_what_does_not_fit(place: Place, manifest: Manifest) -> None:
    _refuse_newer(manifest)
    record.refuse_what_does_not_fit(place.database, manifest.record)
    if not is_empty(place.lake):
        raise Unusable(
            f"There is a lake at {place.lake} already.",
            fix="Set CX280_LAKE to a folder or prefix where nothing is.",
        )


def _refuse_newer(manifest: Manifest) -> None:
    from django.db.migrations.loader import MigrationLoader

    from cx280 import __version__

    known = MigrationLoader(None).disk_migrations
    names = {".".join(each) for each in known}
    names |= {".".join(old) for each in known.values() for old in each.replaces}
    if unknown := [each for each in manifest.record.migrations if each not in names]:
        raise Unusable(
            f"The backup is of cx280 {manifest.version}, newer than this one ({__version__}): "
            f"it has {unknown[-1]}.",
            fix="Install that version or a newer one, then restore.",
        )


def _bring_back_events(backup: Path, place: Place, manifest: Manifest, tell: Tell) -> None:
    for name in (*BUFFERS.values(), SET_ASIDE):
        if (backup / name).is_dir():
            shutil.copytree(backup / name, place.data / name)
    if not (backup / LAKE).is_dir():
        return
    bring_back(backup / LAKE, place.lake, tell.seen)
    days = {day.isoformat(): count for day, count in events_by_day(Lake(place.lake)).items()}
    held = sum(events_by_day(Lake(place.lake, HELD)).values())
    said = manifest.events
    if (days, held, count_rows(Counts(place.lake))) != (said.days, said.held, said.counts):
        raise Unusable("The restored lake counts otherwise than the manifest says.")


def _bring_back_record(backup: Path, place: Place, manifest: Manifest) -> None:
    found = record.bring_back(place.database, backup)
    if found.rows != manifest.record.rows:
        names = found.rows.keys() | manifest.record.rows.keys()
        other = next(each for each in sorted(names) if found.rows.get(each)
                     != manifest.record.rows.get(each))  # fmt: skip
        raise Unusable(f"The restored record counts otherwise than the manifest says: {other}.")


def _migrate(manifest: Manifest) -> list[str]:
    """The migrations that this version has and the backup had not, applied now."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    call_command("migrate", verbosity=0, interactive=False)
    now = {".".join(each) for each in MigrationRecorder(connection).applied_migrations()}
    return sorted(now - set(manifest.record.migrations))


def _settle(draft: Path, manifest: Manifest) -> bool:
    """Tells the audit trail and the collector; whether the trail holds."""
    from django.db import connection

    from cx280.audit.actions import record as note
    from cx280.audit.queries import state_of_chain
    from cx280.telemetry.actions.sites import write_sites

    holds = state_of_chain().holds
    note(
        actor="system",
        action="restore_backup",
        subject=f"site.Backup:{manifest.began:%Y-%m-%dT%H:%M:%SZ}",
        detail={"version": manifest.version, "events": manifest.events.events},
    )
    write_sites(draft)
    connection.close()  # SQLite then folds its log back into the one file
    return holds


def _move_up(draft: Path, data: Path) -> None:
    """Moves what was restored into place; while the draft is there nothing starts."""
    os.sync()
    for each in sorted(draft.iterdir()):
        there = data / each.name
        if there.exists() and each.name not in _NOTHING:
            raise Unusable(f"Meanwhile something came to {there}: it was not replaced.")
        if there.exists():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        else:
            each.rename(there)
    draft.rmdir()
    os.sync()
