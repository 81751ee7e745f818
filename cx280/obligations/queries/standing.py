"""How obligations stand: what was handed in is read where it is kept, nothing is copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from cx280.capacity.models import Assessment
from cx280.deep_dive.models import Discussion
from cx280.deep_dive.queries import deep_dives_of
from cx280.designation.models import Proposal
from cx280.designation.rules.vocabulary import Stage as ProposalStage
from cx280.kernel.quarter import Quarter
from cx280.obligations.models import Obligation, Submission
from cx280.obligations.rules.expected import provides
from cx280.obligations.rules.states import (
    EXCUSED,
    Evidence,
    days_in_words,
    needs_signature,
    state_of,
)
from cx280.obligations.rules.vocabulary import Code, State
from cx280.plans.models import ActionPlan
from cx280.reporting.models import ApiHandover, Package, ReportedRow
from cx280.reporting.queries import submitted_on, target_of
from cx280.reporting.rules.lateness import Duty, standing
from cx280.services.models import Designation, Hisp
from cx280.services.queries import hisp_periods
from cx280.services.rules.designation import MINIMUM
from cx280.services.rules.hisp_list import Period, was_designated

_ASSESSED = {Code.CAPACITY_ASSESSMENT.value, Code.REFLECTION.value}

Yearly = TypeVar("Yearly", Proposal, ActionPlan)


@dataclass(frozen=True, slots=True)
class Line:
    """An obligation with how it stands.

    package: the quarter's report, once there is one. submission: what was recorded by hand.
    assessment: the Capacity Assessment or the reflection that is written here.
    waits_for_signature: recorded, and the official has not signed. returned_on: the day OMB gave it
    back, while it is open for that.
    """

    obligation: Obligation
    state: State
    met_on: date | None
    when: str
    package: Package | None = None
    submission: Submission | None = None
    assessment: Assessment | None = None
    returned_on: date | None = None

    @property
    def waits_for_signature(self) -> bool:
        """Whether it would count if the official signed."""
        return (
            self.submission is not None
            and self.submission.signed_at is None
            and needs_signature(self.obligation.code)
        )


def lines_of(obligations: QuerySet[Obligation], today: date, *, whole: bool = True) -> list[Line]:
    """Each with how it stands, in their order; what is no longer owed is left out.

    whole: False for who sees all agencies: work that was begun and not sent looks like none, and
    what waits for a signature is not there yet. Takes the same few queries for any number.
    """
    rows = list(
        # Not joined: a provider or service is read once, however many obligations it has.
        obligations.prefetch_related(
            "hisp__organization", "hisp__changes", "organization", "service__owner", "service__hisp"
        )
    )
    known = _Known(rows)
    lines = [known.line(each, today) for each in rows]
    if not whole:
        lines = [_as_sent(each) for each in lines]
    return [each for each in lines if each.state is not State.NOT_OWED]


def line_of(obligation: Obligation, today: date, *, whole: bool = True) -> Line:
    """How one stands; also one that is no longer owed. `whole` as above."""
    line = _Known([obligation]).line(obligation, today)
    return line if whole else _as_sent(line)


def _as_sent(line: Line) -> Line:
    """The line as who looks from outside may know it."""
    begun = line.state is State.IN_PROGRESS
    return replace(
        line,
        state=State.NOT_STARTED if begun else line.state,
        package=line.package if line.met_on is not None else None,
        submission=line.submission if line.met_on is not None else None,
        assessment=line.assessment if line.met_on is not None else None,
    )


class _Known:
    """All evidence about some obligations, read at once."""

    def __init__(self, rows: Iterable[Obligation]) -> None:
        given = list(rows)
        services = {each.service_id for each in given if each.service_id is not None}
        hisps = {each.hisp_id for each in given if each.hisp_id is not None}
        agencies = {each.organization_id for each in given if each.organization_id is not None}
        years = {each.fiscal_year for each in given}
        self.packages: dict[tuple[int, str], Package] = {
            (each.service_id, f"FY{each.fiscal_year} Q{each.quarter}"): each
            for each in Package.objects.filter(service__in=services, fiscal_year__in=years).only(
                "service", "fiscal_year", "quarter", "state", "submitted_at"
            )
        }
        self.reported = _reported(services, years)
        self.handed = dict(
            ApiHandover.objects.filter(service__in=services).values_list("service", "starts_on")
        )
        mine = {"hisp__in": hisps, "fiscal_year__in": years}
        self.periods: dict[int, list[Period]] = {}
        self.proposals = _by_year(Proposal.objects.filter(**mine))
        self.plans = _by_year(ActionPlan.objects.filter(**mine))
        self.designations: dict[int, list[Designation]] = defaultdict(list)
        for each in Designation.objects.filter(hisp__in=hisps).order_by("proposed_on"):
            self.designations[each.hisp_id].append(each)
        self.deep_dives = deep_dives_of(hisps, years)
        self.assessments = _assessments(hisps, agencies, years)
        self.providers = _providers() if agencies else {}
        self.submissions = {
            each.obligation_id: each
            for each in Submission.objects.filter(
                obligation__in=given, withdrawn_at__isnull=True
            ).select_related("recorded_by", "signed_by")
        }

    def line(self, row: Obligation, today: date) -> Line:
        """How one stands."""
        package, submission, assessment = None, None, None
        if row.code == Code.QUARTERLY and row.service is not None:
            package = self.packages.get((row.service.pk, row.period))
            evidence = self._quarterly(row, package, today)
        elif row.code == Code.DESIGNATION:
            evidence = self._designation(row)
        else:
            submission = self.submissions.get(row.pk)
            evidence = _recorded(row, submission)
            plan = self.plans.get((row.hisp_id or 0, row.fiscal_year))
            if row.code in _ASSESSED:
                key = (row.hisp_id, row.organization_id, row.fiscal_year)
                assessment = self.assessments.get(key)
                if assessment is not None and evidence.met_on is None:
                    evidence = _assessed(assessment)
            if row.code == Code.ACTION_PLAN and plan is not None and evidence.met_on is None:
                evidence = _planned(plan)
            talk = self.deep_dives.get((row.hisp_id or 0, row.fiscal_year))
            if row.code == Code.DEEP_DIVE and talk is not None and evidence.met_on is None:
                evidence = _briefed(talk)
        if self._is_owed_no_more(row):
            evidence = replace(evidence, excuse=State.NOT_OWED)
        state = state_of(row.due, evidence, before_edition=row.before_edition, today=today)
        when = days_in_words(row.due, state, met_on=evidence.met_on, today=today)
        return Line(
            row, state, evidence.met_on, when, package, submission, assessment, evidence.returned_on
        )

    def _is_owed_no_more(self, row: Obligation) -> bool:
        """Whether the provider is none on the day, or the agency has one that assesses."""
        if row.hisp is None:
            return provides(self.providers.get(row.organization_id or 0, []), row.due)
        return row.service_id is None and not was_designated(self._periods(row.hisp), row.due)

    def _periods(self, hisp: Hisp) -> list[Period]:
        if hisp.pk not in self.periods:
            self.periods[hisp.pk] = hisp_periods(hisp)
        return self.periods[hisp.pk]

    def _quarterly(self, row: Obligation, package: Package | None, today: date) -> Evidence:
        quarter = Quarter.parse(row.period)
        mine = [
            each
            for each in self.designations[row.hisp_id or 0]
            if each.service_id == row.service_id and each.concurred_on is not None
        ]
        # The stretch that covers the quarter, else the last one there was.
        last = next(
            (each for each in mine if each.ended_on is None or each.ended_on >= quarter.last_day),
            mine[-1] if mine else None,
        )
        sent = submitted_on(package) or self.reported.get((row.service_id or 0, row.period))
        duty = Duty(
            quarter=quarter,
            due=row.days,
            designated_on=last.concurred_on if last else None,
            ended_on=last.ended_on if last else None,
            target=target_of(row.hisp) if row.hisp is not None else None,
            api_from=self.handed.get(row.service_id or 0),
        )
        excuse = EXCUSED.get(standing(duty, submitted_on=sent, today=today))
        return Evidence(met_on=sent, started=package is not None, excuse=excuse)

    def _designation(self, row: Obligation) -> Evidence:
        """Met on the day the year's proposal was first signed.

        Where none was, on the day the second of the services that stand in the year was signed: a
        designation of an earlier year that has not ended stands for this one too.
        """
        proposal = self.proposals.get((row.hisp_id or 0, row.fiscal_year))
        if proposal is not None and proposal.signed_on is not None:
            if proposal.stage == ProposalStage.RETURNED:
                return Evidence(started=True, returned_on=proposal.returned_on)
            return Evidence(proposal.signed_on, started=True)
        year_ends = date(row.fiscal_year, 9, 30)
        year_began = date(row.fiscal_year - 1, 10, 1)
        standing_ones: dict[int, date] = {}
        started = proposal is not None
        for each in self.designations[row.hisp_id or 0]:
            if each.ended_on is not None and each.ended_on < year_began:
                continue
            if each.proposed_on > year_ends or _counts_later(each, year_ends):
                continue
            started = True
            if each.signed_on is not None and each.signed_on <= year_ends:
                standing_ones.setdefault(each.service_id, each.signed_on)
        days = sorted(standing_ones.values())
        return Evidence(days[MINIMUM - 1] if len(days) >= MINIMUM else None, started)


def _reported(services: Iterable[int], years: Iterable[int]) -> dict[tuple[int, str], date]:
    """Reports of earlier quarters, from history files: entered on the last of their days, as the
    government's page counts it.
    """
    rows = (
        ReportedRow.objects.filter(
            service__in=services, fiscal_year__in=years, release__isnull=True
        )
        .values_list("service", "fiscal_year", "quarter")
        .annotate(entered=Max("created_at"))
        .order_by()
    )
    return {
        (service, f"FY{year} Q{number}"): timezone.localdate(entered)
        for service, year, number, entered in rows
        if entered is not None
    }


def _providers() -> dict[int, list[list[Period]]]:
    """The stretches of each provider, by the department it belongs to."""
    found: dict[int, list[list[Period]]] = defaultdict(list)
    for each in Hisp.objects.select_related("organization").prefetch_related("changes"):
        found[int(each.organization.path.strip("/").split("/")[0])].append(hisp_periods(each))
    return found


def _assessments(
    hisps: Iterable[int], agencies: Iterable[int], years: Iterable[int]
) -> dict[tuple[int | None, int | None, int], Assessment]:
    """By provider, or by agency where it reflects, and by year."""
    mine = Q(hisp__in=hisps) | Q(hisp__isnull=True, organization__in=agencies)
    found = Assessment.objects.filter(mine, fiscal_year__in=years)
    return {
        (each.hisp_id, None if each.hisp_id else each.organization_id, each.fiscal_year): each
        for each in found.annotate(first_given=Min("versions__given_at"))
    }


def _assessed(assessment: Assessment) -> Evidence:
    """Met on the day OMB first had it, or for a reflection on the day it was first signed."""
    given = assessment.first_given  # type: ignore[attr-defined]  # annotated above
    return Evidence(timezone.localdate(given) if given else None, started=True)


def _by_year(rows: QuerySet[Yearly]) -> dict[tuple[int, int], Yearly]:
    """A provider's one of each year."""
    return {(each.hisp_id, each.fiscal_year): each for each in rows}


def _counts_later(each: Designation, year_ends: date) -> bool:
    """Whether OMB never concurred before it ended, or concurred for a later year only."""
    if each.concurred_on is None:
        return each.ended_on is not None
    return each.concurred_on > year_ends


def _recorded(row: Obligation, submission: Submission | None) -> Evidence:
    if submission is None:
        return Evidence()
    signed = submission.signed_at is not None or not needs_signature(row.code)
    return Evidence(submission.submitted_on if signed else None, started=True)


def _planned(plan: ActionPlan) -> Evidence:
    """A plan written here is met on the day it was first sent; an official has signed it then.

    While OMB has given it back, nothing is met.
    """
    if plan.returned_at is not None:
        return Evidence(started=True, returned_on=timezone.localdate(plan.returned_at))
    sent = timezone.localdate(plan.submitted_at) if plan.submitted_at else None
    return Evidence(sent, started=True)


def _briefed(talk: Discussion) -> Evidence:
    """A deep dive that is kept here is met on the day it was held."""
    return Evidence(talk.held_on, started=True)


def fiscal_years_of(obligations: QuerySet[Obligation]) -> list[int]:
    """The fiscal years these have, latest first."""
    rows = obligations.order_by("-fiscal_year").values_list("fiscal_year", flat=True)
    return list(rows.distinct())


def this_year() -> int:
    """The fiscal year that runs."""
    return Quarter.of(timezone.localdate()).fiscal_year
