"""`needs_record`: starts Django for a command that reads or writes the system of record."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import django

P = ParamSpec("P")
R = TypeVar("R")


def needs_record(command: Callable[P, R]) -> Callable[P, R]:
    """Wraps a command's function so that Django is ready before it runs.

    Commands import models and actions inside the function, after this has run.
    """

    @wraps(command)
    def ready(*args: P.args, **kwargs: P.kwargs) -> R:
        from django.apps import apps

        if not apps.ready:
            django.setup()
        return command(*args, **kwargs)

    return ready
