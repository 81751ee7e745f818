"""A proposal with its candidates, and what its checks find."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from cx280.accounts.models import Justification
from cx280.accounts.queries import justifications_for
from cx280.agencies.queries import agency_of
from cx280.audit.actions import subject_of
from cx280.circular.deadlines import edition_for, obligations_of
from cx280.circular.edition import edition
from cx280.designation.checks import check
from cx280.designation.models import Choice, Figure, Proposal, Step
from cx280.designation.queries.meetings import together
from cx280.designation.rules.content import content_of
from cx280.designation.rules.facts import ChosenFacts, ProposalFacts
from cx280.designation.rules.scoring import Candidate, Span
from cx280.designation.rules.vocabulary import Factor, Move
from cx280.kernel.finding import Finding, warnings
from cx280.services.models import Designation, Hisp, InventoryCycle, Service, ServiceVolume
from cx280.services.queries import certified_codes, designated_facts
from cx280.surveys.models import ServiceImpact


def certified_year(hisp: Hisp) -> int | None:
    """The fiscal year of the agency's latest certified inventory; None where there is none."""
    return (
        InventoryCycle.objects.filter(
            agency=agency_of(hisp.organization), state=InventoryCycle.State.CERTIFIED
        )
        .order_by("-fiscal_year")
        .values_list("fiscal_year", flat=True)
        .first()
    )


def services_to_choose(hisp: Hisp) -> QuerySet[Service]:
    """The provider's services, and those of its unit without a provider, that are certified."""
    listed = certified_codes(agency_of(hisp.organization))
    return (
        Service.objects.filter(
            Q(hisp=hisp) | Q(hisp__isnull=True, owner__path__startswith=hisp.organization.path),
            retired_on__isnull=True,
            code__in=listed,
        )
        .select_related("owner", "hisp")
        .order_by("name", "pk")
    )


def known_of(services: QuerySet[Service]) -> list[tuple[int, str, float, str]]:
    """What the inventory and the measurement plan know now: (service, factor, value, source)."""
    found: list[tuple[int, str, float, str]] = []
    volumes = ServiceVolume.objects.filter(service__in=services, channel="").order_by("fiscal_year")
    latest = {each.service_id: each for each in volumes}
    found += [
        (pk, Factor.CUSTOMERS.value, float(each.customers), f"FY{each.fiscal_year}: {each.source}")
        for pk, each in latest.items()
    ]
    for impact in ServiceImpact.objects.filter(service__in=services):
        for factor, value in ((Factor.COST, impact.cost), (Factor.PRIORITY, impact.priority)):
            if value is not None:
                found.append((impact.service_id, factor.value, float(value), impact.source))
    return found


def candidates_of(proposal: Proposal) -> list[Candidate]:
    """The services that may be put forward, with the figures kept with the proposal."""
    known: dict[int, dict[str, Span]] = {}
    for each in proposal.figures.all():
        known.setdefault(each.service_id, {})[each.factor] = _span(each)
    return [
        Candidate(each.code, each.name, known.get(each.pk, {}))
        for each in services_to_choose(proposal.hisp)
    ]


def _span(figure: Figure) -> Span:
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    return Span(figure.value, low, high, figure.source)


def choices_of(proposal: Proposal) -> list[Choice]:
    """The services put forward, in the order they were."""
    return list(proposal.choices.select_related("service__owner", "service__hisp"))


def facts_of(proposal: Proposal) -> ProposalFacts:
    """The proposal as its checks read it."""
    choices = choices_of(proposal)
    services = designated_facts(
        Designation(hisp=proposal.hisp, service=each.service) for each in choices
    )
    met = together(proposal.hisp, proposal.fiscal_year)
    return ProposalFacts(
        provider=proposal.hisp.name,
        fiscal_year=proposal.fiscal_year,
        certified_year=certified_year(proposal.hisp),
        chosen=[
            ChosenFacts(each.why, service) for each, service in zip(choices, services, strict=True)
        ],
        candidates=candidates_of(proposal),
        weights=proposal.weights,
        meetings=len(met.meetings),
        offices=met.offices,
        minimum=edition(settings.CX280_EDITION).limits.designated_services_min,
    )


def findings_of(proposal: Proposal) -> list[Finding]:
    """What the checks find."""
    return check(facts_of(proposal))


def signed_step(proposal: Proposal) -> Step | None:
    """The last signature, with what was signed; None before the first."""
    return proposal.history.filter(move=Move.SIGN.value).select_related("by").last()


def years_of(proposals: QuerySet[Proposal]) -> list[int]:
    """The fiscal years there are proposals of, the latest first."""
    years = proposals.order_by("-fiscal_year").values_list("fiscal_year", flat=True)
    return list(years.distinct())


def listed(proposals: QuerySet[Proposal], year: int | None) -> list[tuple[Proposal, date, int]]:
    """Those of the year, or all, the latest first; each with its due day and its number of
    services.
    """
    rows = proposals.select_related("hisp").annotate(services=Count("choices"))
    if year is not None:
        rows = rows.filter(fiscal_year=year)
    found = list(rows.order_by("-fiscal_year", "hisp__name"))  # a count forgets the usual order
    due = {each: due_of(each) for each in {row.fiscal_year for row in found}}
    return [(each, due[each.fiscal_year], each.services) for each in found]


def content_to_see(proposal: Proposal, *, signed_only: bool) -> dict[str, Any]:
    """What was signed last where it is with OMB or settled, or for who sees only that; else what
    stands there now."""
    step = signed_step(proposal)
    if step is not None and step.content is not None and (signed_only or not proposal.is_open):
        return dict(step.content)
    return content_now(proposal, facts_of(proposal))


def content_now(proposal: Proposal, facts: ProposalFacts) -> dict[str, Any]:
    """What would be signed now, with the warnings that stand and the reasons written for them."""
    reasons = {key: each.text for key, each in reasons_for(proposal).items()}
    return content_of(facts, warnings(check(facts)), reasons)


def reasons_for(proposal: Proposal) -> dict[str, Justification]:
    """Why warnings are right as they are, by Finding.key."""
    return justifications_for(subject_of(proposal))


def due_of(fiscal_year: int) -> date:
    """The day by which the services of a year are put forward."""
    (due,) = (
        each
        for each in obligations_of(edition_for(fiscal_year), fiscal_year)
        if each.obligation == "designation"
    )
    return due.due
