"""Keeps the agency's segments, tags and periods."""

from __future__ import annotations

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, Unusable
from cx280.research.models import Segment, SegmentShare, Tag, Terms
from cx280.services.models import Service


@implements("280.9-e4")
@transaction.atomic
def add_segment(
    agency: Organization, *, name: str, about: str, is_federal: bool, by: Person
) -> Segment:
    """A group of customers under the name the agency gives it."""
    if Segment.objects.filter(agency=agency, name__iexact=name.strip()).exists():
        raise Conflict("This segment is on the list already.", field="name")
    found = Segment.objects.create(
        agency=agency, name=name.strip(), about=about.strip(), is_federal=is_federal
    )
    record(actor=by.email, action="add_segment", subject=subject_of(found),
           organization=agency.code, detail={"name": found.name})  # fmt: skip
    return found


@implements("280.4-b3")
@transaction.atomic
def set_share(
    service: Service, segment: Segment, *, share: float, source: str, by: Person
) -> SegmentShare:
    """How large the segment is among the service's customers, and where that is known from."""
    if segment.agency_id != agency_of(service.owner).pk:
        raise Unusable("This segment is another agency’s.", field="segment")
    found, _ = SegmentShare.objects.update_or_create(
        service=service, segment=segment, defaults={"share": share, "source": source.strip()}
    )
    record(actor=by.email, action="set_segment_share", subject=subject_of(found),
           organization=segment.agency.code,
           detail={"segment": segment.name, "service": service.code, "share": share})  # fmt: skip
    return found


@transaction.atomic
def add_tag(agency: Organization, *, name: str, by: Person) -> Tag:
    """A word on the agency's list of tags."""
    if Tag.objects.filter(agency=agency, name__iexact=name.strip()).exists():
        raise Conflict("This tag is on the list already.", field="name")
    found = Tag.objects.create(agency=agency, name=name.strip())
    record(actor=by.email, action="add_insight_tag", subject=subject_of(found),
           organization=agency.code, detail={"name": found.name})  # fmt: skip
    return found


@transaction.atomic
def set_terms(agency: Organization, *, confirm_months: int, study_months: int, by: Person) -> Terms:
    """How long an insight holds, and within how long a service is studied."""
    found, _ = Terms.objects.update_or_create(
        agency=agency, defaults={"confirm_months": confirm_months, "study_months": study_months}
    )
    record(actor=by.email, action="set_research_terms", subject=subject_of(found),
           organization=agency.code,
           detail={"confirm_months": confirm_months, "study_months": study_months})  # fmt: skip
    return found
