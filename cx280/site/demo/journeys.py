"""Two simulated journeys: eight steps across two agencies with evidence, three without any."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from msgspec.structs import replace

from cx280.accounts.models import Person
from cx280.agencies.models import Level, Organization
from cx280.journeys.actions.drawing import bring_in, replace_with, write_step
from cx280.journeys.queries.maps import sketch_of
from cx280.journeys.rules.record import MapRecord, StepRecord
from cx280.plans.models import Evidence, PainPoint
from cx280.plans.rules.vocabulary import EvidenceKind
from cx280.services.models import Journey, Service
from cx280.surveys.models import Survey
from cx280.telemetry.models import Flow

INTERVIEWS = "14 interviews with boat owners, spring"
WAIT = "People do not learn whether their payment arrived"


def add_journeys(people: dict[str, Person], today: date) -> int:
    """How many journeys were drawn."""
    lead = people["cx_lead"]
    journey = Journey.objects.filter(service__code="boat-permits").first()
    if journey is None:
        return 0
    at = timezone.make_aware(datetime.combine(today - timedelta(days=200), time(10)))
    replace_with(journey, _across(journey.service, lead), by=lead, now=at)
    _learned_later(journey, lead, at + timedelta(days=90))
    other = Service.objects.filter(code="campsite-booking").first()
    if other is not None:
        _without_evidence(other, lead, at + timedelta(days=120))
    return Journey.objects.filter(versions__isnull=False).distinct().count()


def _across(service: Service, lead: Person) -> MapRecord:
    """Eight steps; the fee is paid at another agency, which reads two of them."""
    treasury = _treasury()
    point, _ = PainPoint.objects.get_or_create(
        service=service, words=WAIT, defaults={"added_by": lead}
    )
    Evidence.objects.create(
        pain_point=point, kind=EvidenceKind.RESEARCH, words="9 of 14 called to ask (n 14)"
    )
    return MapRecord(
        name="From a new boat to the first day on the water",
        goal="Be on the water by the weekend, and know that it is allowed.",
        customers="people who bought their first boat",
        steps=(*_before_paying(service), *_paying(service, treasury), *_after_paying(service)),
    )


def _before_paying(service: Service) -> list[StepRecord]:
    return [
        StepRecord(name="Buys a boat", stage="start", thinks="Do I need anything for it?",
                   feeling=2, source=INTERVIEWS),
        StepRecord(name="Finds out which permit it takes", channel="website",
                   transaction_type="seek", thinks="Three pages say three things.", feeling=-1,
                   source=INTERVIEWS, front_stage="Answers calls about which form it is.",
                   back_stage="Web team updates the page each season.",
                   systems=("Call center desk", "Website"), policy="36 CFR 3.3"),
        StepRecord(name="Fills in the application", channel="website", transaction_type="apply",
                   thinks="I have the hull number somewhere.", feeling=0, source=INTERVIEWS,
                   front_stage="Chats with those who are stuck.",
                   back_stage="Checks the owner against the register.",
                   systems=("Booking and permit platform", "Register of boats"),
                   policy="36 CFR 3.3", **_on_the_way(service, 0)),
    ]  # fmt: skip


def _paying(service: Service, treasury: Organization) -> list[StepRecord]:
    return [
        StepRecord(name="Pays the fee", channel="website", transaction_type="comply",
                   thinks="Now I am on another website. Is this still right?", feeling=-1,
                   source=INTERVIEWS, back_stage="Takes the payment and reports it at night.",
                   systems=("Payment portal",), owner=treasury.code, service="Fee payments",
                   shared=True, **_on_the_way(service, -1)),
        StepRecord(name="Waits for word of the payment", transaction_type="receive",
                   channel="email", thinks="Did it arrive? Nobody says.", feeling=-2,
                   source=INTERVIEWS, moment="Most calls come from here.",
                   back_stage="Joins payments and applications, twice a week, by hand.",
                   systems=("Booking and permit platform", "Payment portal"),
                   pain_points=(WAIT,), shared=True),
    ]  # fmt: skip


def _after_paying(service: Service) -> list[StepRecord]:
    surveys = Survey.objects.filter(service=service, journey_step__isnull=False)
    asked = tuple(sorted(surveys.values_list("code", flat=True)))
    return [
        StepRecord(name="Gets the permit", channel="email", transaction_type="receive",
                   thinks="That looks official.", feeling=1, source=INTERVIEWS,
                   moment="Trust in the permit is made here.",
                   front_stage="Sends the permit with what to do next.",
                   back_stage="Decides within ten days.",
                   systems=("Booking and permit platform",), surveys=asked),
        StepRecord(name="Is inspected at the ramp", channel="in_person",
                   transaction_type="comply", thinks="Will they take it on my phone?",
                   front_stage="Ranger looks at permit and life vests.",
                   back_stage="Notes the visit.", systems=("Ranger’s tablet",)),
        StepRecord(name="Is on the water", stage="end", feeling=2, source=INTERVIEWS),
    ]  # fmt: skip


def _on_the_way(service: Service, at: int) -> dict[str, Any]:
    """The step of the website's flow at that place; nothing where there is no flow."""
    flow = Flow.objects.filter(service=service).exclude(steps=[]).order_by("launched_on").last()
    return {"flow": flow.key, "flow_step": flow.steps[at][0]} if flow else {}


def _treasury() -> Organization:
    """Another simulated agency, that takes the fees."""
    agency, made = Organization.objects.get_or_create(
        code="dfp",
        defaults={
            "level": Level.DEPARTMENT,
            "name": "Department of Federal Payments",
            "simulated": True,
        },
    )
    if made:
        agency.path = f"/{agency.pk}/"
        agency.save(update_fields=["path"])
    return agency


def _learned_later(journey: Journey, lead: Person, at: datetime) -> None:
    """What the help desk told of one step in summer: a version of its own."""
    sketch = sketch_of(Journey.objects.get(pk=journey.pk))
    key = sketch.keys[6]
    if key is not None:
        step = replace(sketch.step(key), feeling=1, source="Rangers’ notes, 3 ramps")
        write_step(journey, key, step, by=lead, now=at)


def _without_evidence(service: Service, lead: Person, at: datetime) -> None:
    """Three steps of which nothing is known yet."""
    steps = (
        StepRecord(name="Wants to camp with a wheelchair", stage="start"),
        StepRecord(name="Asks which sites are level", channel="phone", transaction_type="seek"),
        StepRecord(name="Sleeps by the lake", stage="end"),
    )  # fmt: skip
    bring_in(service, MapRecord(name="Camping with a wheelchair", steps=steps), by=lead, now=at)
