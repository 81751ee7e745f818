"""Publishes accepted quarters as numbered releases that never change."""

from __future__ import annotations

import secrets
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.finding import errors
from cx280.kernel.problem import Conflict, NotAllowed
from cx280.reporting.actions.drafts import lock
from cx280.reporting.checks import check_publication
from cx280.reporting.models import (
    Package,
    Release,
    ReleaseCounter,
    ReportedQuestion,
    ReportedRow,
)
from cx280.reporting.queries.content import facts_for, latest_version
from cx280.reporting.queries.releasing import budget_left, earlier_releases, noise_of
from cx280.reporting.rules.content import (
    Content,
    Question,
    SurveyReport,
    as_json,
    digest,
    read_content,
)
from cx280.reporting.rules.disclosure import attack_release, safe_version
from cx280.reporting.rules.noise import noisy_version
from cx280.reporting.rules.publishing import hidden_fields, public_version
from cx280.reporting.rules.states import Step, after
from cx280.reporting.rules.template import in_template_places, template_row
from cx280.stats.disclosure.noise import Below

SOURCE = "cx280"


class NotPublishable(Conflict):
    """Something forbids showing the quarter to the public."""


@implements("280.16-a6", "INC-27")
@transaction.atomic
def publish(package: Package, *, by: Person, below: Below = secrets.randbelow) -> Release:
    """The next release: the accepted version as the public may see it.

    Raises NotPublishable while a clearance forbids release, and where anybody could work out how
    fewer people answered than are shown, from it and what was released before. A quarter
    published before is corrected: the new release names the one it replaces, and why.
    below: the source of randomness for agencies that want noise in their releases.
    """
    kept = lock(package)
    if not may(by, Capability.PUBLISH, kept.service.owner):
        raise NotAllowed("Only OMB publishes.")
    kept.state = after(kept.state, Step.PUBLISH)
    version = latest_version(kept)
    signed = read_content(version.content)
    _refuse_forbidden(kept, signed)
    number = _next_number()  # locks its row: budgets are spent one release after the other
    content, disclosure = _public(kept, signed, below)
    release = _released(kept, content, number, disclosure)
    _report_rows(release, content, kept.submitted_at)
    kept.published_at = release.published_at
    kept.correction = ""
    kept.save(update_fields=["state", "published_at", "correction", "changed_at"])
    record(
        actor=by.email,
        action="publish_quarter",
        subject=subject_of(kept),
        organization=agency_of(kept.service.owner).code,
        detail={
            "release": release.number,
            "digest": release.digest,
            "version": version.number,
            "replaces": release.replaces.number if release.replaces else None,
            "disclosure": release.disclosure,
        },
    )
    return release


def _public(package: Package, signed: Content, below: Below) -> tuple[Content, dict[str, Any]]:
    """What the public sees, and what the attacker found; with noise, what it spends."""
    smallest = settings.CX280_SMALLEST_CELL
    noise = noise_of(package)
    if noise is not None:
        left = budget_left(package, noise)
        if left < noise.epsilon:
            raise NotPublishable(
                f"The privacy budget of {package.hisp.name} for fiscal year {package.fiscal_year}"
                f" has {left:f} left, and a release spends {noise.epsilon:f}.",
                rule="280.16-a6",
                fix="Ask the agency for a larger yearly budget, or publish next year.",
            )
        content = noisy_version(signed, Fraction(noise.epsilon), below, smallest)
        return content, {"noise": str(noise.epsilon)}
    earlier = earlier_releases(package)
    safe = safe_version(signed, smallest, earlier)
    wrong = attack_release(signed, safe.content, smallest, earlier)
    if wrong:
        raise NotPublishable(wrong[0].message, rule=wrong[0].rule, fix=wrong[0].fix)
    return safe.content, safe.verdict(smallest, earlier)


def _released(
    package: Package, content: Content, number: int, disclosure: dict[str, Any]
) -> Release:
    """The next release of this content; it names the one it corrects, and why."""
    earlier = _standing(package)
    return Release.objects.create(
        number=number,
        fiscal_year=package.fiscal_year,
        quarter=package.quarter,
        hisp=package.hisp,
        service=package.service,
        source=SOURCE,
        content=as_json(content),
        digest=digest(content),
        published_at=timezone.now(),
        replaces=earlier,
        reason=(package.correction or "Corrected by the agency.") if earlier else "",
        simulated=content.simulated,
        disclosure=disclosure,
    )


def _refuse_forbidden(package: Package, content: Content) -> None:
    stopping = errors(check_publication(content, facts_for(package, timezone.localdate())))
    if stopping:
        first = stopping[0]
        raise NotPublishable(first.message, rule=first.rule, fix=first.fix)
    left = hidden_fields(public_version(content, settings.CX280_SMALLEST_CELL))
    if left:
        raise NotPublishable(f"Internal fields would become public: {', '.join(left)}.")


def _standing(package: Package) -> Release | None:
    """The release of this service and quarter that nothing replaced yet."""
    return Release.objects.filter(
        service=package.service_id,
        fiscal_year=package.fiscal_year,
        quarter=package.quarter,
        replaced_by__isnull=True,
    ).first()


def _next_number() -> int:
    """One more than the last number; the counter's row is locked until the commit."""
    ReleaseCounter.objects.get_or_create(pk=1)
    counter = ReleaseCounter.objects.select_for_update().get(pk=1)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _agreeing(question: Question) -> int | None:
    """How many agreed; null where the share is not shown."""
    if question.agreeing is None or question.answered is None:
        return None
    return round(question.agreeing * question.answered)


def _report_rows(release: Release, content: Content, sent_at: datetime | None) -> None:
    """Puts the release beside the reports of earlier quarters, one row for each survey.

    sent_at: when the agency first sent it; lateness is read from that, not from publishing.

    A release that is replaced leaves the comparison: its rows go, the release stays.
    """
    if release.replaces is not None:
        release.replaces.rows.all().delete()
    for place, survey in enumerate(content.surveys):
        row = ReportedRow.objects.create(
            source_id=f"release:{release.number}:{place}",
            release=release,
            hisp=release.hisp,
            service=release.service,
            fiscal_year=release.fiscal_year,
            quarter=release.quarter,
            service_provided=content.service.name,
            transaction_point=survey.transaction_point,
            channel=survey.channel,
            customers=_customers(content, survey),
            offered=survey.volumes.offered,
            respondents=survey.volumes.respondents,
            self_selected=survey.self_selected,
            control_number=survey.control_number,
            raw=_raw(release, content, place, sent_at or release.published_at),
            created_at=sent_at,
            updated_at=release.published_at,
        )
        _report_questions(row, survey)


def _raw(release: Release, content: Content, place: int, sent_at: datetime) -> dict[str, str]:
    """The row as the template of 2021 to 2023 writes it, so that one file holds all quarters."""
    row = template_row(content, place, f"release:{release.number}:{place}")
    return {
        **row,
        "created_at": sent_at.isoformat(),
        "updated_at": release.published_at.isoformat(),
    }


def _customers(content: Content, survey: SurveyReport) -> int | None:
    """The survey's own customers; those of the service where it has only this survey."""
    if survey.volumes.customers is not None or len(content.surveys) > 1:
        return survey.volumes.customers
    return content.customers_served


def _report_questions(row: ReportedRow, survey: SurveyReport) -> None:
    """The scale questions in the template's places; driver choices have no counts by point."""
    ReportedQuestion.objects.bulk_create(
        ReportedQuestion(
            row=row,
            position=position,
            text=each.text,
            construct=each.construct,
            statement=each.statement,
            wording=each.wording,
            scale=each.scale,
            comparable=each.comparable,
            counts=each.counts or [],
            answered=each.answered,
            agreeing=_agreeing(each),
            published_mean=each.mean,
            mean=each.mean,
        )
        for position, each in in_template_places(survey)
    )
