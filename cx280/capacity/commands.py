"""`cx280 import template`: another version of a template, OMB’s own among them."""

import json
from pathlib import Path

import click

from cx280.pages.record import needs_record


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was loaded as JSON.")
@needs_record
def import_template(file: Path, as_json: bool) -> None:
    """Loads a template of the Capacity Assessment, the reflection or the Action Plan from TOML.

    Safe to run twice. A version never changes: another text takes the next version.
    """
    from cx280.capacity.actions.templates import load_template
    from cx280.issued.rules import document_in
    from cx280.kernel.problem import Unusable
    from cx280.plans.actions.templates import load_plan_template
    from cx280.plans.rules.templates import KIND

    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Unusable(f"{file} is not text in UTF-8.") from error
    is_plan = document_in(text).get("kind") == KIND
    kept = load_plan_template(text) if is_plan else load_template(text)
    if as_json:
        names = ("code", "version", "first_year", "last_year", "digest")
        said = {name: getattr(kept, name) for name in names}
        click.echo(json.dumps({**said, "kind": kept.document["kind"]}))
        return
    click.echo(f"{kept}: {kept.template.title}, FY{kept.first_year} to FY{kept.last_year}.")
