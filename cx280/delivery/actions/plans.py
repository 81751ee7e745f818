"""Keeps sampling plans and contact rules."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.delivery.models import ContactRule, SamplingPlan
from cx280.delivery.rules.contacts import ContactRules
from cx280.delivery.rules.sampling import Plan, written_rate
from cx280.delivery.rules.vocabulary import Method
from cx280.kernel.problem import Unusable
from cx280.surveys.models import Survey


@implements("280.10-m2")
def save_plan(
    survey: Survey,
    *,
    by: Person | None,
    now: datetime,
    method: str,
    rate: float,
    strata_by: str = "unit",
    rates: dict[str, float] | None = None,
    share: int = 10,
    seed: str = "",
) -> SamplingPlan:
    """The survey's plan from now on; the one before it ends, and keeps what it decided.

    seed: random when none is given. Only stratified plans have rates of groups.
    """
    if method != Method.STRATIFIED and rates:
        raise Unusable("Only a stratified sample has rates of its own for groups.", field="rates")
    with transaction.atomic():
        Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
        before = survey.sampling_plans.order_by("-number").first()
        survey.sampling_plans.filter(until__isnull=True).update(until=now)
        plan = SamplingPlan.objects.create(
            survey=survey,
            number=before.number + 1 if before else 1,
            method=method,
            rate=rate,
            strata_by=strata_by,
            rates=rates or {},
            share=share,
            seed=seed or secrets.token_hex(8),
            since=now,
            made_by=by,
        )
        record(
            actor=by.email if by else "system",
            action="plan_sample",
            subject=subject_of(survey),
            organization=agency_of(survey.service.owner).code,
            detail={"plan": plan.number, **_as_told(plan.as_rule), "share": share},
        )
    return plan


def _as_told(plan: Plan) -> dict[str, object]:
    told: dict[str, object] = {
        "method": plan.method.value, "rate": written_rate(plan.rate), "seed": plan.seed,
    }  # fmt: skip
    if plan.method is not Method.STRATIFIED:
        return told
    rates = {name: written_rate(rate) for name, rate in plan.rates.items()}
    return {**told, "strata_by": plan.strata_by.value, "rates": rates}


@implements("280.10-o3")
def save_rules(agency: Organization, *, by: Person, rules: ContactRules) -> ContactRule:
    """The agency's contact rules from now on, for every decision after this one."""
    values = {
        "quiet_days": rules.quiet_days,
        "most_per_year": rules.most_per_year,
        "patience_days": rules.patience_days,
    }
    _refuse_impossible(rules)
    with transaction.atomic():
        before = ContactRule.objects.filter(agency=agency).values(*values).first()
        kept, _ = ContactRule.objects.update_or_create(
            agency=agency, defaults={**values, "changed_by": by}
        )
        record(
            actor=by.email,
            action="change_contact_rules",
            subject=subject_of(agency),
            organization=agency.code,
            detail={"before": before, "after": values},
        )
    return kept


def _refuse_impossible(rules: ContactRules) -> None:
    limits: dict[str, Any] = {"quiet_days": 730, "most_per_year": 365, "patience_days": 365}
    for name, most in limits.items():
        if not 0 <= getattr(rules, name) <= most:
            raise Unusable(f"Choose between 0 and {most}.", field=name)
    if rules.quiet_days and rules.patience_days > rules.quiet_days:
        raise Unusable(
            "A turn cannot be kept longer than the quiet period.",
            field="patience_days",
            fix=f"Choose {rules.quiet_days} days or fewer.",
        )
