"""Builders: each makes one valid thing with a default for everything."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cx280.accounts.models import Assignment, Person
from cx280.accounts.rules import GOVERNMENT_WIDE, Role
from cx280.agencies.models import Level, Organization
from cx280.clearance.models import Clearance, Collection, CollectionKind
from cx280.responses.actions.storing import place_comment
from cx280.responses.models import Comment, Response
from cx280.services.models import (
    Designation,
    Hisp,
    Journey,
    JourneyStep,
    Service,
    ServiceChannel,
    ServiceRole,
)
from cx280.services.rules.vocabulary import Channel, PerformerKind, Stage
from cx280.surveys.models import Survey, SurveyVersion

_count = itertools.count(1)


def an_agency(code: str = "", **fields: Any) -> Organization:
    """A department at the root of its own tree."""
    n = next(_count)
    code = code or f"agency-{n}"
    agency = Organization.objects.create(
        **{"level": Level.DEPARTMENT, "code": code, "name": f"Department {code}", **fields}
    )
    agency.path = f"/{agency.pk}/"
    agency.save(update_fields=["path"])
    return agency


def a_unit(parent: Organization, level: str = Level.SERVICE_CENTER, **fields: Any) -> Organization:
    """A unit below another."""
    n = next(_count)
    unit = Organization.objects.create(
        **{"parent": parent, "level": level, "code": f"unit-{n}", "name": f"Unit {n}", **fields}
    )
    unit.path = f"{parent.path}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def a_person(
    role: Role | None = None, organization: Organization | None = None, **fields: Any
) -> Person:
    """Somebody, with one role from long ago when one is given."""
    n = next(_count)
    person = Person(**{"email": f"person{n}@example.gov", "name": f"Person {n}", **fields})
    person.set_unusable_password()
    person.save()
    if role is not None:
        Assignment.objects.create(
            person=person,
            role=role,
            organization=None if role in GOVERNMENT_WIDE else organization or an_agency(),
            since=date(2020, 1, 1),
        )
    return person


def a_hisp(organization: Organization | None = None, **fields: Any) -> Hisp:
    """A High-Impact Service Provider."""
    n = next(_count)
    return Hisp.objects.create(
        **{
            "organization": organization or an_agency(),
            "code": f"hisp-{n}",
            "name": f"Provider {n}",
            "designated_on": date(2018, 10, 1),
            **fields,
        }
    )


def a_service(owner: Organization | None = None, **fields: Any) -> Service:
    """A service that breaks no rule of 280.5: digital and traditional channels, one employee."""
    n = next(_count)
    service = Service.objects.create(
        **{
            "owner": owner or an_agency(),
            "code": f"service-{n}",
            "name": f"Boat permit {n}",
            "description": "Permits for boats on Federal waters, new or renewed.",
            "service_type": "administrative",
            "transaction_type": "request",
            "process_kind": "self_service",
            "occasion_kind": "story",
            "occasion": "Somebody bought a boat and wants to use it on a lake.",
            "offering": "A permit for one boat and one season.",
            "outcome": "The permit is issued.",
            "accessible_methods": "TTY line, English and Spanish.",
            **fields,
        }
    )
    for channel in (Channel.WEBSITE, Channel.IN_PERSON):
        ServiceChannel.objects.create(service=service, channel=channel)
    ServiceRole.objects.create(
        service=service, task="Counter clerk", performer=PerformerKind.EMPLOYEE
    )
    return service


def a_journey(service: Service) -> Journey:
    """Three steps from occasion to outcome; the middle one is a moment that matters."""
    journey = Journey.objects.create(service=service, name="Getting a permit")
    for position, (name, stage) in enumerate(
        [("Buys a boat", Stage.START), ("Applies", Stage.PROCESS), ("Has the permit", Stage.END)]
    ):
        JourneyStep.objects.create(
            journey=journey,
            position=position,
            name=name,
            stage=stage,
            transaction_type="apply" if stage == Stage.PROCESS else "",
            is_moment_that_matters=stage == Stage.PROCESS,
            moment_reason="Most people give up here." if stage == Stage.PROCESS else "",
        )
    return journey


def a_designation(hisp: Hisp, service: Service, **fields: Any) -> Designation:
    """A designated service that OMB concurred with."""
    service.hisp = hisp
    service.save()
    return Designation.objects.create(
        **{
            "hisp": hisp,
            "service": service,
            "proposed_on": date(2021, 11, 1),
            "signed_on": date(2021, 11, 15),
            "concurred_on": date(2021, 12, 1),
            **fields,
        }
    )


def a_clearance(organization: Organization | None = None, **fields: Any) -> Clearance:
    """An umbrella clearance in force today that permits release."""
    n = next(_count)
    today = timezone.localdate()
    return Clearance.objects.create(
        **{
            "organization": organization or an_agency(),
            "control_number": f"{1000 + n % 9000:04d}-{n % 10000:04d}",
            "title": "Customer experience umbrella",
            "starts_on": today - timedelta(days=1500),
            "expires_on": today + timedelta(days=1000),
            "responses_ceiling": 1_000_000,
            "hours_ceiling": Decimal(50_000),
            "permits_release": True,
            **fields,
        }
    )


def a_collection(clearance: Clearance | None = None, **fields: Any) -> Collection:
    """An approved survey collection under a clearance."""
    return Collection.objects.create(
        **{
            "clearance": clearance or a_clearance(),
            "title": "Permit feedback",
            "kind": CollectionKind.SURVEY,
            "state": Collection.State.APPROVED,
            "approved_on": date(2021, 6, 1),
            "responses": 100_000,
            "minutes": Decimal(2),
            **fields,
        }
    )


def a_document(service: str = "Boat permits", **fields: Any) -> dict[str, Any]:
    """A survey document that raises no finding: trust, satisfaction, drivers, one comment."""
    agree = {"response": "agree5"}
    return {
        "edition": "FY2022",
        "title": f"{service} feedback",
        "level": "transaction",
        "mode": "web",
        "placement": "link",
        "service": service,
        "self_service": False,
        "hisp_reporting": True,
        "pages": 1,
        "questions": [
            {
                "id": "trust",
                "construct": "trust",
                "text": f"This interaction increased my trust in {service}.",
                "required": True,
                **agree,
            },
            {
                "id": "satisfaction",
                "construct": "satisfaction",
                "text": f"I am satisfied with the service I received from {service}.",
                "required": True,
                **agree,
            },
            {
                "id": "effectiveness",
                "construct": "effectiveness",
                "text": "My need was addressed.",
                **agree,
            },
            {
                "id": "ease",
                "construct": "ease",
                "text": "It was easy to complete what I needed to do.",
                **agree,
            },
            {
                "id": "efficiency",
                "construct": "efficiency",
                "text": "It took a reasonable amount of time to do what I needed to do.",
                **agree,
            },
            {"id": "equity", "construct": "equity", "text": "I was treated fairly.", **agree},
            {
                "id": "employee",
                "construct": "employee",
                "text": "Employees I interacted with were helpful.",
                **agree,
            },
            {
                "id": "comment",
                "construct": "comment",
                "text": "Anything else you want us to know?",
                "response": "text",
                "required": False,
            },
        ],
        **fields,
    }


def a_survey(service: Service | None = None, **fields: Any) -> Survey:
    """A draft survey with a document that may open, covered by a clearance of its agency."""
    n = next(_count)
    service = service or a_service()
    return Survey.objects.create(
        **{
            "service": service,
            "code": f"survey-{n}",
            "title": f"{service.name} feedback",
            "channel": Channel.WEBSITE,
            "collection": a_collection(a_clearance(service.owner)),
            "draft": a_document(service.name),
            **fields,
        }
    )


def a_version(survey: Survey | None = None, **fields: Any) -> SurveyVersion:
    """A version of a survey that is open for answers, with the survey's draft as its document."""
    survey = survey or a_survey()
    n = next(_count)
    survey.state = Survey.State.OPEN
    survey.save(update_fields=["state"])
    return SurveyVersion.objects.create(
        **{
            "survey": survey,
            "number": survey.versions.count() + 1,
            "document": survey.draft,
            "digest": f"{n:064d}",
            "opened_at": timezone.now() - timedelta(days=1000),
            **fields,
        }
    )


def a_response(version: SurveyVersion, **fields: Any) -> Response:
    """Somebody content who answered today on the website and skipped nothing but the comment."""
    return Response.objects.create(
        **{
            "version": version,
            "channel": Channel.WEBSITE,
            "day": timezone.localdate(),
            "received_at": timezone.now(),
            "answers": {"trust": 5, "satisfaction": 4, "ease": 4},
            **fields,
        }
    )


def some_words(response: Response, text: str = "Kind", **fields: Any) -> Comment:
    """A comment that stands beside the response's other answers."""
    words = Comment(
        **{"response": response, "question": "comment", "text": text, "language": "en", **fields}
    )
    place_comment(words, response)
    words.save()
    return words
