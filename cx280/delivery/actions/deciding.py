"""Decides about interactions that were handed over: drawn or not, and whether they may be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of, unit_by_code
from cx280.circular.implements import implements
from cx280.delivery.actions.people import Register, Somebody
from cx280.delivery.models import Interaction, SamplingPlan
from cx280.delivery.queries.plans import plan_in_force, rules_of, shares_of
from cx280.delivery.rules.contacts import ContactRules, why_not
from cx280.delivery.rules.handed import Handed
from cx280.delivery.rules.sampling import Decision, decide
from cx280.delivery.rules.vocabulary import Method, Reason, State
from cx280.kernel.problem import Conflict
from cx280.surveys.models import Survey


class Decided(NamedTuple):
    """An interaction with whether it was decided about now, or had been before."""

    interaction: Interaction
    is_new: bool


@dataclass(frozen=True, slots=True)
class Case:
    """What one batch of decisions shares: the survey, its plan, the people, the rules."""

    survey: Survey
    agency: Organization
    plan: SamplingPlan
    people: Register
    rules: ContactRules
    shares: dict[str, int]
    now: datetime
    units: dict[str, Organization | None] = field(default_factory=dict)

    def unit(self, code: str) -> Organization | None:
        """The unit of that code below the service's owner, looked up once in a batch."""
        if code not in self.units:
            found = unit_by_code(code, within=self.survey.service.owner) if code else None
            self.units[code] = found
        return self.units[code]


def case_of(survey: Survey, now: datetime) -> Case:
    """The case for decisions at this moment; inside a transaction, whose end gives the turn on.

    One process at a time decides about the people of an agency, or two could ask one person.
    Raises Conflict when the survey has no plan.
    """
    agency = agency_of(survey.service.owner)
    Organization.objects.select_for_update(no_key=True).get(pk=agency.pk)
    plan = plan_in_force(survey)
    if plan is None:
        raise Conflict(
            "Nobody has chosen whom this survey asks.",
            rule="280.10-m2",
            fix="Choose how the sample is drawn on the survey’s page “Whom do we ask?”.",
        )
    shares = {**shares_of(agency), survey.code: plan.share}
    return Case(survey, agency, plan, Register(agency, now), rules_of(agency), shares, now)


@implements("280.10-m2", "280.10-o3")
def decide_for_program(survey: Survey, *, handed: Sequence[Handed], now: datetime) -> list[Decided]:
    """Each interaction with what was decided, in the order given; asking is up to the program.

    Whoever is to be asked counts as asked now. An interaction known already is not decided about
    again. Not audited one by one: the plan was, and each decision can be drawn again from it.
    """
    with transaction.atomic():
        case = case_of(survey, now)
        return [_decide_once(case, each) for each in handed]


def _decide_once(case: Case, handed: Handed) -> Decided:
    key = case.people.interaction(handed.interaction)
    known = Interaction.objects.filter(agency=case.agency, key=key).first()
    if known is not None:
        return Decided(known, False)
    interaction = drawn(case, handed, key)
    somebody = case.people.somebody(handed.kind, handed.known_as) if handed.known_as else None
    if interaction.is_drawn:
        reason = _closed(case) or (may_not(case, somebody) if somebody else None)
        interaction.state = State.SUPPRESSED if reason else State.ASKED
        interaction.reason = reason or ""
    interaction.save()
    if interaction.state == State.ASKED and somebody:
        case.people.note(somebody, interaction)
    return Decided(interaction, True)


def drawn(case: Case, handed: Handed, key: str) -> Interaction:
    """The interaction, not stored yet, with its draw; its state is that of one not drawn."""
    plan = case.plan.as_rule
    stratum = plan.group_of(handed.stratum_by(plan.strata_by))
    decision = decide(plan, handed.interaction, stratum=stratum, position=_next_position(case.plan))
    return Interaction(
        agency=case.agency,
        key=key,
        survey=case.survey,
        plan=case.plan,
        unit=case.unit(handed.unit.strip()),
        language=handed.language[:12],
        ended_at=handed.ended_at,
        received_at=case.now,
        state=State.NOT_DRAWN,
        **_as_kept(decision),
    )


def _as_kept(decision: Decision) -> dict[str, object]:
    return {
        "stratum": decision.stratum,
        "is_drawn": decision.is_drawn,
        "probability": decision.probability,
        "position": decision.position,
    }


def _next_position(plan: SamplingPlan) -> int:
    """The place of the next arrival; only a systematic sample has to count, and so to write."""
    if plan.method != Method.SYSTEMATIC:
        return 0
    position = plan.arrived
    plan.arrived = position + 1
    plan.save(update_fields=["arrived"])
    return position


def may_not(case: Case, somebody: Somebody) -> Reason | None:
    """Why somebody may not be asked at this moment, or None."""
    if case.people.has_opted_out(somebody):
        return Reason.OPTED_OUT
    return why_not(
        case.rules,
        person=somebody.lasting,
        survey=case.survey.code,
        shares=case.shares,
        asked=case.people.asked(somebody, case.rules),
        at=case.now,
    )


def _closed(case: Case) -> Reason | None:
    return None if case.survey.state == Survey.State.OPEN else Reason.CLOSED
