"""Research of one agency, in the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.research.actions.insights import add_evidence, save_insight
from cx280.research.actions.rounds import save_round
from cx280.research.actions.studies import count_participants, save_study
from cx280.research.actions.words import add_segment, add_tag, set_share
from cx280.research.models import Insight, ResearchStudy, Segment, Tag, TestRound
from cx280.services.models import Service
from tests.builders import a_person, a_service, an_agency

TODAY = date(2023, 5, 10)


@dataclass(frozen=True, slots=True)
class Studied:
    """An agency that does research on one service."""

    agency: Organization
    service: Service
    manager: Person
    anglers: Segment
    far: Segment
    staff: Segment
    tag: Tag


def an_agency_that_asks() -> Studied:
    """Three segments, one of Federal employees; most customers are anglers."""
    agency = an_agency(name="Department of Rivers")
    service = a_service(agency, name="Boat permits")
    manager = a_person(Role.PROGRAM_MANAGER, agency, name="Robin Manager")
    anglers = add_segment(agency, name="Anglers", about="", is_federal=False, by=manager)
    far = add_segment(agency, name="Far from an office", about="", is_federal=False, by=manager)
    staff = add_segment(agency, name="Rangers", about="", is_federal=True, by=manager)
    set_share(service, anglers, share=0.7, source="permits of 2022", by=manager)
    set_share(service, far, share=0.2, source="addresses of 2022", by=manager)
    tag = add_tag(agency, name="Waiting", by=manager)
    return Studied(agency, service, manager, anglers, far, staff, tag)


def a_study(by: Studied, **fields: Any) -> ResearchStudy:
    """Interviews with seven of eight anglers who were planned."""
    values = {
        "title": "Why people give up", "question": "Where do they stop, and why?",
        "approach": "qualitative", "method": "interviews", "organization": by.agency,
        "services": [by.service], "journeys": [], "starts_on": date(2023, 3, 1),
        "ends_on": date(2023, 3, 10), "entry": None, "findings": "They look for the price.",
        **fields,
    }  # fmt: skip
    study = save_study(None, by=by.manager, values=values)
    count_participants(study, by.anglers, experience="tried", planned=8, came=7, by=by.manager)
    return study


def a_round(by: Studied, **fields: Any) -> TestRound:
    """A round with five people, in March 2023."""
    values = {
        "service": by.service, "flow": None, "flow_name": "Renewal on a phone",
        "held_on": date(2023, 3, 20), "asks": "The usual tasks", "planned": 5, "came": 5,
        "employees": 1, "found": "Two missed the price.", "changed": "", "entry": None, **fields,
    }  # fmt: skip
    return save_round(None, by=by.manager, values=values)


def an_insight(by: Studied, sentence: str, on: date = TODAY, **fields: Any) -> Insight:
    """An insight with one piece of evidence."""
    values = {
        "sentence": sentence, "need": "", "confidence": "low", "segments": [by.anglers],
        "services": [by.service], "tags": [by.tag], **fields,
    }  # fmt: skip
    made = save_insight(None, by.agency, by=by.manager, on=on, values=values)
    add_evidence(made, source="comments", words="38 % of low ratings (n 412)", by=by.manager)
    return made
