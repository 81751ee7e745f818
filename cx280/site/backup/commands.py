"""`cx280 backup`, `cx280 backup verify` and `cx280 restore`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from cx280.kernel.problem import Problem
from cx280.site.backup.manifest import Manifest, faults_of, read_manifest
from cx280.site.backup.where import data_folder, place_of_this_system

_EVERY = 256 * 1024 * 1024


class OnStderr:
    """Tells on stderr what begins, and how far it is every 256 MB."""

    def __init__(self) -> None:
        self._done = self._told = 0

    def stage(self, words: str) -> None:
        """Says what begins now."""
        click.echo(f"{words}…", err=True)

    def seen(self, size: int) -> None:
        """Adds bytes that are done."""
        self._done += size
        if self._done - self._told >= _EVERY:
            self._told = self._done
            click.echo(f"  {_size(self._done)} copied", err=True)


@click.group(invoke_without_command=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The folder to make; by default cx280-backup-TIME in the current folder.",
)
@click.option("--with-key", is_flag=True, help="Also copy the secret key that signs sessions.")
@click.option("--json", "as_json", is_flag=True, help="Print what is in it as JSON.")
@click.pass_context
def backup(context: click.Context, output: Path | None, with_key: bool, as_json: bool) -> None:
    """Copy everything, record and lake, into a new folder while cx280 runs."""
    if context.invoked_subcommand:
        return
    from cx280.site.backup.making import back_up

    name = f"cx280-backup-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    target = (output or Path(name)).absolute()
    place = place_of_this_system()
    try:
        manifest = back_up(place, target, with_key=with_key, tell=OnStderr())
    except OSError as error:
        raise Problem(
            f"The backup was not made: {error.strerror or error}.", fix="Nothing was kept of it."
        ) from None
    if as_json:
        click.echo(json.dumps({"backup": str(target), **_summary(manifest)}))
        return
    click.echo(f"{target}\n{_words(manifest)}")
    click.echo("Not in it: " + ", ".join(manifest.left_out) + ". See the manifest for why.")


@backup.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify(folder: Path, as_json: bool) -> None:
    """Check every file of a backup against its manifest. Leaves with 1 when one differs."""
    manifest = read_manifest(folder)
    faults = faults_of(folder, manifest)
    if as_json:
        click.echo(json.dumps({"ok": not faults, "faults": faults, **_summary(manifest)}))
    else:
        click.echo("\n".join(faults) if faults else f"Every file is as it was.\n{_words(manifest)}")
    if faults:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was restored as JSON.")
def restore(folder: Path, as_json: bool) -> None:
    """Bring a backup back into CX280_DATA, which must be empty, and bring it up to date."""
    from cx280.site.backup.restoring import restore as bring_back

    data = data_folder()
    try:
        done = bring_back(folder.absolute(), data, OnStderr())
    except OSError as error:
        raise Problem(
            f"The backup was not restored: {error.strerror or error}.",
            fix="Restore again when that is settled.",
        ) from None
    said = {"migrated": done.migrated, "audit_holds": done.audit_holds}
    if as_json:
        click.echo(json.dumps({"restored": str(data), **_summary(done.manifest), **said}))
        return
    click.echo(f"{data} is as it was.\n{_words(done.manifest)}")
    if done.migrated:
        click.echo(f"Brought up to this version: {len(done.migrated)} migrations.")
    if not done.audit_holds:
        click.echo("The audit trail does not hold, as in the backup: run cx280 audit verify.")


def _summary(manifest: Manifest) -> dict[str, object]:
    return {
        "version": manifest.version,
        "began": manifest.began.isoformat(),
        "ended": manifest.ended.isoformat(),
        "record": {"engine": manifest.record.engine, "rows": sum(manifest.record.rows.values())},
        "events": manifest.events.events,
        "days": len(manifest.events.days),
        "waiting": manifest.events.waiting,
        "held": manifest.events.held + manifest.events.waiting_held,
        "counts": manifest.events.counts,
        "files": len(manifest.files),
        "bytes": manifest.bytes,
        "left_out": manifest.left_out,
    }


def _words(manifest: Manifest) -> str:
    rows, events = sum(manifest.record.rows.values()), manifest.events
    held = events.held + events.waiting_held
    return (
        f"As of {manifest.began:%Y-%m-%d %H:%M:%S} UTC: {_some(rows, 'row')} of the record, "
        f"{_some(events.events, 'event')} of {_some(len(events.days), 'day')} in the lake, "
        f"{events.waiting:,} on their way, {held:,} held back, "
        f"{_some(len(manifest.files), 'file')}, {_size(manifest.bytes)}."
    )


def _some(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"
