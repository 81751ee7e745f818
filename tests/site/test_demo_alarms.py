"""The simulated agency has alarms: found by the detectors in its own data, dealt with by people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.alarms.models import Incident, Note, Part, Watch
from cx280.alarms.rules.vocabulary import Cause, Kind, State
from cx280.alarms.tasks import look_at_what_is_watched
from cx280.measures.tasks import refresh_facts
from cx280.site.demo.alarms import raise_alarms
from cx280.site.demo.load import quarters_until
from cx280.site.demo.plan import plan
from cx280.site.demo.records import build
from cx280.site.demo.storing import store_answers
from cx280.site.demo.visits import add_visits, broke_at, simulated_visits
from cx280.site.demo.websites import add_website
from cx280.telemetry.actions.facts import count_lake

# The record takes the demo in tests/site/test_demo.py; here detectors look at what it holds.
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
# About what the service in trouble is given of 200,000 answers in ten quarters, in two.
ANSWERS, QUARTERS = 40_000, 2


@pytest.fixture(scope="module")
def agency(
    module_record: Callable[[], AbstractContextManager[None]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[date]:
    """What is in trouble, loaded today as `cx280 demo` does, in a lake of its own."""
    folder = tmp_path_factory.mktemp("demo") / "lake"
    today = timezone.localdate()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "CX280_LAKE", str(folder))
        with module_record():
            load_what_is_in_trouble(today)
            yield today


def load_what_is_in_trouble(today: date) -> None:
    """A survey of which an office fell, and a website with too few answers to judge."""
    whole = plan()
    two = replace(whole, services=tuple(
        replace(each, reworded=None,
                share=each.share if each.code == "campsite-booking" else 0.005)
        for each in whole.services if each.code in {"boat-permits", "campsite-booking"}
    ))  # fmt: skip
    quarters = quarters_until(today)[-QUARTERS:]
    built = build(two, quarters, today)
    site = add_website(built.services["boat-permits"], today)
    store_answers(two, built, quarters, responses=ANSWERS, seed=280, today=today)
    add_visits(simulated_visits(site, seed=280, today=today))
    refresh_facts(timezone.now())
    count_lake(timezone.now())
    raise_alarms(two, built, today)


def parts_of(service: str) -> list[Part]:
    found = Part.objects.filter(watch__service__code=service).order_by("end", "pk")
    return list(found.select_related("watch__unit", "incident__owner"))


def test_what_broke_on_the_website_is_found_and_goes_on(agency: date) -> None:
    broke = broke_at(agency)

    website = [
        each for each in parts_of("boat-permits") if not Kind.of(each.watch.kind).is_of_survey
    ]

    step = next(each for each in website if each.watch.key == "permit-2/2")  # address to payment
    assert step.over_at is None
    assert min(each.end for each in website) > broke


def test_what_went_wrong_at_an_office_was_taken_written_about_and_is_over(agency: date) -> None:
    trouble = plan().troubles[0]

    fell = [each for each in parts_of(trouble.service)
            if each.watch.unit and each.watch.unit.code == trouble.office]  # fmt: skip
    first = fell[0].incident

    began = agency - timedelta(days=trouble.days_ago)
    assert began < timezone.localdate(first.opened_at) < agency - timedelta(days=7)
    assert first.state == State.RESOLVED
    assert first.owner == Person.objects.get(assignments__role="program_manager")
    assert [each.cause for each in first.flips.all()][:2] == [Cause.FOUND, Cause.PERSON]
    assert trouble.done in Note.objects.filter(incident=first).values_list("text", flat=True)
    assert first.action_text == trouble.action


def test_today_tells_of_what_nobody_has_taken(agency: date, client: Client) -> None:
    client.force_login(Person.objects.get(assignments__role="program_manager"))

    page = client.get("/", follow=True).content.decode()

    assert "from “Your address” to “Payment”" in page


def test_the_worker_goes_on_where_loading_stopped_and_finds_no_silence(agency: date) -> None:
    before = set(Incident.objects.values_list("pk", flat=True))

    opened = look_at_what_is_watched(timezone.now() + timedelta(days=3))

    assert opened == 0
    assert set(Incident.objects.values_list("pk", flat=True)) == before
    assert Watch.objects.exclude(looked_to=None).count() > 20
