"""OMB's answer to a plan that was sent: accepted, or returned with reasons for each action."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.plans.actions.trail import lock, told
from cx280.plans.models import ActionPlan, PlanVersion, Remark, Review
from cx280.plans.rules.stages import after
from cx280.plans.rules.vocabulary import Decision, Move


@implements("280.14-e1")
@transaction.atomic
def accept_plan(plan: ActionPlan, *, version: int, by: Person, words: str = "") -> Review:
    """OMB takes the version as it is. version: the number the reviewer read."""
    kept = _to_review(plan, by)
    kept.stage = after(kept.stage, Move.ACCEPT).value
    read = _the_one_read(kept, version)
    kept.save(update_fields=["stage"])
    told("accept_action_plan", kept, by, version=read.number)
    return _review(read, Decision.ACCEPTED, words, by)


@implements("280.14-e1", "280.17-f1")
@transaction.atomic
def return_plan(
    plan: ActionPlan, *, version: int, words: str, remarks: Mapping[int, str], by: Person
) -> Review:
    """OMB gives it back. remarks: {place of the action in the version, from 1: what must change}.

    The plan is open to the agency again, and so is its obligation, until it is sent again. The
    returned version stays. Raises Unusable without a word, Conflict when another version is there.
    """
    kept = _to_review(plan, by)
    kept.stage = after(kept.stage, Move.RETURN).value
    read = _the_one_read(kept, version)
    said = {number: each.strip() for number, each in remarks.items() if each.strip()}
    if not words.strip() and not said:
        raise Unusable("Say what has to change, of the plan or of an action.", field="words")
    kept.returned_at = timezone.now()
    kept.save(update_fields=["stage", "returned_at"])
    review = _review(read, Decision.RETURNED, words, by)
    _remark(review, kept, said)
    told("return_action_plan", kept, by, version=read.number, because=words.strip(),
         actions=sorted(said))  # fmt: skip
    return review


def _to_review(plan: ActionPlan, by: Person) -> ActionPlan:
    kept = lock(plan)
    if not may(by, Capability.REVIEW_QUARTERS, kept.hisp.organization):
        raise NotAllowed("Only OMB reviews Action Plans.")
    return kept


def _the_one_read(plan: ActionPlan, number: int) -> PlanVersion:
    latest = plan.versions.filter(sent_at__isnull=False).latest("number")
    if latest.number != number:
        raise Conflict(
            f"The agency has sent version {latest.number} meanwhile.",
            fix="Open the plan again, and decide on what stands there now.",
        )
    return latest


def _review(version: PlanVersion, decision: Decision, words: str, by: Person) -> Review:
    return Review.objects.create(
        version=version, decision=decision.value, words=words.strip(), at=timezone.now(), by=by
    )


def _remark(review: Review, plan: ActionPlan, said: Mapping[int, str]) -> None:
    """Each remark, tied to the action it is about where that still says the same."""
    listed = review.version.content["actions"]
    if unknown := [each for each in said if not 1 <= each <= len(listed)]:
        raise Unusable(f"This version has no action {unknown[0]}.")
    rows = {
        (each.change, each.service.name): each for each in plan.actions.select_related("service")
    }
    Remark.objects.bulk_create(
        Remark(
            review=review, number=number, change=listed[number - 1]["change"], words=words,
            action=rows.get((listed[number - 1]["change"], listed[number - 1]["service"])),
        )
        for number, words in sorted(said.items())
    )  # fmt: skip
