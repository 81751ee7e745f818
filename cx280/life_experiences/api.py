"""/api/v1/life-experiences: what people go through across agencies."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.schemas import Code, Slice, cut, page
from cx280.life_experiences import access, schemas
from cx280.life_experiences.queries.documents import document_of
from cx280.life_experiences.queries.experiences import whole_of

router = Router(tags=["life experiences"])


@router.get("/life-experiences", response=schemas.LifeExperiences, auth=needs(access.SEE),
            operation_id="life-experiences", summary="Life experiences")  # fmt: skip
def life_experiences(request: HttpRequest, part: Query[Slice]) -> dict[str, object]:
    """Designated ones, and drafts that are yours to see; services that OMB took in."""
    rows = access.experiences_to_see(asking_person(request))
    today = timezone.localdate()
    told = [document_of(whole_of(each, today)) for each in cut(rows, part)]
    return page(part, rows.count(), told)


@router.get("/life-experiences/{code}", response=schemas.LifeExperienceTold,
            auth=needs(access.SEE), operation_id="life-experience",
            summary="One life experience")  # fmt: skip
def life_experience(request: HttpRequest, code: Path[Code]) -> dict[str, object]:
    """With the figures its services published, side by side."""
    found = access.experience_to_see(asking_person(request), code)
    return document_of(whole_of(found, timezone.localdate()))
