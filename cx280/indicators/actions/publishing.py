"""Publishes an agency's plan and report, as they stand at that moment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cx280.accounts.actions import give_reason
from cx280.accounts.models import Person
from cx280.accounts.queries import told_with_reasons
from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.indicators.access import may_explain, may_publish
from cx280.indicators.models import PerformanceDocument
from cx280.indicators.queries.papers import paper_of
from cx280.indicators.queries.register import findings_of, plan_subject
from cx280.indicators.rules.content import digest
from cx280.indicators.rules.vocabulary import Paper
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.kernel.quarter import fiscal_year_of


@implements("280.9-b2", "280.10-s2")
@transaction.atomic
def publish_paper(
    agency: Organization, paper: Paper, fiscal_year: int, *, by: Person, now: datetime
) -> PerformanceDocument:
    """The document, frozen with its digest and public from now on. Only the senior accountable
    official publishes. Raises Conflict where nothing changed since the last one.
    """
    if not may_publish(by, agency):
        raise NotAllowed("Only the senior accountable official publishes a plan or report.")
    if paper is Paper.REPORT and fiscal_year >= fiscal_year_of(timezone.localdate(now)):
        raise Unusable(f"FY{fiscal_year} is not over, so there is nothing to report yet.")
    Organization.objects.select_for_update().get(pk=agency.pk)  # two at once take one number
    content = paper_of(agency, paper, fiscal_year, timezone.localdate(now))
    if not content["indicators"]:
        raise Unusable("No indicator stands in the plan, so there is nothing to publish.",
                       rule="280.12-a1")  # fmt: skip
    said = digest(content)
    before = PerformanceDocument.objects.filter(
        agency=agency, paper=paper.value, fiscal_year=fiscal_year
    ).order_by("-number")
    last = before.first()
    if last is not None and last.digest == said:
        raise Conflict("Nothing has changed since it was published.")
    found = PerformanceDocument.objects.create(
        agency=agency, paper=paper.value, fiscal_year=fiscal_year,
        number=last.number + 1 if last else 1, content=content, digest=said, published_at=now,
        published_by=by,
        warnings=told_with_reasons(
            plan_subject(agency, fiscal_year),
            findings_of(agency, fiscal_year, timezone.localdate(now)),
        ),
    )  # fmt: skip
    record(
        actor=by.email, action="publish_performance_document", subject=subject_of(found),
        organization=agency.code,
        detail={"document": content["title"], "number": found.number, "digest": said},
    )  # fmt: skip
    return found


def explain_warning(
    agency: Organization, fiscal_year: int, *, stamp: str, text: str, by: Person
) -> None:
    """Keeps why a warning of the agency's plan stands, until what was found changes."""
    if not may_explain(by, agency):
        raise NotAllowed("You may not write the plan of this agency.")
    give_reason(
        plan_subject(agency, fiscal_year),
        findings_of(agency, fiscal_year, timezone.localdate()),
        stamp=stamp, text=text, by=by, organization=agency.code,
    )  # fmt: skip
