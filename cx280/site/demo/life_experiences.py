"""Two life experiences of two simulated agencies: one under way, one that OMB is still drafting."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.models import Level, Organization
from cx280.life_experiences.actions.leading import add_member, save_experience, tell_progress
from cx280.life_experiences.actions.proposing import propose_milestone, propose_service
from cx280.life_experiences.models import LifeExperience
from cx280.services.models import (
    Service,
    ServiceChannel,
    ServiceCustomer,
    ServiceReview,
    ServiceRole,
    ServiceTool,
    ServiceVolume,
)
from cx280.services.rules.vocabulary import (
    Channel,
    CustomerType,
    InteractionPath,
    OccasionKind,
    PerformerKind,
    ProcessKind,
    ReviewOutcome,
    TransactionType,
)

_FLOOD = (
    "The water is gone, and so is the ground floor. People need a dry place to sleep, money for the"
    " first weeks and somebody who tells them what to do next. They ask three agencies, and tell"
    " the same story three times."
)


def add_life_experiences(
    services: dict[str, Service], people: dict[str, Person], today: date
) -> int:
    """How many there are. The other agency has a service of which nothing is published yet."""
    omb, trails = people["omb_reviewer"], services["flood-grants"].owner
    department = Organization.objects.get(pk=int(trails.path.split("/")[1]))
    homes = Organization.objects.create(
        level=Level.DEPARTMENT, code="dhos", name="Department of Homes and Shelter",
        abbreviation="DHOS", simulated=True, path="/",
    )  # fmt: skip
    homes.path = f"/{homes.pk}/"
    homes.save(update_fields=["path"])
    shelter = _shelter(homes, today)
    flood = _chosen("flood-recovery", "Recovering from a flood", _FLOOD, department, omb,
                    designated_on=today - timedelta(days=300))  # fmt: skip
    needs = (
        (services["flood-advice-line"], "Somebody who says what to do first"),
        (shelter, "A dry place to sleep for the first weeks"),
        (services["flood-grants"], "Money to make the house fit to live in"),
    )
    for service, need in needs:
        propose_service(flood, service, need=need, by=omb, now=timezone.now())
    for agency, task in ((department, "Grants and advice"), (homes, "Shelter")):
        add_member(flood, agency=agency, name="", level="federal", task=task, by=omb)
    add_member(flood, agency=None, name="Emergency managers of three river states", level="state",
               task="Lists of damaged homes", by=omb)  # fmt: skip
    _milestones(flood, omb, people["cx_lead"], today)
    _chosen("first-boat", "Getting on the water for the first time",
            "A first boat needs a permit, a mooring and somebody who explains the rules.",
            None, omb, designated_on=None)  # fmt: skip
    return LifeExperience.objects.count()


def _chosen(
    code: str, name: str, story: str, lead: Organization | None, omb: Person,
    *, designated_on: date | None,
) -> LifeExperience:  # fmt: skip
    charter = f"https://www.performance.gov/cx/projects/{code}/" if designated_on else ""
    return save_experience(
        None, by=omb,
        fields={
            "code": code, "name": name, "story": story, "lead": lead, "simulated": True,
            "governance": "OMB Customer Experience team, with the President’s Management Council",
            "designated_on": designated_on, "charter_url": charter,
            "charter_published_on": designated_on + timedelta(days=40) if designated_on else None,
        },
    )  # fmt: skip


def _milestones(flood: LifeExperience, omb: Person, lead: Person, today: date) -> None:
    now = timezone.now()
    told = propose_milestone(flood, name="Twenty families told us how it was, step by step",
                             due=today - timedelta(days=120), by=omb, now=now)  # fmt: skip
    tell_progress(told, progress="done", done_on=today - timedelta(days=130), by=omb)
    once = propose_milestone(flood, name="One form instead of three for the first aid",
                             due=today + timedelta(days=60), by=omb, now=now)  # fmt: skip
    tell_progress(once, progress="underway", done_on=None, by=omb)
    propose_milestone(flood, name="Advice line can book a place in a shelter",
                      due=today + timedelta(days=150), by=lead, now=now)  # fmt: skip


def _shelter(homes: Organization, today: date) -> Service:
    service = Service.objects.create(
        owner=homes, code="emergency-shelter", name="Emergency shelter",
        description="Finds families who lost their home a place to stay within a day.",
        service_type="benefits", transaction_type=TransactionType.REQUEST,
        process_kind=ProcessKind.SERIES, occasion_kind=OccasionKind.STORY,
        occasion="A flood made the home unfit to live in.",
        offering="A room for up to six weeks.", outcome="The family sleeps under a roof.",
        accessible_methods="TTY relay, large print, English and Spanish at every shelter.",
        website="https://shelter.homes.example.gov/", simulated=True,
    )  # fmt: skip
    for channel in (Channel.WEBSITE, Channel.PHONE, Channel.IN_PERSON):
        ServiceChannel.objects.create(service=service, channel=channel.value)
    ServiceCustomer.objects.create(
        service=service, customer_type=CustomerType.INDIVIDUAL,
        interaction_path=InteractionPath.DIRECT,
    )  # fmt: skip
    ServiceRole.objects.create(
        service=service, task="Shelter host", performer=PerformerKind.EMPLOYEE
    )
    ServiceTool.objects.create(service=service, name="List of free rooms")
    ServiceVolume.objects.create(service=service, fiscal_year=today.year, customers=21_000,
                                 source="Simulated counts of families")  # fmt: skip
    ServiceReview.objects.create(
        service=service, outcome=ReviewOutcome.DIGITISE, reviewer="Casey Lindqvist",
        reviewed_on=today - timedelta(days=60), reason="Free rooms could be shown on the web.",
    )  # fmt: skip
    return service
