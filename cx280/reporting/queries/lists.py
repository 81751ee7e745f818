"""Lists of packages and releases: a quarter at an agency, a quarter of the government."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cx280.accounts.queries import justifications_for
from cx280.audit.actions import subject_of
from cx280.circular.deadlines import Due, edition_for, quarter_due
from cx280.kernel.finding import Finding, errors, warnings
from cx280.kernel.problem import Unusable
from cx280.kernel.quarter import Quarter
from cx280.reporting.checks import check
from cx280.reporting.models import ApiHandover, Package, PackageVersion, Release, Review
from cx280.reporting.queries.content import content_of, facts_for, previous_content
from cx280.reporting.rules.lateness import (
    Duty,
    Standing,
    TargetDates,
    days_to_submit,
    standing,
    target_dates,
)
from cx280.reporting.rules.states import is_editable
from cx280.services.models import Designation, Hisp, Service


def due_of(quarter: Quarter) -> Due:
    """When the reports of a quarter are due, by the edition of its fiscal year."""
    return quarter_due(edition_for(quarter.fiscal_year), quarter)


def findings_of(package: Package, today: date) -> list[Finding]:
    """What the checks find today, in the figures of now or, once signed, as they were signed."""
    content = content_of(package)
    return check(content, previous_content(package), facts_for(package, today))


@dataclass(frozen=True, slots=True)
class Line:
    """A service's quarter in a list: how far it is and what is left to do."""

    package: Package
    to_fix: int
    to_explain: int
    standing: Standing

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands between the package and a signature."""
        return not self.to_fix and not self.to_explain


def lines_of(packages: Iterable[Package], today: date) -> list[Line]:
    """Each package with what is left to do; those past the draft have nothing left."""
    lines = []
    for package in packages:
        to_fix = to_explain = 0
        if is_editable(package.state):
            found = findings_of(package, today)
            explained = justifications_for(subject_of(package))
            to_fix = len(errors(found))
            to_explain = sum(each.key not in explained for each in warnings(found))
        lines.append(Line(package, to_fix, to_explain, standing_of(package, today)))
    return lines


def standing_of(package: Package, today: date) -> Standing:
    """How the package stands with its due date."""
    quarter = Quarter(package.fiscal_year, package.quarter)
    duty = duties([package.service], quarter)[package.service_id]
    return standing(duty, submitted_on=submitted_on(package), today=today)


def submitted_on(package: Package | None) -> date | None:
    """The day, in the time zone of the government's clock, on which it was first sent."""
    if package is None or package.submitted_at is None:
        return None
    return timezone.localdate(package.submitted_at)


def duties(services: Iterable[Service], quarter: Quarter) -> dict[int, Duty]:
    """What each service owes for the quarter, by the service's primary key."""
    given = list(services)
    ids = [each.pk for each in given]
    due = due_of(quarter)
    handed = dict(ApiHandover.objects.filter(service__in=ids).values_list("service", "starts_on"))
    designated: dict[int, Designation] = {}
    for each in Designation.objects.filter(service__in=ids, concurred_on__isnull=False).order_by(
        "-concurred_on"
    ):
        designated[each.service_id] = each
    return {
        each.pk: Duty(
            quarter=quarter,
            due=due,
            designated_on=designated[each.pk].concurred_on if each.pk in designated else None,
            ended_on=designated[each.pk].ended_on if each.pk in designated else None,
            target=target_of(each.hisp),
            api_from=handed.get(each.pk),
        )
        for each in given
    }


def handover_of(service: Service) -> ApiHandover | None:
    """From when the service reports through the API, or None."""
    return ApiHandover.objects.filter(service=service).first()


def target_of(hisp: Hisp | None) -> Quarter | None:
    """The quarter a newly designated provider starts with, or None."""
    if hisp is None or not hisp.target_quarter:
        return None
    try:
        return Quarter.parse(hisp.target_quarter)
    except Unusable:
        return None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A service in OMB's view of a quarter: whether it reported, when, and what OMB did."""

    service: Service
    package: Package | None
    standing: Standing
    submitted_on: date | None
    days: int | None

    @property
    def state(self) -> str:
        """What OMB may know of the state, in words."""
        if self.package is None:
            return "Not sent"
        if self.package.state in {Package.State.DRAFT, Package.State.CERTIFIED}:
            return Package.State.RETURNED.label
        return self.package.get_state_display()


def review_lines(services: Iterable[Service], quarter: Quarter, today: date) -> list[ReviewLine]:
    """Every service that may owe the quarter, with what was sent; drafts look like nothing sent."""
    given = sorted(services, key=lambda each: ((each.hisp.name if each.hisp else ""), each.name))
    sent = {
        each.service_id: each
        for each in Package.objects.filter(
            service__in=[each.pk for each in given],
            fiscal_year=quarter.fiscal_year,
            quarter=quarter.number,
            submitted_at__isnull=False,
        ).select_related("service__owner", "hisp")
    }
    owed = duties(given, quarter)
    lines = []
    for service in given:
        package = sent.get(service.pk)
        day = submitted_on(package)
        lines.append(
            ReviewLine(
                service=service,
                package=package,
                standing=standing(owed[service.pk], submitted_on=day, today=today),
                submitted_on=day,
                days=days_to_submit(quarter, day) if day else None,
            )
        )
    return lines


def quarters_of(packages: QuerySet[Package]) -> list[Quarter]:
    """The quarters these packages have, latest first."""
    rows = packages.order_by("-fiscal_year", "-quarter").values_list("fiscal_year", "quarter")
    return [Quarter(*row) for row in rows.distinct()]


def in_quarter(packages: QuerySet[Package], quarter: Quarter) -> QuerySet[Package]:
    """Those of one quarter, by provider and service."""
    return packages.filter(fiscal_year=quarter.fiscal_year, quarter=quarter.number).order_by(
        "hisp__name", "service__name"
    )


def versions_of(package: Package, *, sent_only: bool) -> QuerySet[PackageVersion]:
    """The signed versions, latest first, with what OMB said of each."""
    found = package.versions.select_related("certified_by").prefetch_related("reviews__reviewer")
    if sent_only:
        found = found.filter(submitted_at__isnull=False)
    return found.order_by("-number")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a warning stood when the version was signed, and who said so."""

    text: str
    by: str


def reasons_in(version: PackageVersion) -> dict[str, Reason]:
    """The reasons a signed version carries, by Finding.key."""
    return {
        f"{each['rule']}@{each['where'] or ''}": Reason(each["reason"], each["reason_by"] or "")
        for each in version.findings
        if each.get("reason")
    }


def last_return(package: Package) -> Review | None:
    """OMB's latest comment on a package it returned, or None."""
    return (
        Review.objects.filter(version__package=package, decision=Review.Decision.RETURNED)
        .order_by("-decided_at")
        .first()
    )


def releases(
    *,
    quarter: Quarter | None = None,
    service: Service | None = None,
    hisp: Hisp | None = None,
    standing_only: bool = False,
) -> QuerySet[Release]:
    """Releases, latest number first.

    standing_only: without those that a correction replaced.
    """
    found = Release.objects.select_related("service__owner", "hisp", "replaces", "replaced_by")
    where = Q()
    if quarter is not None:
        where &= Q(fiscal_year=quarter.fiscal_year, quarter=quarter.number)
    if service is not None:
        where &= Q(service=service)
    if hisp is not None:
        where &= Q(hisp=hisp)
    if standing_only:
        where &= Q(replaced_by__isnull=True)
    return found.filter(where).order_by("-number")


def standing_release(package: Package) -> Release | None:
    """What the public reads of this quarter of the service now, or None."""
    quarter = Quarter(package.fiscal_year, package.quarter)
    return releases(quarter=quarter, service=package.service, standing_only=True).first()


@dataclass(frozen=True, slots=True)
class Target:
    """A provider that starts reporting later, with both readings of its target (INC-39)."""

    hisp: Hisp
    dates: TargetDates


def targets_of(hisps: Iterable[Hisp]) -> list[Target]:
    """The providers among these that promised a first quarter, each once."""
    found = {}
    for hisp in hisps:
        target = target_of(hisp)
        if target is not None:
            found[hisp.pk] = Target(hisp, target_dates(target, due_of(target)))
    return list(found.values())


def chain_of(release: Release) -> list[Release]:
    """The release with those it corrected and those that corrected it, oldest first."""
    return list(
        Release.objects.filter(
            service=release.service_id, fiscal_year=release.fiscal_year, quarter=release.quarter
        ).order_by("number")
    )


def states_in(packages: QuerySet[Package]) -> dict[str, int]:
    """How many packages are in each state."""
    rows = packages.order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}
