"""The command line: `cx280 <verb>`. Each folder's `commands.py` holds its own verbs."""

import importlib
import os
import sys

import click

from cx280 import __version__
from cx280.kernel.problem import Problem

# A verb and the place of its click command. Loaded only when called, so that
# `cx280 deadlines` never starts Django.
VERBS = {
    "deadlines": "cx280.circular.commands:deadlines",
    "vocabulary": "cx280.circular.commands:vocabulary",
    "estimate": "cx280.measures.commands:estimate",
    "conformance": "cx280.site.conformance:conformance",
    "serve": "cx280.site.serving:serve",
    "web": "cx280.site.serving:web",
    "work": "cx280.site.serving:work",
    "collect": "cx280.collector.commands:collect",
    "migrate": "cx280.site.serving:migrate",
    "backup": "cx280.site.backup.commands:backup",
    "restore": "cx280.site.backup.commands:restore",
    "drivers": "cx280.measures.commands:drivers",
    "demo": "cx280.site.demo.commands:demo",
    "links": "cx280.accounts.commands:links",
    "person": "cx280.accounts.commands:person",
    "noise": "cx280.reporting.commands:noise",
    "audit": "cx280.audit.commands:audit",
    "redact": "cx280.responses.commands:redact",
    "sites": "cx280.telemetry.commands:sites",
    "facts": "cx280.telemetry.commands:facts",
    "detect": "cx280.alarms.commands:detect",
    "evaluate": "cx280.alarms.change_commands:evaluate",
}
GROUPS = {
    "check": ("Check a document against the Circular.", {
        "survey": "cx280.surveys.commands:check_survey",
    }),
    "import": ("Bring data in; safe to run twice.", {
        "hisp": "cx280.reporting.commands:import_hisp",
        "responses": "cx280.responses.commands:import_responses",
        "services": "cx280.services.commands:import_services",
        "template": "cx280.capacity.commands:import_template",
        "units": "cx280.agencies.commands:import_units",
        "weblog": "cx280.telemetry.import_commands:import_weblog",
        "dap": "cx280.telemetry.import_commands:import_dap",
    }),
    "export": ("Write data out.", {
        "hisp": "cx280.reporting.commands:export_hisp",
        "responses": "cx280.responses.commands:export_responses",
        "services": "cx280.services.commands:export_services",
        "units": "cx280.agencies.commands:export_units",
    }),
}  # fmt: skip


class LazyGroup(click.Group):
    """A group that loads a verb from its folder when it is called."""

    def __init__(self, name: str, verbs: dict[str, str], description: str) -> None:
        super().__init__(name=name, help=description)
        self.verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*self.verbs, *self.commands])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.commands:
            return self.commands[cmd_name]
        place = self.verbs.get(cmd_name)
        if place is None:
            return None
        module, attribute = place.split(":")
        found: click.Command = getattr(importlib.import_module(module), attribute)
        return found


def commands() -> click.Group:
    """The whole command line as one click group."""
    group = LazyGroup("cx280", VERBS, "Customer experience as A-11 Section 280 asks.")
    for name, (description, verbs) in GROUPS.items():
        group.add_command(LazyGroup(name, verbs, description))
    return click.version_option(__version__, prog_name="cx280")(group)


def main() -> None:
    """Runs the command line: 0 done, 1 findings stop it, 2 unusable input, said in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cx280.site.settings")
    try:
        code = commands().main(prog_name="cx280", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.exceptions.Exit as left:
        sys.exit(left.exit_code)
    except click.ClickException as problem:
        click.echo(problem.format_message(), err=True)
        sys.exit(2)
    except Problem as problem:
        click.echo(f"{problem.message} {problem.fix}".strip(), err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)
