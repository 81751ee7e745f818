"""The pages of journeys: drawn, taken back, told of each other, exchanged, kept apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.journeys.actions.drawing import add_step, replace_with
from cx280.journeys.queries.maps import map_of, sketch_of
from cx280.journeys.rules.files import read
from cx280.journeys.rules.record import MapRecord, StepRecord
from cx280.plans.models import PainPoint
from cx280.services.actions import import_services
from cx280.services.models import Journey, JourneyStep, Service
from cx280.services.queries import record_of
from cx280.surveys.models import Survey
from tests.builders import a_journey, a_person, a_service, a_survey, an_agency
from tests.journeys.maps import MAPS, NOW, PERMIT, a_map
from tests.telemetry.builders import a_flow

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def text_of(response: Any) -> str:  # noqa: ANN401
    return " ".join(response.content.decode().split())


def at(name: str, journey: Journey, *more: object) -> str:
    return reverse(f"journeys:{name}", args=[journey.pk, *more])


def names_of(journey: Journey) -> list[str]:
    return [each.name for each in journey.steps.all()]


def file_of(record_text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("journey.json", record_text.encode())}


@pytest.fixture
def lead() -> Person:
    return a_person(Role.CX_LEAD, an_agency(name="Department of Rivers"), name="Pat Lead")


@pytest.fixture
def service(lead: Person) -> Service:
    organization = lead.assignments.get().organization
    assert organization is not None
    return a_service(organization, code="boat-permits", name="Boat permits")


def do(client: Client, journey: Journey, button: str, **more: object) -> Any:  # noqa: ANN401
    revision = map_of(Journey.objects.get(pk=journey.pk)).revision
    return client.post(at("edit", journey), {"do": button, "revision": revision, **more})


@pytest.mark.proves("280.4-a1")
def test_a_journey_is_drawn_step_by_step_and_taken_back_step_by_step(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    client = sign_in(lead)
    ends = {"name": "Permit", "occasion": "Buys a boat", "outcome": "Has it"}
    assert client.post(reverse("journeys:new", args=[service.code]), {}).status_code == 422
    client.post(reverse("journeys:new", args=[service.code]), ends)
    journey = service.journeys.get()
    for name in ("Asks", "Pays"):
        do(client, journey, "add", step=name)
    asks, pays = journey.steps.get(name="Asks"), journey.steps.get(name="Pays")

    do(client, journey, f"up:{pays.pk}")
    assert names_of(journey) == ["Buys a boat", "Pays", "Asks", "Has it"]
    do(client, journey, "add", **{f"place-{asks.pk}": 1})  # Enter in the place of a step
    assert names_of(journey) == ["Asks", "Buys a boat", "Pays", "Has it"]
    do(client, journey, f"remove:{pays.pk}")
    assert names_of(journey) == ["Asks", "Buys a boat", "Has it"]
    for _ in range(3):
        do(client, journey, "undo")

    assert names_of(journey) == ["Buys a boat", "Asks", "Pays", "Has it"]
    assert journey.steps.filter(pk=pays.pk).exists()
    assert do(client, journey, "add", step=" ").status_code == 422
    assert do(client, journey, "up:987654").status_code == 404
    history = text_of(client.get(at("history", journey)))
    assert "Moved “Pays” to place 2." in history or "Moved “Asks” to place 3." in history
    assert "Removed “Pays”." in history


LANES = {
    "name": "Applies online", "thinks": "Which form is mine?", "feeling": "-1",
    "source": "12 interviews", "channel": "website", "front_stage": "Clerk checks.",
    "back_stage": "Fee is booked.", "systems": "Permit database\r\nPay.gov", "policy": "43 CFR",
    "stage": "process", "transaction_type": "apply", "moment": "Most give up here.",
}  # fmt: skip


@pytest.mark.proves("280.4-a2", "280.4-b1", "280.4-b2", "280.14-b1")
def test_a_step_takes_all_its_lanes_and_travels_whole(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    journey = a_map(service, lead)
    step = journey.steps.all()[1]
    survey, flow = a_survey(service), a_flow(service)
    partner = an_agency(name="Treasury")
    point = PainPoint.objects.create(service=service, words="It takes weeks.", added_by=lead)
    client = sign_in(lead)
    more = {"surveys": [survey.code], "pain_points": [point.words], "flow": f"{flow.key}|pay",
            "owner": partner.pk, "service": "Pay.gov", "shared": "on", "revision": 1}  # fmt: skip

    missing = client.post(at("step", journey, step.pk), {**LANES, **more, "source": ""})
    client.post(at("step", journey, step.pk), {**LANES, **more})

    assert "Say who says how it feels." in text_of(missing)
    survey.refresh_from_db()
    assert survey.journey_step == step
    for page in ("journey", "blueprint", "evidence", "history", "edit", "about"):
        assert client.get(at(page, journey)).status_code == 200, page
    blueprint = text_of(client.get(at("blueprint", journey)))
    for words in ("Clerk checks.", "Fee is booked.", "43 CFR", "Pay.gov, Permit database"):
        assert words in blueprint
    assert "No system is named for “Buys a boat”, “Has the permit”." in blueprint
    assert "another agency" in text_of(client.get(at("journey", journey)))
    whole = sketch_of(journey).record
    for kind in ("json", "html", "svg"):
        assert read(client.get(at(kind, journey)).content.decode()) == whole, kind
    told = client.get(f"/api/v1/journeys/{journey.pk}").json()
    assert told["cross_agency"]
    assert told["journey"]["steps"][1]["flow_step"] == "pay"
    assert client.get("/api/v1/journeys?service=boat-permits").json()["count"] == 1


def step_asked(survey: Survey) -> JourneyStep | None:
    return Survey.objects.get(pk=survey.pk).journey_step


def test_a_survey_stays_tied_to_a_step_that_is_removed_and_taken_back(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    journey = a_map(service, lead)
    step = journey.steps.all()[1]
    survey = a_survey(service, journey_step=step)
    client = sign_in(lead)
    client.post(at("step", journey, step.pk), {**LANES, "surveys": survey.code, "revision": 1})

    do(client, journey, f"remove:{step.pk}")
    assert step_asked(survey) is None
    do(client, journey, "undo")

    assert step_asked(survey) == step
    only = StepRecord(name="Only", surveys=(survey.code,))
    replace_with(journey, MapRecord(name="New", steps=(only,)), by=lead, now=NOW)
    assert step_asked(survey) == journey.steps.get()


def test_two_who_edit_at_once_are_told_and_nothing_typed_is_lost(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    journey = a_map(service, lead)
    step = journey.steps.all()[1]
    other = a_person(Role.CX_LEAD, service.owner, name="Mika")
    replace_with(journey, _with(PERMIT, 1, channel="phone"), by=other, now=NOW)
    client = sign_in(lead)

    told = client.post(at("step", journey, step.pk), {**LANES, "revision": 1})
    stale = client.post(at("edit", journey), {"do": f"up:{step.pk}", "revision": 1})

    assert told.status_code == stale.status_code == 409
    page = text_of(told)
    assert "Mika changed this step while you wrote" in page
    assert "<strong>Channel:</strong> Phone" in page
    assert "Applies online" in page
    assert names_of(journey) == ["Buys a boat", "Applies", "Has the permit"]
    assert "Mika changed this journey since you opened it: Changed “Applies”" in text_of(stale)
    following = client.post(at("step", journey, step.pk), {**LANES, "revision": 2, "go": "next"})
    assert names_of(journey)[1] == "Applies online"
    assert following["Location"] == at("step", journey, journey.steps.all()[2].pk)


def test_two_who_name_a_journey_at_once_are_told(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    journey = a_map(service, lead)
    other = a_person(Role.CX_LEAD, service.owner, name="Mika")
    replace_with(journey, replace(PERMIT, goal="Fish on Sunday."), by=other, now=NOW)
    client = sign_in(lead)
    mine = {"name": "Permit", "goal": "", "customers": ""}

    told = client.post(at("about", journey), {**mine, "revision": 1})
    client.post(at("about", journey), {**mine, "revision": 2})

    assert told.status_code == 422
    assert "Mika changed this while you wrote." in text_of(told)
    assert "Fish on Sunday." in text_of(told)
    assert 'value="Permit"' in text_of(told)
    assert Journey.objects.get(pk=journey.pk).name == "Permit"


def test_another_step_may_be_changed_at_once_and_saves_in_a_row_are_one_version(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    journey = a_map(service, lead)
    step = journey.steps.all()[1]
    other = a_person(Role.CX_LEAD, service.owner, name="Mika")
    add_step(journey, StepRecord(name="Waits"), after=None, by=other, now=NOW)
    client = sign_in(lead)
    typed = {**LANES, "name": "Applies", "revision": 1}

    answers = [
        client.post(at("step", journey, step.pk), {**typed, "policy": words},
                    headers={"x-autosave": "1"})
        for words in ("4", "43", "43 CFR 1")
    ]  # fmt: skip

    assert [each.status_code for each in answers] == [204, 204, 204]
    assert answers[-1]["X-Revision"] == "5"
    assert names_of(journey) == ["Buys a boat", "Applies", "Waits", "Has the permit"]
    assert journey.versions.count() == 3
    assert "policy" in journey.versions.all()[0].words[0]


def _with(record: MapRecord, at: int, **fields: object) -> MapRecord:
    steps = list(record.steps)
    steps[at] = replace(steps[at], **fields)
    return replace(record, steps=tuple(steps))


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=MAPS)
@pytest.mark.proves("280.4-b1", "280.4-b2")
def test_any_journey_brought_in_is_the_identical_journey(
    service: Service, lead: Person, record: MapRecord
) -> None:
    Journey.objects.all().delete()

    journey = a_map(service, lead, record)
    assert sketch_of(journey).record == record
    replace_with(journey, PERMIT, by=lead, now=NOW)

    assert sketch_of(Journey.objects.get()).record == PERMIT


def test_a_file_is_brought_in_or_refused_by_field(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    client = sign_in(lead)
    old = a_journey(service)
    text = client.get(at("json", old)).content.decode()
    bring = reverse("journeys:bring", args=[service.code])

    same_name = client.post(bring, file_of(text))
    bad = client.post(bring, file_of(text.replace('"start"', '"middle"')))
    flows = text.replace('"Applies",', '"Applies", "flow": "x",')
    unknown = client.post(at("replace", old), file_of(flows))
    client.post(bring, file_of(text.replace("Getting a permit", "Another way")))
    client.post(at("replace", old), file_of(text.replace('"Applies"', '"Asks"')))

    assert same_name.status_code == bad.status_code == unknown.status_code == 422
    assert "There is already a journey called “Getting a permit”." in text_of(same_name)
    assert "<strong>Step 1, part of the journey:</strong> “middle” is none of" in text_of(bad)
    assert "The service has no flow “x”." in text_of(unknown)
    assert service.journeys.count() == 2
    assert names_of(old) == ["Buys a boat", "Asks", "Has the permit"]
    client.post(at("restore", old, 1))
    assert names_of(old) == ["Buys a boat", "Applies", "Has the permit"]
    assert client.get(at("version", old, 1)).status_code == 200
    client.post(at("remove", old))
    assert service.journeys.get().name == "Another way"


def test_an_inventory_that_reorders_steps_leaves_their_lanes_where_they_belong(
    service: Service, lead: Person
) -> None:
    journey = a_map(service, lead)
    before = sketch_of(journey)
    inventory = record_of(service)
    steps = inventory.journeys[0].steps
    other = replace(inventory.journeys[0], steps=(steps[1], steps[0], steps[2]))

    import_services([replace(inventory, journeys=(other,))], by=None)
    add_step(journey, StepRecord(name="Waits"), after=None, by=lead, now=NOW)

    after = sketch_of(journey)
    assert [each.name for each in after.record.steps] == [
        "Applies", "Buys a boat", "Waits", "Has the permit",
    ]  # fmt: skip
    applies = before.keys[1]
    assert applies is not None
    assert after.step(applies) == before.step(applies)
    assert [each.words for each in journey.versions.all()] == [
        ["Added “Waits” after “Buys a boat”."],
        ["Moved “Buys a boat” to place 2."],
        ["Drew the journey."],
    ]


@pytest.mark.proves("280.9-e3")
def test_partners_read_the_steps_shared_on_purpose_and_nothing_else(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    partner, stranger = an_agency(), an_agency()
    point = PainPoint.objects.create(service=service, words="Calls pile up.", added_by=lead)
    steps = list(PERMIT.steps)
    steps[1:2] = [
        StepRecord(name="Applies at the desk", thinks="Ours alone."),
        StepRecord(
            name="Pays there",
            owner=partner.code,
            shared=True,
            thinks="Is it safe?",
            pain_points=(point.words,),
        ),
        StepRecord(name="Is paid out there", owner=partner.code),
    ]
    journey = a_map(service, lead, MapRecord(name="Across", steps=tuple(steps)))
    theirs, nobody = a_person(Role.CX_LEAD, partner), a_person(Role.CX_LEAD, stranger)

    client = sign_in(theirs)
    shared = text_of(client.get(at("shared", journey)))
    listed = text_of(client.get(reverse("journeys:list")))
    closed = [client.get(at(each, journey)).status_code for each in
              ("journey", "evidence", "json", "svg", "edit", "history")]  # fmt: skip

    assert "Across" in listed
    assert "Is it safe?" in shared
    assert not any(
        each in shared for each in ("Ours alone.", "Is paid out there", "at the desk", point.words)
    )
    assert "3. Pays there" in shared
    assert closed == [404] * 6
    assert client.get(f"/api/v1/journeys/{journey.pk}").status_code == 404
    other = sign_in(nobody)
    assert other.get(at("shared", journey)).status_code == 404
    assert "Across" not in text_of(other.get(reverse("journeys:list")))
    assert "No journey is drawn yet." in text_of(other.get(reverse("journeys:list")))
    reader = sign_in(a_person(Role.ANALYST, service.owner))
    assert reader.get(at("journey", journey)).status_code == 200
    assert reader.post(at("edit", journey), {"do": "undo"}).status_code == 403
    assert reader.get(at("shared", journey)).status_code == 404
