"""`cx280 import weblog` and `cx280 import dap`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cx280.pages.record import needs_record

if TYPE_CHECKING:
    from cx280.lake.counts import Changed
    from cx280.telemetry.actions.weblogs import Imported
    from cx280.telemetry.rules.dap import Reconciliation

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SITE = click.option("--site", required=True, help="The site's key, as its script carries it.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the reconciliation as JSON.")


@click.command()
@click.argument("file", type=_FILE)
@_SITE
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "common", "combined", "cloudfront"]),
    default="auto",
    show_default=True,
    help="cloudfront: W3C logs that name their columns, those of IIS too.",
)
@click.option("--server", default="", help="Name each server whose logs fill one site.")
@_JSON
@needs_record
def import_weblog(file: Path, site: str, form: str, server: str, as_json: bool) -> None:
    """Take page views and errors from a web server's log; the same file twice changes nothing.

    Addresses, agents and query strings are never kept. Leaves with 1 when some lines could not be
    read; everything else is in.
    """
    from django.utils import timezone

    from cx280.telemetry.actions.weblogs import import_weblog as bring_in

    found = bring_in(file, site=site, at=timezone.now(), form=form, server=server)
    click.echo(json.dumps(_weblog_document(found)) if as_json else _weblog_words(found))
    sys.exit(1 if found.malformed else 0)


def _weblog_document(found: Imported) -> dict[str, object]:
    return {
        "site": found.site,
        "lines": found.lines,
        "kept": found.kept,
        "page_views": found.page_views,
        "errors": found.errors,
        "bots": found.bots,
        "assets": found.skipped["assets"],
        "skipped": dict(sorted(found.skipped.items())),
        "comments": found.comments,
        "malformed": found.malformed,
        "malformed_lines": _places(found.first_malformed, "line"),
    }


def _weblog_words(found: Imported) -> str:
    lines = [
        f"{found.lines:,} lines: {found.kept:,} kept ({found.page_views:,} page views, "
        f"{found.errors:,} errors), {found.bots:,} of them marked as bots.",
        f"  {found.comments:,} blank or of the format itself",
        *(f"  {count:,} skipped: {why}" for why, count in found.skipped.most_common()),
        f"  {found.malformed:,} malformed",
        *_first(found.first_malformed, found.malformed, "line"),
    ]
    return "\n".join(lines)


@click.command()
@click.argument("file", type=_FILE)
@_SITE
@click.option("--report", default="", help="What the report is called, if not as its file.")
@click.option("--covers", default="", help="Day, or first/last day, of a file that says none.")
@_JSON
@needs_record
def import_dap(file: Path, site: str, report: str, covers: str, as_json: bool) -> None:
    """Take counts from an export of analytics.usa.gov (DAP), or any CSV of a date and numbers.

    The same file twice changes nothing; a newer file takes the place of the same report and times.
    Leaves with 1 when some rows could not be read; everything else is in.
    """
    from cx280.telemetry.actions.counts import import_counts

    found, changed = import_counts(file, site=site, covers=covers, report=report)
    if as_json:
        click.echo(json.dumps(_counts_document(found, changed, site)))
    else:
        click.echo(_counts_words(found, changed))
    sys.exit(1 if found.malformed else 0)


def _counts_document(found: Reconciliation, changed: Changed, site: str) -> dict[str, object]:
    return {
        "site": site,
        "report": found.report,
        "rows": found.rows,
        "kept": found.kept,
        "empty": found.empty,
        "repeated": found.repeated,
        "malformed": found.malformed,
        "malformed_rows": _places(found.first_malformed, "row"),
        "numbers": len(found.counts),
        **changed._asdict(),
    }


def _counts_words(found: Reconciliation, changed: Changed) -> str:
    lines = [
        f"{found.report}: {found.rows:,} rows, {found.kept:,} kept, {found.empty:,} without a "
        f"number, {found.repeated:,} repeated, {found.malformed:,} malformed.",
        *_first(found.first_malformed, found.malformed, "row"),
        f"{len(found.counts):,} numbers: {changed.added:,} added, {changed.replaced:,} replaced, "
        f"{changed.removed:,} removed, {changed.unchanged:,} unchanged.",
    ]
    return "\n".join(lines)


def _places(found: list[tuple[int, str]], name: str) -> list[dict[str, object]]:
    return [{name: number, "why": why} for number, why in found]


def _first(found: list[tuple[int, str]], total: int, name: str) -> list[str]:
    said = [f"    {name} {number:,}: {why}" for number, why in found]
    return [*said, f"    … and {total - len(found):,} more"] if total > len(found) else said
