"""The house stands as designed: known file names, files and functions of a size, pure rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter import cli

HOUSE = Path(__file__).resolve().parents[2]
SOURCE = HOUSE / "cx280"

LONGEST_FILE = 400
LONGEST_FUNCTION = 40

# What a file of an application's folder may be called; a folder so named holds files of one kind.
FILES = {
    "__init__", "access", "actions", "api", "apps", "commands", "forms", "models", "queries",
    "rules", "schemas", "tasks", "urls", "views",
}  # fmt: skip
FOLDERS = {"actions", "api", "checks", "documents", "forms", "models", "queries", "rules",
           "schemas", "views"}  # fmt: skip
# Django's own folders, and what is not Python.
OUTSIDE = {"migrations", "templates", "templatetags", "static", "locale", "assets", "words"}
# Folders with other names inside: kernel, circular and stats are rules throughout, pages and site
# wire things up, lake and collector run without Django.
APART = {"circular", "collector", "kernel", "lake", "pages", "site", "stats"}
APPLICATIONS = {each.parent.name for each in SOURCE.glob("*/__init__.py")} - APART
# Files with a name of their own, each with the reason why no word of the vocabulary fits.
OTHERS = {
    "accounts/api_access.py": "who may call an API operation; access.py is about pages and objects",
    "accounts/backends.py": "the name Django looks for: how a person proves who they are",
    "accounts/middleware.py": "the name Django's settings use: refuses what nobody declared",
    "accounts/organizations": "pages of the tree below accounts (decision 2), same vocabulary",
    "accounts/secrets.py": "how tokens are made and digested, for links and keys alike",
    "audit/seal.py": "triggers of two databases, put in place by a migration",
    "alarms/change_commands.py": "the command that evaluates a change, apart from detection",
    "alarms/reading.py": "reads files of numbers in time, for both commands",
    "alarms/channels": "how an alarm reaches people: a folder for each channel, all of one shape",
    "delivery/channels": "the way out to providers and programs; alarms use it too",
    "delivery/hook_urls.py": "the public addresses of providers, apart from those of staff",
    "delivery/refusals.py": "counts refused requests in memory, never stored",
    "delivery/posters.py": "draws posters as files: tagged PDF and SVG",
    "delivery/embed_urls.py": "the public addresses for websites, apart from those of staff",
    "dashboards/plan_urls.py": "the measurement plan's addresses, which stand before any survey's",
    "delivery/stop_urls.py": "the public address for stopping, apart from those of staff",
    "delivery/stopping.py": "the signed address by which a person stops being asked",
    "delivery/sealing.py": "encrypts what may only be kept encrypted, for models and actions alike",
    "designation/figures.py": "the picture of sensitivity, shared by page and file",
    "opendata/caching.py": "headers of answers that any cache may keep",
    "opendata/cards.py": "what pages show of a service, shared by them",
    "opendata/charts.py": "published figures drawn, shared by several pages",
    "opendata/openapi.py": "the OpenAPI document with CSV beside JSON",
    "opendata/rulebook.py": "a rule with what the system does about it, for pages and API",
    "oversight/briefing_urls.py": "the addresses of a briefing, which stand below its talk",
    "recovery/public_urls.py": "the public address where a customer asks, apart from the others",
    "reporting/figures.py": "figures drawn with their n, shared by several pages",
    "reporting/history": "reports of earlier quarters, same vocabulary",
    "research/index.py": "full text of insights in both databases, for models and queries",
    "responses/arriving.py": "what the address of a survey page says, as far as it is kept",
    "responses/embedded.py": "the public views of a survey that a website shows in a frame",
    "responses/exporting.py": "streams responses of any number into files",
    "responses/guard.py": "counts answers by address in memory, never stored",
    "responses/kiosk_pages.py": "pages of a kiosk as text, apart from the survey's own",
    "responses/kiosk_views.py": "what a kiosk asks for, apart from the survey's own views",
    "responses/pictures.py": "one chart, shared by pages",
    "responses/reading.py": "opens CSV files of any origin line by line",
    "responses/short_urls.py": "the address on posters, short enough to type",
    "responses/paper_forms.py": "a version as a printed form, page and PDF alike",
    "responses/spoken.py": "what callers hear, in words, for every kind of phone system",
    "responses/twiml.py": "a step of a call in the words of Twilio",
    "responses/voicexml.py": "a step of a call as VoiceXML",
    "responses/starts.py": "counts opened surveys in memory between two writes",
    "responses/survey_pages.py": "public pages as text, shared by view and preview",
    "responses/survey_urls.py": "the public addresses, apart from those of staff",
    "responses/survey_views.py": "the public views, apart from those of staff",
    "responses/tokens.py": "the signed token of a survey page",
    "responses/wording.py": "what public pages say, by language",
    "telemetry/script_urls.py": "the addresses of the website script, apart from those of staff",
    "telemetry/import_commands.py": "commands that bring files in, apart from those of the record",
    "telemetry/imported_urls.py": "the addresses of one page, apart from those of the record",
    "surveys/problems.py": "refusals raised by several actions",
}
NO_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "info",
            "data", "lib"}  # fmt: skip
# Folders whose writes nobody does. Facts are recomputed; measures audits what people change there.
UNAUDITED: set[str] = set()
# Rules decide from their arguments alone.
PURE = ("rules", "checks")
PURE_FOLDERS = {"kernel", "circular", "stats"}
NO_IMPORTS = {"django", "ninja", "psycopg", "sqlite3", "socket", "requests", "subprocess",
              "secrets", "time", "urllib.request", "http.client", "http.server"}  # fmt: skip
NO_CLOCK = {"now", "today", "utcnow", "localdate", "localtime"}


def sources(root: Path = SOURCE) -> list[Path]:
    """The Python files below, migrations left out: Django writes those."""
    return [each for each in sorted(root.rglob("*.py")) if "migrations" not in each.parts]


def named(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def in_vocabulary(path: Path) -> bool:
    """Whether a file has a name that says its job: a word, or a folder of that word."""
    folder, first, *rest = path.relative_to(SOURCE).parts
    if folder not in APPLICATIONS or is_excused(path):
        return True
    return first in FOLDERS | OUTSIDE if rest else first.removesuffix(".py") in FILES


def is_excused(path: Path) -> bool:
    place = path.relative_to(SOURCE)
    return any(place.is_relative_to(each) for each in OTHERS)


def is_rule(path: Path) -> bool:
    parts = path.relative_to(SOURCE).parts
    if path.name == "commands.py" or "views" in parts:
        return False
    return parts[0] in PURE_FOLDERS or any(each.removesuffix(".py") in PURE for each in parts)


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, docstring left out."""
    first = function.body[0]
    said = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(function) else 0
    return (function.end_lineno or 0) - function.lineno + 1 - said


def test_a_file_s_name_says_what_it_may_do() -> None:
    """A name outside the vocabulary goes into OTHERS with its reason, or becomes another name."""
    strange = [named(each) for each in sources() if len(each.relative_to(SOURCE).parts) > 1
               and not in_vocabulary(each)]  # fmt: skip

    assert not strange, "\n".join(strange)


def test_every_excused_name_exists() -> None:
    assert [each for each in OTHERS if not (SOURCE / each).exists()] == []


def test_no_file_is_called_by_a_word_that_says_nothing() -> None:
    """But a view is called like its page, and there is a page about data."""
    empty = [
        named(each)
        for each in [*sources(), *sources(HOUSE / "tests")]
        if "views" not in each.parts
        and {part.removesuffix(".py") for part in each.relative_to(HOUSE).parts} & NO_NAMES
    ]

    assert not empty, "\n".join(empty)


def test_no_layer_is_called_services() -> None:
    """Here a service is what the public uses."""
    assert [named(each) for each in SOURCE.glob("*/services.py")] == []


def test_a_file_has_one_subject() -> None:
    lengths = {
        each: len(each.read_text(encoding="utf-8").splitlines())
        for each in [*sources(), *sources(HOUSE / "tests")]
    }

    long = [f"{named(p)}: {lines} lines" for p, lines in lengths.items() if lines > LONGEST_FILE]
    assert not long, "\n".join(long)


def test_a_function_fits_a_screen() -> None:
    long = [
        f"{named(path)}: {each.name} has {length_of(each)} lines"
        for path in sources()
        for each in functions(path)
        if length_of(each) > LONGEST_FUNCTION
    ]

    assert not long, "\n".join(long)


def test_every_module_and_everything_public_in_it_says_what_it_is() -> None:
    silent = [
        f"{named(path)}: {getattr(node, 'name', 'the module')}"
        for path in sources()
        for node in [tree_of(path), *tree_of(path).body]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module)
        and not getattr(node, "name", "").startswith("_")
        and not ast.get_docstring(node)
    ]

    assert not silent, "\n".join(silent)


def test_a_rule_imports_nothing_that_reaches_outside() -> None:
    reached = [
        f"{named(path)}: {name}"
        for path in sources()
        if is_rule(path)
        for name in imports(path)
        if any(name == each or name.startswith(f"{each}.") for each in NO_IMPORTS)
    ]

    assert not reached, "\n".join(reached)


def test_a_rule_asks_no_clock() -> None:
    asked = [
        f"{named(path)}: line {node.lineno}"
        for path in sources()
        if is_rule(path)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in NO_CLOCK
    ]

    assert not asked, "\n".join(asked)


def test_nothing_is_done_behind_one_s_back() -> None:
    """No signals, no logic in save(): what happens is said where it happens."""
    hidden = [
        f"{named(path)}: {each.name}()"
        for path in sources()
        for each in functions(path)
        if each.name in {"save", "delete"}
    ]
    hidden += [
        named(path) for path in sources() if "django.db.models.signals" in set(imports(path))
    ]

    assert not hidden, "\n".join(hidden)


def test_writes_carry_their_audit_entry() -> None:
    """Every folder whose actions write names audit.actions in one of them."""
    silent = [
        each.name
        for each in sorted(SOURCE.iterdir())
        if any(each.glob("actions*"))
        and each.name != "audit"
        and not any(
            "cx280.audit.actions" in set(imports(path))
            for path in sources(each)
            if "actions" in {part.removesuffix(".py") for part in path.parts}
        )
    ]

    assert [name for name in silent if name not in UNAUDITED] == []


def test_imports_point_from_the_entrance_to_the_ground(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = cli.lint_imports(
        config_filename=str(HOUSE / "pyproject.toml"), no_cache=True, no_logo=True
    )

    assert code == 0, capsys.readouterr().out
