"""A fresh record for a benchmark: Django started on its own data, with one open survey."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cx280.accounts.models import Person
    from cx280.surveys.models import SurveyVersion


def start() -> None:
    """Starts Django and makes the tables; CX280_DATA must name a fresh folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cx280.site.settings"
    os.environ.setdefault("CX280_HOSTS", "localhost,testserver,127.0.0.1")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def in_a_child(work: Callable[[], object]) -> None:
    """Does that in a process of its own: Django's connections and threads end with it."""
    if not (child := os.fork()):
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit("the record was not made")


def with_a_site(key: str) -> None:
    """A record with a service and one site of that key, which takes events."""
    start()
    from tests.telemetry.builders import a_site

    a_site(key=key, enabled=True)


def demo(responses: int) -> None:
    """Loads the simulated agency with about that many answers."""
    from click.testing import CliRunner

    from cx280.site.demo.commands import demo as command

    with redirect_stdout(StringIO()):
        run = CliRunner().invoke(command, ["--responses", str(responses)])
    if run.exit_code:
        raise SystemExit(f"the simulated agency did not load: {run.output} {run.exception!r}")


def open_version() -> SurveyVersion:
    """The open version of the simulated agency's boat permit survey."""
    from cx280.surveys.models import SurveyVersion

    return SurveyVersion.objects.select_related("survey").get(
        survey__code="boat-permits", closed_at__isnull=True
    )


def person(role: str) -> Person:
    """The simulated person with that role."""
    from cx280.accounts.models import Person

    return Person.objects.filter(assignments__role=role).first() or Person()
