"""A government in bulk: agencies, providers, and years of reports, plans, releases and talks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.models import Level, Organization
from cx280.capacity.actions.templates import load_shipped
from cx280.capacity.models import Assessment, AssessmentVersion, TemplateVersion
from cx280.circular.deadlines import edition_for, obligations_of
from cx280.deep_dive.models import Discussion, FollowUp
from cx280.designation.models import Proposal
from cx280.kernel.quarter import Quarter, fiscal_year_of
from cx280.obligations.models import Obligation, Submission
from cx280.plans.models import ActionPlan, PlanVersion
from cx280.reporting.models import (
    Package,
    PackageVersion,
    Release,
    ReportedQuestion,
    ReportedRow,
)
from cx280.services.models import Designation, Hisp, Service

_RULES = ("280.16-a3", "280.15-a4", "280.10-r1", "280.15-a2", "280.14-b1", "INC-44", "280.15-a5")
_AT_ONCE = 2_000
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Government:
    """How large, and until when."""

    agencies: int
    hisps: int
    years: int
    today: date
    person: Person

    @cached_property
    def quarters(self) -> list[Quarter]:
        """The quarters reported: all that ended in the years, the running one left out."""
        last = Quarter.of(self.today).previous
        return [last.plus(-each) for each in range(4 * self.years)][::-1]

    def build(self) -> None:
        """Everything, a table at a time."""
        hisps = self._hisps(self._agencies())
        services = self._services(hisps)
        packages = self._packages(services)
        self._releases(packages)
        self._obligations(hisps, services)
        self._plans(hisps)
        self._assessments(hisps)
        self._proposals(hisps)
        self._talks(hisps)

    def _agencies(self) -> list[Organization]:
        rows = [
            Organization(level=Level.DEPARTMENT, code=f"dept-{at}", name=f"Department {at}")
            for at in range(self.agencies)
        ]
        made = Organization.objects.bulk_create(rows)
        for each in made:
            each.path = f"/{each.pk}/"
        Organization.objects.bulk_update(made, ["path"])
        return made

    def _hisps(self, agencies: list[Organization]) -> list[Hisp]:
        return _kept(
            Hisp(
                organization=agencies[at % len(agencies)],
                code=f"provider-{at}",
                name=f"Provider {at}",
                designated_on=date(2010, 10, 1),
            )
            for at in range(self.hisps)
        )

    def _services(self, hisps: list[Hisp]) -> list[Service]:
        made: list[Service] = _kept(
            Service(
                owner=each.organization,
                hisp=each,
                code=f"{each.code}-{at}",
                name=f"Service {at} of {each.name}",
                service_type="administrative",
            )
            for each in hisps
            for at in range(2)
        )
        day = date(2011, 12, 1)
        _kept(
            Designation(
                hisp=each.hisp,
                service=each,
                proposed_on=day,
                signed_on=day,
                # One in twenty still waits for OMB.
                concurred_on=None if at % 20 == 19 else day,
            )
            for at, each in enumerate(made)
            if each.hisp is not None
        )
        return made

    def _packages(self, services: list[Service]) -> list[Package]:
        rows = []
        for quarter in self.quarters:
            sent = _at(quarter.last_day + timedelta(days=25))
            for at, each in enumerate(services):
                state = self._state(quarter, at)
                rows.append(
                    Package(
                        service=each, hisp=each.hisp, fiscal_year=quarter.fiscal_year,
                        quarter=quarter.number, state=state, certified_at=sent,
                        certified_by=self.person, submitted_at=sent, changed_at=sent,
                        accepted_at=None if state == Package.State.SUBMITTED else sent,
                        published_at=sent if state == Package.State.PUBLISHED else None,
                    )
                )  # fmt: skip
        made = _kept(rows)
        _kept(
            PackageVersion(
                package=each, number=1, content={"surveys": []}, findings=_findings(at),
                digest=f"{at:064d}", certified_by=self.person, submitted_at=each.submitted_at,
                certified_at=each.certified_at or each.changed_at,
            )
            for at, each in enumerate(made)
        )  # fmt: skip
        return made

    def _state(self, quarter: Quarter, at: int) -> str:
        """The newest quarter is half accepted, half to be reviewed; all before are published."""
        if quarter != self.quarters[-1]:
            return str(Package.State.PUBLISHED)
        return str(Package.State.SUBMITTED if at % 2 else Package.State.ACCEPTED)

    def _releases(self, packages: list[Package]) -> None:
        published = [each for each in packages if each.state == Package.State.PUBLISHED]
        content = {"words": "x" * 4_000}  # what a page should not read
        made: list[Release] = _kept(
            Release(
                number=at, fiscal_year=each.fiscal_year, quarter=each.quarter, hisp=each.hisp,
                service=each.service, source="cx280", content=content, digest=f"{at:064d}",
                published_at=each.published_at or each.changed_at,
            )
            for at, each in enumerate(published, start=1)
        )  # fmt: skip
        rows: list[ReportedRow] = _kept(
            ReportedRow(
                source_id=f"release:{each.number}:0", release=each, hisp=each.hisp,
                service=each.service, fiscal_year=each.fiscal_year, quarter=each.quarter,
                channel="website", respondents=900, created_at=each.published_at,
            )
            for each in made
        )  # fmt: skip
        _kept(
            ReportedQuestion(
                row=each, position=position, text="T", construct=construct, statement=statement,
                wording="exact", scale="agree5", counts=[10, 20, 70, 400, 400], answered=900,
                agreeing=800,
                comparable=f"transaction|{measures}|{statement}|exact|agree5|web|service",
            )
            for each in rows
            for position, (construct, measures, statement) in enumerate(
                (("trust", "trust_change", "T1"), ("satisfaction", "satisfaction", "S2"))
            )
        )  # fmt: skip

    def _obligations(self, hisps: list[Hisp], services: list[Service]) -> None:
        """Assessments of past years are recorded by hand and signed."""
        mine: dict[int, list[Service]] = {}
        for each in services:
            mine.setdefault(each.hisp_id or 0, []).append(each)
        rows = []
        for year in self._years:
            for due in obligations_of(edition_for(max(year, 2022)), year):
                for hisp in hisps:
                    owing = [None] if due.scope == "enterprise" else mine[hisp.pk]
                    rows += [_owed(hisp, each, due, year) for each in owing]
        made: list[Obligation] = _kept(rows)
        _kept(
            Submission(
                obligation=each, submitted_on=each.due, document="Assessment",
                recorded_at=_at(each.due), recorded_by=self.person, signed_at=_at(each.due),
                signed_by=self.person,
            )
            for each in made
            if each.code == "capacity_assessment" and each.due < self.today
        )  # fmt: skip

    @property
    def _years(self) -> list[int]:
        last = fiscal_year_of(self.today)
        return list(range(last - self.years, last + 1))

    def _plans(self, hisps: list[Hisp]) -> None:
        made: list[ActionPlan] = _kept(
            ActionPlan(
                hisp=each, fiscal_year=year, signed_at=_at(date(year, 5, 20)),
                signed_by=self.person, submitted_at=_at(date(year, 5, 21)),
                stage="submitted" if year == self._years[-2] else "published",
                published_at=_at(date(year, 6, 21)),
            )
            for year in self._years[:-1]
            for each in hisps
        )  # fmt: skip
        _kept(
            PlanVersion(
                plan=each,
                number=1,
                content={},
                digest="0" * 64,
                signed_at=each.signed_at or each.created_at,
            )
            for each in made
        )

    def _assessments(self, hisps: list[Hisp]) -> None:
        """One a provider and year, handed over; the last ones wait for their deep dive."""
        load_shipped()
        template = TemplateVersion.objects.get(kind="assessment")
        made: list[Assessment] = _kept(
            Assessment(
                hisp=each, organization=each.organization, kind="assessment", fiscal_year=year,
                template_version=template, stage="submitted", signed_by=self.person,
                signed_at=_at(date(year, 2, 20)), submitted_at=_at(date(year, 2, 21)),
            )
            for year in self._years[:-1]
            for each in hisps
        )  # fmt: skip
        _kept(
            AssessmentVersion(
                assessment=each, number=1, content={}, digest="0" * 64, signed_by=self.person,
                signed_at=each.signed_at or each.created_at, given_at=each.submitted_at,
            )
            for each in made
        )  # fmt: skip

    def _proposals(self, hisps: list[Hisp]) -> None:
        """One a provider and year; one in twenty of the last year's waits for OMB."""
        _kept(
            Proposal(
                hisp=each, fiscal_year=year, signed_on=date(year - 1, 12, 1),
                stage="signed" if self._waits(year, at) else "concurred",
                concurred_on=None if self._waits(year, at) else date(year - 1, 12, 15),
            )
            for year in self._years
            for at, each in enumerate(hisps)
        )  # fmt: skip

    def _waits(self, year: int, at: int) -> bool:
        return at % 20 == 19 and year == self._years[-1]

    def _talks(self, hisps: list[Hisp]) -> None:
        """A deep dive and three other talks a year, each with three follow-ups; one is left."""
        made: list[Discussion] = _kept(
            Discussion(
                hisp=each, kind="regular" if at else "deep_dive", fiscal_year=year,
                subject="Talk", planned_on=day, recorded_by=self.person,
                held_on=day if day < self.today else None, agreed="Mend the wait.",
            )
            for year in self._years
            for each in hisps
            for at, day in enumerate(date(year, month, 15) for month in (3, 1, 5, 8))
        )  # fmt: skip
        _kept(
            FollowUp(
                discussion=each, task="question", words="How long?", side="omb",
                due_on=each.held_on + timedelta(days=30),
                done_on=None if at == 0 and each.held_on.year == self.today.year else each.held_on,
                outcome="12 minutes",
            )
            for each in made
            if each.held_on is not None
            for at in range(3)
        )  # fmt: skip


def _owed(hisp: Hisp, service: Service | None, due: Any, year: int) -> Obligation:  # noqa: ANN401
    return Obligation(
        hisp=hisp, service=service, scope=due.scope, code=due.obligation, name=due.name,
        period=due.period, fiscal_year=year, due=due.due, rule_date=due.rule_date,
        act_by=due.act_by, published=due.published, source=due.source, edition=due.edition,
    )  # fmt: skip


def _findings(at: int) -> list[dict[str, str | None]]:
    """None to four findings, so that rules are raised unevenly."""
    return [
        {
            "rule": _RULES[(at + each) % len(_RULES)], "severity": "warn", "where": "surveys[0]",
            "message": "Something the rule asks for is not there.", "fix": "Add it.",
            "reason": "There is a good reason." if each % 2 else None, "reason_by": "Official",
        }
        for each in range(at % 5)
    ]  # fmt: skip


def _kept(rows: Iterable[Row]) -> list[Row]:
    given = list(rows)
    if given:
        type(given[0])._default_manager.bulk_create(given, batch_size=_AT_ONCE)
    return given


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
