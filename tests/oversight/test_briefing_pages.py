"""The briefing: live for the provider, frozen once handed over, for OMB only what was handed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pptx import Presentation

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.deep_dive.models import Discussion
from cx280.kernel.quarter import Quarter
from cx280.measures.actions import recount
from cx280.measures.tasks import refresh_facts
from cx280.obligations.actions.bringing_up import bring_up
from cx280.services.models import Designation
from tests.builders import a_person, a_response, some_words
from tests.deep_dive.builders import DUE, a_follow_up, a_planned_talk, held
from tests.reporting.quarters import Scene, a_scene, answered

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@dataclass(frozen=True, slots=True)
class Diving:
    """A provider with answers in FY2022, last year's deep dive, and the next one planned."""

    scene: Scene
    talk: Discussion

    def address(self, name: str, *more: int) -> str:
        return reverse(f"briefings:{name}", args=[self.talk.pk, *more])


@pytest.fixture(scope="module")
def diving(module_record: Callable[[], AbstractContextManager[None]]) -> Diving:
    with module_record():
        scene = a_scene("Boat permits")
        Designation.objects.update(why="People wait longest for it.")
        for written in ("FY2022 Q1", "FY2022 Q2"):
            answered(scene, Quarter.parse(written))
            recount(scene.version, Quarter.parse(written))
        some_words(a_response(scene.version), "The zebra at counter seven was unkind")
        refresh_facts(timezone.now())
        bring_up(timezone.localdate())
        last = held(
            a_planned_talk(scene.hisp, scene.lead, fiscal_year=2022), scene.lead,
            DUE.replace(year=2022),
        )  # fmt: skip
        a_follow_up(last, scene.lead)
        talk = a_planned_talk(scene.hisp, scene.lead, asks="A contact for texts")
        return Diving(scene, talk)


def words(client: Client, address: str) -> str:
    body = client.get(address).content.decode()
    return " ".join(body.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.proves("280.14-d2")
def test_the_provider_reads_a_briefing_made_from_what_is_measured(
    diving: Diving, sign_in: SignIn
) -> None:
    page = words(sign_in(diving.scene.lead), diving.address("briefing"))

    assert "Trust in Boat permits is 79 %" in page
    assert "n 127" in page
    assert "People wait longest for it." in page
    assert "0 of 1 question OMB asked last time are answered" in page
    assert "We ask OMB for 1 thing" in page
    assert "The Capacity Assessment of FY2023 is missing" in page
    assert "zebra" not in page


def test_the_files_hold_the_same_slides(diving: Diving, sign_in: SignIn) -> None:
    client = sign_in(diving.scene.lead)

    slides = client.get(diving.address("briefing-slides"))
    pdf = client.get(diving.address("briefing-pdf"))

    titles = [each.shapes.title.text_frame.text for each in Presentation(
        BytesIO(slides.content)).slides]  # fmt: skip
    assert "We ask OMB for 1 thing" in titles
    assert pdf.content.startswith(b"%PDF-")
    assert slides.headers["Content-Disposition"].endswith('deep-dive-FY2023.pptx"')


@pytest.mark.proves("280.14-d2")
def test_omb_reads_what_was_handed_over_as_it_was_and_nothing_before(
    diving: Diving, sign_in: SignIn
) -> None:
    omb = a_person(Role.OMB_REVIEWER)
    assert sign_in(omb).get(diving.address("briefing")).status_code == 404
    assert sign_in(omb).get(diving.address("briefing-slides")).status_code == 404

    assert sign_in(diving.scene.lead).post(diving.address("hand-over")).status_code == 302
    Discussion.objects.filter(pk=diving.talk.pk).update(asks="Something else")

    page = words(sign_in(omb), diving.address("kept-briefing", 1))
    assert "as it was handed to OMB" in page
    assert "A contact for texts" in page
    assert "Something else" not in page
    assert sign_in(omb).get(diving.address("kept-pdf", 1)).status_code == 200
    assert sign_in(omb).post(diving.address("hand-over")).status_code == 403
    assert sign_in(omb).get(diving.address("kept-briefing", 2)).status_code == 404


def test_another_agency_finds_no_briefing(diving: Diving, sign_in: SignIn) -> None:
    stranger = sign_in(a_person(Role.CX_LEAD))

    for name in ("briefing", "briefing-slides", "briefing-pdf"):
        assert stranger.get(diving.address(name)).status_code == 404
    assert stranger.post(diving.address("hand-over")).status_code == 404


def test_a_regular_talk_has_no_briefing(diving: Diving, sign_in: SignIn) -> None:
    talk = a_planned_talk(diving.scene.hisp, diving.scene.lead, kind="regular")

    address = reverse("briefings:briefing", args=[talk.pk])
    assert sign_in(diving.scene.lead).get(address).status_code == 404


def test_a_briefing_takes_a_bounded_number_of_queries(diving: Diving, sign_in: SignIn) -> None:
    client = sign_in(diving.scene.lead)
    client.get(diving.address("briefing"))

    with CaptureQueriesContext(connection) as taken:
        client.get(diving.address("briefing"))

    assert len(taken) <= 60
