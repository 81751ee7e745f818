"""Writes drafts: the plan, its actions, and the pain points they answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cx280.accounts.access import may
from cx280.accounts.actions import give_reason
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import NotAllowed, NotFound, Unusable
from cx280.plans.actions.templates import load_shipped
from cx280.plans.actions.trail import lock, to_write, told
from cx280.plans.checks import check
from cx280.plans.models import Action, ActionPlan, Evidence, PainPoint, StatusNote
from cx280.plans.queries.plans import facts_of
from cx280.plans.queries.templates import templates_for
from cx280.plans.rules.vocabulary import EvidenceKind, Status
from cx280.research.models import Insight, ResearchStudy
from cx280.services.models import Hisp, Service


@implements("280.14-e1", "280.13-b3")
def begin_plan(hisp: Hisp, *, fiscal_year: int, by: Person) -> ActionPlan:
    """The provider's one plan of that year, begun now or before."""
    if not may(by, Capability.EDIT_QUARTERS, hisp.organization):
        raise NotAllowed("You may not write the plan of this provider.")
    load_shipped()
    offered = templates_for(fiscal_year)
    if not offered:
        raise NotFound(f"No template of the Action Plan is for FY{fiscal_year}.")
    try:
        with transaction.atomic():
            plan = ActionPlan.objects.create(
                hisp=hisp, fiscal_year=fiscal_year, template_version=offered[0]
            )
            told("begin_action_plan", plan, by, template=str(offered[0]))
    except IntegrityError:
        return ActionPlan.objects.get(hisp=hisp, fiscal_year=fiscal_year)
    return plan


@transaction.atomic
def save_summary(
    plan: ActionPlan, *, summary: str, by: Person, words: Mapping[str, str] | None = None
) -> ActionPlan:
    """The words that stand above the actions, and those under the template's own questions."""
    kept = to_write(plan, by)
    kept.summary = summary.strip()
    kept.told = {**kept.told, **(words or {})}
    kept.save(update_fields=["summary", "told"])
    told("write_action_plan", kept, by)
    return kept


@transaction.atomic
def save_action(
    plan: ActionPlan, action: Action | None, *, fields: dict[str, Any], by: Person, now: datetime
) -> Action:
    """The action with these fields, new when there is none yet."""
    kept = to_write(plan, by)
    point = fields.get("pain_point")
    if point is not None and point.service_id != fields["service"].pk:
        raise Unusable(
            "This pain point belongs to another service.", field="pain_point", rule="280.17-f2"
        )
    row = action or Action(plan=kept)
    before = row.status if action else ""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    if row.status != before:
        StatusNote.objects.create(action=row, status=row.status, at=now, by=by)
    told("write_action", kept, by, change=row.change, new=action is None)
    return row


@transaction.atomic
def remove_action(action: Action, *, by: Person) -> None:
    """Takes the action out of a draft."""
    kept = to_write(action.plan, by)
    told("remove_action", kept, by, change=action.change)
    action.delete()


@transaction.atomic
def tell_status(
    action: Action, *, status: str, words: str, by: Person, now: datetime
) -> StatusNote:
    """How the action goes; may be told of a signed plan too, whose commitments stay."""
    plan = lock(action.plan)
    if not may(by, Capability.EDIT_QUARTERS, plan.hisp.organization):
        raise NotAllowed("You may not tell how this action goes.")
    now_is = Status.of(status)
    if now_is is Status.STOPPED and not words.strip():
        raise Unusable("Say why it was stopped.", field="words")
    action.status = now_is.value
    action.save(update_fields=["status"])
    note = StatusNote.objects.create(
        action=action, status=now_is.value, words=words.strip(), at=now, by=by
    )
    told("tell_status", plan, by, change=action.change, status=now_is.value)
    return note


@transaction.atomic
def explain_warning(plan: ActionPlan, *, stamp: str, text: str, by: Person) -> None:
    """Keeps why a warning of a draft stands, until what was found changes."""
    kept = to_write(plan, by)
    standing = check(facts_of(kept, timezone.localdate()))
    give_reason(
        subject_of(kept), standing, stamp=stamp, text=text, by=by,
        organization=kept.hisp.organization.code,
    )  # fmt: skip


@implements("280.17-f2", "280.4-b4")
@transaction.atomic
def add_pain_point(
    service: Service,
    *,
    words: str,
    kind: str,
    evidence: str,
    address: str,
    by: Person,
    study: ResearchStudy | None = None,
    insight: Insight | None = None,
    figure: str = "",
) -> PainPoint:
    """A pain point with what shows it; further evidence is added to the one there is.

    study, insight: of research kept here, named by evidence of that kind. figure: one of the
    service's, whose value of the day stands beside the words.
    """
    if not may(by, Capability.EDIT_SERVICES, service.owner):
        raise NotAllowed("You may not write down pain points of this service.")
    if not words.strip():
        raise Unusable("Say what hurts customers.", field="words", rule="280.17-f2")
    if not evidence.strip():
        raise Unusable("Say what shows it.", field="evidence", rule="280.17-f2")
    known = EvidenceKind.of(kind)
    if known is EvidenceKind.STUDY and study is None:
        raise Unusable("Choose the study.", field="study", rule="280.17-f2")
    if known is EvidenceKind.INSIGHT and insight is None:
        raise Unusable("Choose the insight.", field="insight", rule="280.17-f2")
    point, _ = PainPoint.objects.get_or_create(
        service=service, words=words.strip(), defaults={"added_by": by}
    )
    Evidence.objects.get_or_create(
        pain_point=point, kind=known.value, words=evidence.strip(), address=address.strip(),
        study=study if known is EvidenceKind.STUDY else None,
        insight=insight if known is EvidenceKind.INSIGHT else None, figure=figure,
    )  # fmt: skip
    record(
        actor=by.email,
        action="write_pain_point",
        subject=subject_of(point),
        organization=service.owner.code,
        detail={"words": point.words},
    )
    return point
