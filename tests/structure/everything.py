"""One agency that has one of everything, so that every address has something of it to name."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from cx280.accounts.actions.keys import make_key
from cx280.accounts.models import Assignment, Person
from cx280.accounts.rules import Role
from cx280.agencies.actions.units import Change, change_organization
from cx280.agencies.models import Organization, OrganizationChange
from cx280.alarms.models import Incident, Maintenance
from cx280.capacity.actions.writing import begin_assessment
from cx280.capacity.models import Assessment, Entry
from cx280.capacity.rules.vocabulary import Register
from cx280.delivery.actions.embeds import save_embed
from cx280.delivery.models import HandOver, Kiosk
from cx280.delivery.rules.vocabulary import EmbedKind
from cx280.designation.actions.meetings import keep_meeting
from cx280.designation.actions.writing import begin_proposal, choose
from cx280.kernel.quarter import Quarter
from cx280.life_experiences.actions.leading import save_experience
from cx280.life_experiences.actions.proposing import propose_milestone, propose_service
from cx280.life_experiences.models import JoinedService, Milestone
from cx280.obligations.actions.bringing_up import bring_up
from cx280.paperwork.models import BurdenChange, Request, StudyFinding
from cx280.plans.actions.writing import begin_plan
from cx280.recovery.actions import keep_wish
from cx280.reporting.actions import save_narrative
from cx280.research.actions.words import add_segment, add_tag
from cx280.responses.models import Comment, Concern, FormRun, PaperBatch
from cx280.services import actions as services
from cx280.services.models import ServiceVolume
from cx280.surveys.models import OtherCollection
from tests.alarms.builders import a_contact, an_incident
from tests.builders import a_person, a_response, a_service, a_survey, some_words
from tests.capacity.builders import an_entry
from tests.deep_dive.builders import a_follow_up, a_planned_talk, held
from tests.indicators.builders import an_indicator
from tests.obligations.builders import Owing
from tests.paperwork.builders import a_request, a_study
from tests.plans.builders import an_action
from tests.reporting.quarters import Scene, a_scene, answered, released
from tests.research.builders import Studied, a_round, an_insight
from tests.research.builders import a_study as a_research_study
from tests.telemetry.builders import a_flow, a_metric, a_site

WORDS = "The zebra at counter seven was unkind"  # a customer's, in a comment
MARK = "Quagga"  # stands in what only the agency sees, and OMB as far as it sees services
DRAFT = "Okapi"  # stands in what nobody but the agency sees until it is handed in
TODAY = date(2023, 5, 10)
OF_AN_AGENCY = (
    Role.CX_LEAD, Role.PROGRAM_MANAGER, Role.ACCOUNTABLE_OFFICIAL, Role.ENTRY_CLERK,
    Role.SERVICE_RECOVERY,
)  # fmt: skip


def everybody_of(agency: Organization) -> Person:
    """One person with every role of the agency: what they may not do, nobody there may."""
    person = a_person()
    for role in OF_AN_AGENCY:
        Assignment.objects.create(
            person=person, role=role, organization=agency, since=date(2020, 1, 1)
        )
    return person


def an_agency_with_everything() -> tuple[Scene, Person]:
    """The agency and everybody there: one quarter released, a survey open, all else drafts."""
    scene = a_scene()
    person = everybody_of(scene.agency)
    a_service(scene.agency, name=f"{MARK} permit")
    make_key(person, name="A script", by=person)
    change_organization(
        scene.service.owner, actor=person.email, change=Change(name=f"{MARK} office"),
        on=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    answers(scene)
    year(scene, person)
    research(scene, person)
    asking(scene, person)
    watching(scene, person)
    together(scene, person)
    return scene, person


def answers(scene: Scene) -> None:
    """A quarter released, the next one a draft, and words that cannot wait."""
    answered(scene)
    released(scene)
    draft = scene.package(Quarter(2022, 3))
    save_narrative(draft, accomplishments=DRAFT, reflection=DRAFT, by=scene.manager)
    words = some_words(a_response(scene.version), WORDS)
    Concern.objects.create(comment=words, kind="harm", found_at=timezone.now())
    reach = {"email": f"{MARK}@example.com"}
    keep_wish(scene.version, words.response, reach=reach, language="en", now=timezone.now())


def year(scene: Scene, person: Person) -> None:
    """What its provider owes, and what it began of it."""
    bring_up(TODAY)
    service, hisp = scene.service, scene.hisp
    owing = Owing(scene.agency, hisp, (service, service), person, person)
    ServiceVolume.objects.create(service=service, fiscal_year=2022, customers=900, source="Counts")
    cycle = services.open_cycle(scene.agency, fiscal_year=2022, by=person)
    services.start_review(cycle, by=person)
    services.certify_inventory(cycle, by=person)
    services.open_cycle(scene.agency, fiscal_year=2023, by=person)
    choose(begin_proposal(hisp, fiscal_year=2023, by=person), service, why=DRAFT, by=person)
    keep_meeting(
        hisp, None, fiscal_year=2023, about="designation", held_on=TODAY, services=[service],
        decided=DRAFT, seats={}, by=person, now=timezone.now(),
    )  # fmt: skip
    an_action(owing, begin_plan(hisp, fiscal_year=2023, by=person), change=DRAFT)
    begin_assessment(hisp, fiscal_year=2023, by=person)
    an_entry(owing, Register.INITIATIVE, 2023, what=DRAFT, function="governance",
             status="underway", answer="yes", words="Eight interviews")  # fmt: skip
    an_indicator(service, person, name=f"{DRAFT} trust")
    a_follow_up(held(a_planned_talk(hisp, person), person), person)


def research(scene: Scene, person: Person) -> None:
    """One of each kind of research."""
    anglers = add_segment(scene.agency, name=f"{DRAFT} anglers", about="", is_federal=False,
                          by=person)  # fmt: skip
    tag = add_tag(scene.agency, name=f"{DRAFT} waits", by=person)
    studied = Studied(scene.agency, scene.service, person, anglers, anglers, anglers, tag)
    an_insight(studied, f"{DRAFT}s want the price first", on=TODAY)
    a_research_study(studied, title=f"Why {DRAFT}s give up")
    a_round(studied, flow_name=f"{DRAFT} renewal")


def asking(scene: Scene, person: Person) -> None:
    """Every way of asking, and the papers that go with it."""
    survey, version, now = scene.survey, scene.version, timezone.now()
    HandOver.objects.create(survey=survey, source="upload", name=DRAFT, received_at=now, by=person)
    Kiosk.objects.create(survey=survey, unit=scene.agency, name=DRAFT, created_by=person)
    FormRun.objects.create(version=version, first=1, copies=1, printed_by=person, printed_at=now)
    PaperBatch.objects.create(
        version=version, channel="mail", received_on=TODAY, seed="s", opened_by=person,
        opened_at=now, check_percent=100,
    )  # fmt: skip
    save_embed(survey, EmbedKind.TAB, by=person, origins=["https://example.gov"])
    assert survey.collection is not None
    clearance = survey.collection.clearance
    a_request(a_survey(scene.service, collection=None), clearance, person)
    study = a_study(clearance, title=f"{DRAFT} interviews")
    StudyFinding.objects.create(study=study, text=DRAFT)
    BurdenChange.objects.create(service=scene.service, title=MARK, changed_on=TODAY)
    OtherCollection.objects.create(
        agency=scene.agency, title=DRAFT, level="transaction", timing="Yearly", population="All",
        recorded_by=person,
    )  # fmt: skip


def watching(scene: Scene, person: Person) -> None:
    """A website that is watched, and something that went wrong."""
    a_site(scene.service, name=f"{MARK}.example.gov")
    a_flow(scene.service, name=f"{MARK} flow")
    a_metric(scene.service, name=f"{MARK} share")
    an_incident(scene.service)
    a_contact(f"{MARK}@example.gov", person=person)
    now = timezone.now()
    Maintenance.objects.create(
        service=scene.service, starts_at=now, ends_at=now + timedelta(days=9), by=person
    )


def together(scene: Scene, person: Person) -> None:
    """A life experience that OMB did not designate yet, with a service put forward."""
    given = {"name": f"{MARK} flood", "code": "flood", "story": MARK, "designated_on": None,
             "charter_url": "", "lead": scene.agency}  # fmt: skip
    experience = save_experience(None, fields=given, by=scene.reviewer)
    propose_service(experience, scene.service, need=MARK, by=person, now=timezone.now())
    propose_milestone(experience, name=MARK, due=TODAY, by=person, now=timezone.now())


def told_nowhere(scene: Scene, person: Person) -> dict[str, str]:
    """What stands in addresses that no page of the agency leads to, by the start of the pattern."""
    service, survey, journey = scene.service, scene.survey, scene.service.journeys.get()
    words = Comment.objects.get(text=WORDS)
    draft = scene.package(Quarter(2022, 3))
    change = OrganizationChange.objects.get(applied_on=None)
    names = {
        "q/<slug:name>": survey.code, "m/<str:token>": "none",
        "account/link/<str:token>": "none", "t/ask/<slug:code>": survey.code,
        "s/<slug:code>/kiosk/set-up/<slug:secret>": "none",
        "oversight/findings/<str:rule>": "280.4-d2",
        "quarter/<int:pk>/files/public/<slug:target>": "trust",
        "clearances/requests/<int:pk>/step/<slug:step>": "sign",
        "clearances/requests/<int:pk>/file/<slug:form>": "pdf",
        "capacity/<int:pk>/move/<slug:step>": "sign", "plans/<int:pk>/move/<slug:step>": "sign",
        "plans/public/<slug:hisp>": scene.hisp.code, "plans/public/<slug:hisp>/<int:year>": "2023",
        "indicators/public/<slug:agency>": scene.agency.code,
        "indicators/public/<slug:agency>/<slug:paper>": "plan",
        "indicators/public/<slug:agency>/<slug:paper>/<int:year>": "2023",
        "indicators/public/<slug:agency>/<slug:paper>/<int:year>/file.<slug:ending>": "pdf",
        "life-experiences/<slug:code>": "flood",
        "life-experiences/work/<slug:code>/<slug:part>": "services",
        "api/v1/services/<code>": service.code, "api/v1/surveys/<code>": survey.code,
        "api/v1/surveys/<code>/websites/<kind>": "tab", "api/v1/registers/<name>": "initiatives",
        "api/v1/surveys/<code>/posters/<unit>": scene.agency.code,
        "api/v1/surveys/<code>/posters/<unit>.<kind>": "pdf",
        "api/v1/agencies/<code>": scene.agency.code, "api/v1/measures/<service>": service.code,
        "api/v1/digital/<service>": service.code, "api/v1/life-experiences/<code>": "flood",
        "api/v1/indicators/findings/<agency>": scene.agency.code,
        "api/v1/indicators/findings/<agency>/<year>": "2023",
    }  # fmt: skip
    things = {
        "account/people/<int:pk>": person,
        "account/roles/<int:pk>": person.assignments.latest("pk"),
        "organizations/planned/<int:pk>": change,
        "services/<slug:code>/<slug:part>/<int:pk>": service.channels.latest("pk"),
        "services/<slug:code>/channels/<int:pk>": service.channels.latest("pk"),
        "surveys/<slug:code>/messages/hand-over/<int:pk>": survey.hand_overs.get(),
        "responses/<slug:code>/entered/<uuid:pk>": words.response,
        "quarter/review/<int:pk>": draft, "journeys/shared/<int:pk>": journey,
        "capacity/registers/<slug:register>/<int:pk>": Entry.objects.get(),
        "measures/<slug:code>/comments/<int:pk>": words,
        "life-experiences/work/<slug:code>/milestones/<int:pk>": Milestone.objects.get(),
        "life-experiences/work/<slug:code>/<slug:part>/<int:pk>": JoinedService.objects.get(),
        "touchpoints/v1/services/<int:pk>": service, "api/v1/quarters/<pk>": draft,
        "api/v1/surveys/<code>/kiosks/<pk>": survey.kiosks.get(),
        "api/v1/requests/<number>": Request.objects.get(),
        "api/v1/alarms/<pk>": Incident.objects.get(),
        "api/v1/assessments/<pk>": Assessment.objects.get(), "api/v1/journeys/<number>": journey,
        "api/v1/services/<code>/sites/<pk>": service.sites.get(),
        "api/v1/services/<code>/flows/<pk>": service.flows.get(),
    }  # fmt: skip
    firsts = dict.fromkeys(
        ("plans/<int:pk>/versions/<int:number>", "journeys/<int:pk>/versions/<int:number>",
         "talks/<int:pk>/briefing/<int:number>",
         "responses/<slug:code>/paper/<int:pk>/again/<slug:number>"), "1",
    )  # fmt: skip
    return {**names, **firsts, **{start: str(thing.pk) for start, thing in things.items()}}
