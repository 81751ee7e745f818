"""`cx280 check survey FILE`: what the Circular says about a survey document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from cx280.kernel.finding import errors
from cx280.kernel.problem import Unusable


@click.command("survey")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--channel", default="", help="Where the service is given: website, phone, …")
@click.option(
    "--discussed",
    multiple=True,
    metavar="KIND",
    help="Something OMB agreed to, such as trust_wording; may be repeated.",
)
def check_survey(file: Path, as_json: bool, channel: str, discussed: tuple[str, ...]) -> int:
    """Checks a survey document (JSON; - reads standard input) against Section 280.

    Leaves with 0 when nothing stops the survey, 1 when an error finding does, 2 when the file
    is no survey document.
    """
    from cx280.circular.edition import edition
    from cx280.surveys.checks import Context, check
    from cx280.surveys.rules.document import read_document
    from cx280.surveys.rules.minutes import minutes
    from cx280.surveys.rules.paths import longest_path

    document = read_document(_bytes_of(file))
    context = Context(
        edition=edition(document.edition), channel=channel, discussions=_talks(discussed)
    )
    findings = check(document, context)
    result = {
        "ok": not errors(findings),
        "edition": document.edition,
        "questions": len(longest_path(document)),
        "minutes": round(minutes(document), 1),
        "findings": [each.as_dict() for each in findings],
    }
    click.echo(json.dumps(result, ensure_ascii=False, indent=2) if as_json else _told(result))
    return 0 if result["ok"] else 1


def _bytes_of(file: Path) -> bytes:
    """What the file holds; raises Unusable, in one sentence, when it cannot be read."""
    from cx280.surveys.rules.document import LARGEST

    try:
        with click.open_file(str(file), "rb") as stream:
            found: bytes = stream.read(LARGEST + 1)
    except OSError as problem:
        raise Unusable(
            f"{file} cannot be read: {(problem.strerror or 'no reason given')}."
        ) from None
    return found


def _talks(kinds: tuple[str, ...]) -> tuple[Any, ...]:
    from datetime import date

    from cx280.surveys.checks import Discussion
    from cx280.surveys.rules.vocabulary import DiscussionKind

    return tuple(Discussion(DiscussionKind.of(each), date.min) for each in kinds)


def _told(result: dict[str, Any]) -> str:
    """The findings as lines people read, then the sum of it."""
    lines = [
        f"{each['severity'].upper():5} {each['rule']} {each['where'] or 'survey'}: "
        f"{each['message']} {each['fix']}"
        for each in result["findings"]
    ]
    verdict = "Nothing stops this survey" if result["ok"] else "This survey may not open"
    count = f"{result['questions']} questions, about {result['minutes']} minutes"
    return "\n".join([*lines, f"{verdict}: {count}."])
