"""`cx280 conformance`: for each rule, where it is carried out and which tests prove it."""

import importlib
import json
import pkgutil
from collections import Counter
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

import click
import django
from django.apps import apps

import cx280
from cx280.circular.catalogue import catalogue, is_known, resolutions
from cx280.circular.edition import edition, editions
from cx280.circular.implements import claims
from cx280.circular.proofs import Proofs, read_proofs
from cx280.circular.rules_page import rules_page

TESTS = Path(cx280.__file__).parent.parent / "tests"
_NOT_FOR_IMPORT = {"__main__", "migrations"}

Ids = dict[str, list[str]]  # places or tests, by catalogue id


class State(StrEnum):
    """How far a rule is carried out."""

    PROVED = "proved"
    UNPROVED = "claimed, not proved"
    REFERENCE = "reference only"
    NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its state, the code that claims it, the tests that prove it.

    strength is empty for a resolution (INC-07); reason says why a rule is reference only.
    """

    id: str
    title: str
    strength: str
    state: State
    implemented: tuple[str, ...] = ()
    proved_by: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Every requirement and resolution, and what is wrong with the claims.

    tests_found: False where the package is installed without its tests, so nothing can be proved.
    """

    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    tests_found: bool

    def totals(self) -> dict[str, int]:
        """How many requirements are in each state, none left out; resolutions not counted."""
        return _count([row for row in self.rows if row.id in catalogue()])

    @property
    def unclaimed(self) -> list[Row]:
        """Rules that tests prove and no code claims; most likely a claim was forgotten."""
        return [row for row in self.rows if row.proved_by and not row.implemented]

    def as_dict(self) -> dict[str, object]:
        """The report as JSON prints it."""
        return {
            "totals": self.totals(),
            "resolutions": _count([row for row in self.rows if row.id in resolutions()]),
            "tests_found": self.tests_found,
            "problems": list(self.problems),
            "unclaimed": [row.id for row in self.unclaimed],
            "rows": [asdict(row) for row in self.rows],
        }


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the page of all rules.")
@click.option("--state", type=click.Choice([each.value for each in State]), help="Only these.")
@click.option(
    "--tests",
    type=click.Path(file_okay=False, path_type=Path),
    default=TESTS,
    help="Where the tests are; beside the package if not said.",
)
def conformance(as_json: bool, as_markdown: bool, state: str | None, tests: Path) -> int:
    """For each rule: where it is carried out, and which tests prove it.

    Leaves with 1 when a rule is claimed and not proved, or an id does not exist.
    """
    report = read_report(tests)
    if as_markdown:
        implemented = {row.id: row.implemented for row in report.rows}
        click.echo(rules_page(edition(editions()[-1]), implemented))
        return 0
    click.echo(json.dumps(report.as_dict(), indent=2) if as_json else _table(report, state))
    return 1 if report.problems else 0


def read_report(tests: Path = TESTS) -> Report:
    """The report on the code as it is now and the tests in that folder."""
    broken = load_everything()
    proofs = read_proofs(tests) if tests.is_dir() else None
    found = report_on(_our_claims(), proofs)
    return replace(found, problems=(*broken, *found.problems))


def report_on(claimed: Ids, proofs: Proofs | None) -> Report:
    """What claims and proofs come to. proofs is None where there are no tests to read."""
    proved = proofs.tests if proofs else {}
    rows = tuple(_filled(row, claimed, proved) for row in _blank_rows())
    problems = [*_unknown("claimed", claimed), *_unknown("proved", proved)]
    if proofs is not None:
        problems += [
            f"{row.id} is claimed by {', '.join(row.implemented)}, but no test proves it."
            for row in rows
            if row.state is State.UNPROVED
        ]
        problems += [
            f"{each} proves ids that are not written out; write them as plain strings."
            for each in proofs.unreadable
        ]
    return Report(rows, tuple(problems), proofs is not None)


def _unknown(verb: str, places: Ids) -> list[str]:
    return [
        f"{each} is {verb} by {', '.join(names)}, but the catalogue has no such id."
        for each, names in sorted(places.items())
        if not is_known(each)
    ]


def load_everything() -> list[str]:
    """Imports every module, so that each claim is known; a sentence for each that cannot be."""
    if not apps.ready:
        django.setup()
    return [
        sentence
        for found in pkgutil.walk_packages(cx280.__path__, "cx280.", onerror=lambda _name: None)
        if not _NOT_FOR_IMPORT & set(found.name.split("."))
        for sentence in _import(found.name)
    ]


def _import(name: str) -> list[str]:
    try:
        importlib.import_module(name)
    except ImportError as problem:
        return [f"{name} cannot be imported, so its claims are unknown: {problem}."]
    return []


def _our_claims() -> Ids:
    ours = {
        each: [p for p in places if p.startswith("cx280.")] for each, places in claims().items()
    }
    return {each: places for each, places in ours.items() if places}


def _blank_rows() -> list[Row]:
    """Each requirement and resolution as if nobody had claimed it."""
    rows = [
        Row(
            each.id,
            each.title,
            each.strength.value,
            State.REFERENCE if each.reference else State.NOT_YET,
            reason=each.reference,
        )
        for each in catalogue().values()
    ]
    return rows + [Row(each.id, each.title, "", State.NOT_YET) for each in resolutions().values()]


def _filled(row: Row, claimed: Ids, proved: Ids) -> Row:
    places, tests = tuple(claimed.get(row.id, ())), tuple(proved.get(row.id, ()))
    state = row.state
    if places:
        state = State.PROVED if tests else State.UNPROVED
    return replace(row, state=state, implemented=places, proved_by=tests)


def _count(rows: list[Row]) -> dict[str, int]:
    counted = Counter(row.state for row in rows)
    return {"rows": len(rows)} | {state.value: counted[state] for state in State}


def _table(report: Report, state: str | None) -> str:
    lines = []
    for row in report.rows:
        if state and row.state.value != state:
            continue
        lines.append(f"{row.id:<12}{row.strength:<12}{row.state.value:<21}{row.title}")
        lines += [f"{'':12}in {place}" for place in row.implemented]
        lines += [f"{'':12}by {test}" for test in row.proved_by]
        lines += [f"{'':12}{row.reason}"] if row.reason else []
    return "\n".join([*lines, "", *_summary(report)])


def _summary(report: Report) -> list[str]:
    totals = report.totals()
    lines = [", ".join(f"{count} {name}" for name, count in totals.items()) + "."]
    if not report.tests_found:
        lines.append("The tests are not beside the package, so nothing here is shown as proved.")
    if report.unclaimed:
        named = ", ".join(row.id for row in report.unclaimed)
        lines.append(f"Proved by tests, claimed by no code: {named}.")
    if report.problems:
        lines += ["", f"{len(report.problems)} to put right:", *report.problems]
    return lines
