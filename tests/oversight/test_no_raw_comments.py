"""OMB reads no customer's own words: every page, file and API operation it may open is read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import MAY, Role
from cx280.kernel.quarter import Quarter
from cx280.measures.tasks import refresh_facts
from cx280.responses.models import Comment
from cx280.services.models import Journey
from tests.builders import a_response, some_words
from tests.deep_dive.builders import a_planned_talk, held
from tests.reporting.quarters import Scene, a_scene, answered, released, sent
from tests.structure.routes import DUMMIES, Route, routes

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
WORDS = "The zebra at counter seven was unkind"
PART = re.compile(r"<(?:(\w+):)?(\w+)>")


@pytest.fixture(scope="module")
def scene(module_record: Callable[[], AbstractContextManager[None]]) -> Scene:
    """A service with a comment, a released and a sent quarter, a talk."""
    with module_record():
        found = a_scene("Boat permits")
        for quarter in (Quarter.parse("FY2022 Q2"), Quarter.parse("FY2022 Q3")):
            answered(found, quarter)
        response = a_response(found.version)
        some_words(response, WORDS)
        refresh_facts(timezone.now())
        released(found)
        sent(found, Quarter.parse("FY2022 Q3"))
        held(a_planned_talk(found.hisp, found.lead), found.reviewer)
        return found


def addresses(route: Route, scene: Scene) -> Iterator[str]:
    """The route's address with whatever there is in the place of its arguments."""
    texts = {
        scene.service.code, scene.survey.code, scene.hisp.code, scene.agency.code,
        "trust", "csv", "json", "workbook", "pdf", "280.10-g2",
    }  # fmt: skip
    numbers = {
        scene.version.pk, scene.service.pk,
        *Comment.objects.values_list("pk", flat=True),
        *Comment.objects.values_list("response", flat=True),
        *scene.service.packages.values_list("pk", flat=True),
        *scene.service.releases.values_list("number", flat=True),
        *scene.hisp.omb_talks.values_list("pk", flat=True),
        *Journey.objects.values_list("pk", flat=True),
    }  # fmt: skip
    kinds = [found.group(1) or "str" for found in PART.finditer(route.pattern)]
    choices = [
        sorted(map(str, numbers)) if kind == "int" else sorted(texts)
        if kind in {"slug", "str"} else [DUMMIES[kind]]
        for kind in kinds
    ]  # fmt: skip
    for filled in itertools.product(*choices):
        parts = iter(filled)
        yield "/" + PART.sub(lambda _, parts=parts: next(parts), route.pattern)  # type: ignore[misc]


def for_omb() -> list[Route]:
    """The routes that OMB may read by its role and that take arguments a person gives."""
    mine = MAY[Role.OMB_REVIEWER]
    return [
        each
        for each in routes()
        if (who := each.by_method.get("GET")) is not None
        and not who.public
        and (not who.capabilities or who.capabilities & mine)
        and "(?P" not in each.pattern
    ]


def text_of(client: Client, address: str) -> str | None:
    """What is read there; None where the address takes other methods only."""
    answer = client.get(address)
    if answer.status_code == 405:
        return None
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return body.decode("utf-8", errors="replace")


def test_the_words_are_there_for_the_agency_itself(scene: Scene, sign_in: SignIn) -> None:
    page = text_of(sign_in(scene.lead), f"/measures/{scene.service.code}/comments/")

    assert page is not None
    assert WORDS in page


@pytest.mark.any_database
def test_omb_reads_nobody_s_words_on_any_route(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.reviewer)
    read = 0

    for route in for_omb():
        for address in addresses(route, scene):
            page = text_of(client, address)
            if page is None:
                break
            assert "zebra" not in page, address
            read += 1

    assert read > 100
