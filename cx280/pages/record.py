"""`needs_record`: starts Django for a command that reads or writes the system of record."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import django

from cx280.lake.restoring import refuse_half_restored

P = ParamSpec("P")
R = TypeVar("R")


def needs_record(command: Callable[P, R]) -> Callable[P, R]:
    """Wraps a command's function so that Django and the record are ready before it runs.

    The embedded record (SQLite) is brought up to this version by itself, so that a command
    works on a fresh folder; a PostgreSQL shared with other nodes waits for `cx280 migrate`.
    Commands import models and actions inside the function, after this has run.
    """

    @wraps(command)
    def ready(*args: P.args, **kwargs: P.kwargs) -> R:
        from django.apps import apps

        if not apps.ready:
            refuse_half_restored(Path(os.environ.get("CX280_DATA", "var")))
            django.setup()
            _bring_embedded_record_up_to_date()
        return command(*args, **kwargs)

    return ready


def is_behind() -> bool:
    """Whether the record is older than this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _bring_embedded_record_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite" and is_behind():
        call_command("migrate", verbosity=0, interactive=False)
