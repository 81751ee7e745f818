"""Two people at once: release numbers are never shared, a package moves once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from cx280.kernel.problem import Problem
from cx280.reporting.actions import accept, publish, submit
from cx280.reporting.models import Package, Release
from tests.reporting.quarters import a_scene, answered, sent, signed

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite lets one writer in at a time (transaction_mode IMMEDIATE); in memory, no",
    ),
]


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Runs the actions in threads of their own; gives what each gave or the Problem it met."""

    def run(action: Callable[[], object]) -> object:
        try:
            return action()
        except Problem as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_releases_published_at_once_have_numbers_of_their_own() -> None:
    scenes = [a_scene(f"Permit {each}") for each in range(4)]
    packages = []
    for scene in scenes:
        answered(scene)
        package = sent(scene)
        accept(package, by=scene.reviewer)
        packages.append((package, scene.reviewer))

    at_once(*[
        lambda package=package, by=by: publish(package, by=by) for package, by in packages
    ])  # fmt: skip

    assert sorted(Release.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_a_package_sent_twice_at_once_is_sent_once() -> None:
    scene = a_scene()
    answered(scene)
    package = signed(scene)

    results = at_once(*[lambda: submit(package, by=scene.lead)] * 2)

    assert sum(isinstance(each, Problem) for each in results) == 1
    assert Package.objects.get().state == "submitted"
