"""/api/v1/research: insights, studies and usability rounds of one's agencies."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.schemas import cut, page
from cx280.kernel.quarter import fiscal_year_of
from cx280.research import access, schemas
from cx280.research.models import TestRound
from cx280.research.queries.insights import Asked, as_document, lines_for
from cx280.research.queries.rounds import facts_of
from cx280.research.queries.studies import StudyLine, lines_of

router = Router(tags=["research"])


@router.get("/research/insights", response=schemas.Insights, auth=needs(access.SEE),
            operation_id="insights", summary="What is known of customers")  # fmt: skip
def insights(request: HttpRequest, asked: Query[schemas.InsightsAsked]) -> dict[str, object]:
    """Of your agencies. One that nobody confirmed for long is stale."""
    person = asking_person(request)
    wanted = Asked(asked.words, asked.tag, asked.segment, asked.service, asked.standing)
    lines = lines_for(
        access.agencies_where(person), access.insights_to_see(person), wanted, timezone.localdate()
    )
    told = [{"id": each.insight.pk, **as_document(each)} for each in cut(lines, asked)]
    return page(asked, len(lines), told)


@router.get("/research/studies", response=schemas.Studies, auth=needs(access.SEE),
            operation_id="research-studies", summary="Studies with customers")  # fmt: skip
def studies(request: HttpRequest, asked: Query[schemas.OfService]) -> dict[str, object]:
    """With how many took part of each segment, and what is wrong with that."""
    rows = access.studies_to_see(asking_person(request))
    if asked.service:
        rows = rows.filter(services__code=asked.service)
    # Cut before their parts are read.
    keys = [each.pk for each in cut(rows, asked)]
    lines = lines_of(rows.filter(pk__in=keys))
    return page(asked, rows.count(), [_study(each) for each in lines])


@router.get("/research/rounds", response=schemas.Rounds, auth=needs(access.SEE),
            operation_id="usability-rounds", summary="Rounds of usability tests")  # fmt: skip
def rounds(request: HttpRequest, asked: Query[schemas.OfService]) -> dict[str, object]:
    """By service, flow and day."""
    rows = access.rounds_to_see(asking_person(request))
    if asked.service:
        rows = rows.filter(service__code=asked.service)
    ordered = rows.order_by("service__name", "flow_name", "held_on", "pk")
    return page(asked, rows.count(), [_round(each) for each in cut(ordered, asked)])


def _study(line: StudyLine) -> dict[str, object]:
    study = line.study
    return {
        "id": study.pk,
        "title": study.title,
        "question": study.question,
        "approach": study.approach,
        "method": study.method,
        "services": [each.code for each in study.services.all()],
        "starts_on": study.starts_on,
        "ends_on": study.ends_on,
        "members_of_public": line.public,
        "segments": [
            {
                "segment": each.segment,
                "share_of_customers": each.share,
                "planned": each.planned,
                "came": each.came,
            }
            for each in line.segments
        ],
        "results": study.findings,
        "findings": [each.as_dict() for each in line.findings],
    }


def _round(row: TestRound) -> dict[str, object]:
    return {
        "id": row.pk,
        "service": row.service.code,
        "flow": row.flow_name,
        "held_on": row.held_on,
        "fiscal_year": fiscal_year_of(row.held_on),
        "planned": row.planned,
        "came": row.came,
        "federal_employees": row.employees,
        "approved": facts_of(row).is_cleared,
        "results": row.found,
        "changed_since_last": row.changed,
    }
