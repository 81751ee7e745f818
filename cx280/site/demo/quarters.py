"""Quarter reports of the simulated agency: published ones, and one at every other stage."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from cx280.accounts.actions import justify
from cx280.accounts.models import Person
from cx280.audit.actions import subject_of
from cx280.circular.deadlines import edition_for, quarter_due
from cx280.kernel.finding import warnings
from cx280.kernel.quarter import Quarter
from cx280.reporting import actions
from cx280.reporting.models import Package, PackageVersion, Release, ReportedRow
from cx280.reporting.queries.lists import findings_of
from cx280.reporting.rules.content import Indicator
from cx280.services.models import Service
from cx280.services.queries import designated_services
from cx280.site.demo.plan import plan
from cx280.site.demo.records import Built

# In the quarter that ended last, each service stands at another stage, so that everybody
# finds something to do.
_STAGES = ("draft", "draft", "certified", "submitted", "returned", "published")
_DID = (
    "We opened a second counter in Portland on Mondays and put the steps on one page. "
    "People who come back now wait less, and more of them finish online."
)
_LEARNED = (
    "Waiting time stands out in the comments. Where people waited over an hour, trust fell, "
    "whatever else went well. Next quarter we look at appointments."
)


def report_quarters(
    built: Built, quarters: list[Quarter], today: date, *, crowd: float = 1.0
) -> int:
    """Reports every quarter that has ended; gives how many releases there are.

    crowd: how many times the planned customers there were, so that more answers stay possible.
    """
    ended = [each for each in quarters if each.last_day < today]
    for quarter in ended:
        services = sorted(designated_services(on=quarter.last_day), key=lambda each: each.code)
        for place, service in enumerate(services):
            stage = _STAGES[place % len(_STAGES)] if quarter == ended[-1] else "published"
            with transaction.atomic():
                _report(service, quarter, stage, built.people, today, crowd)
    return Release.objects.count()


def _report(
    service: Service,
    quarter: Quarter,
    stage: str,
    people: dict[str, Person],
    today: date,
    crowd: float,
) -> None:
    lead, official = people["cx_lead"], people["accountable_official"]
    reviewer = people["omb_reviewer"]
    package = _drafted(service, quarter, lead, crowd)
    if stage == "draft":
        return
    sent = _sent_at(quarter, service, today)
    if stage != "certified":
        Package.objects.filter(pk=package.pk).update(submitted_at=sent)
        package.refresh_from_db()
    for finding in warnings(findings_of(package, today)):
        justify(
            subject_of(package),
            finding=finding.key,
            text="Known and explained in the reflection.",
            by=lead,
        )
    actions.certify(package, by=official)
    if stage == "certified":
        return
    actions.submit(package, by=lead)
    if stage == "returned":
        words = "Please say in the reflection what changed at the Portland counter."
        actions.return_to_agency(package, comment=words, by=reviewer)
    if stage == "published":
        actions.accept(package, by=reviewer)
        actions.publish(package, by=reviewer)
    _put_back_in_time(package, sent)


def _drafted(service: Service, quarter: Quarter, lead: Person, crowd: float) -> Package:
    """The draft with its texts, its volume and one service-level indicator."""
    package = actions.build_draft(service, quarter)
    yearly = next(each.yearly for each in plan().services if each.code == service.code)
    actions.save_narrative(package, accomplishments=_DID, reflection=_LEARNED, by=lead)
    actions.save_volumes(package, customers_served=round(yearly * crowd / 4), surveys={}, by=lead)
    waited = 26.0 - 0.8 * (quarter.fiscal_year * 4 + quarter.number) % 9
    indicator = Indicator(
        name="Median wait at a counter",
        unit="minutes",
        direction="down",
        target=20.0,
        value=round(waited, 1),
        numerator=None,
        denominator=None,
    )
    actions.save_indicators(package, indicators=[indicator], by=lead)
    package.refresh_from_db()
    return package


def _sent_at(quarter: Quarter, service: Service, today: date) -> datetime:
    """A few days before the due date; one service was late once, as happens."""
    due = quarter_due(edition_for(quarter.fiscal_year), quarter).due
    late = service.code == "flood-grants" and quarter.number == 2
    day = due + timedelta(days=4) if late else due - timedelta(days=len(service.code) % 9 + 1)
    return datetime.combine(min(day, today), time(15, 30), UTC)


def _put_back_in_time(package: Package, sent: datetime) -> None:
    """The quarter happened then, not when it was simulated; the audit trail says when it was."""
    signed, decided = sent - timedelta(days=1), sent + timedelta(days=6)
    Package.objects.filter(pk=package.pk).update(certified_at=signed)
    Package.objects.filter(pk=package.pk, accepted_at__isnull=False).update(accepted_at=decided)
    Package.objects.filter(pk=package.pk, published_at__isnull=False).update(published_at=decided)
    PackageVersion.objects.filter(package=package).update(certified_at=signed, submitted_at=sent)
    releases = Release.objects.filter(
        service=package.service_id, fiscal_year=package.fiscal_year, quarter=package.quarter
    )
    releases.update(published_at=decided)
    ReportedRow.objects.filter(release__in=releases).update(created_at=sent, updated_at=decided)
