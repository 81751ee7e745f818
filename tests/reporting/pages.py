"""The pages of a quarter for tests: where they are and what they say."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.reporting.models import Package
from tests.reporting.quarters import Scene, a_scene, answered, written

SignIn = Callable[[Person], Client]


def address(name: str, package: Package, *more: object) -> str:
    """The address of a page of the package."""
    return reverse(f"reporting:{name}", args=[package.pk, *more])


def a_written_scene() -> tuple[Scene, Package]:
    """A scene whose quarter has answers and words."""
    scene = a_scene()
    answered(scene)
    return scene, written(scene)


def text_of(client: Client, where: str) -> str:
    """The page as text; it must be there."""
    response = client.get(where)
    assert response.status_code == 200, response.content
    return response.content.decode()
