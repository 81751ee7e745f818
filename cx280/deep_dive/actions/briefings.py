"""Hands a briefing to OMB: from then on it stays as it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.circular.implements import implements
from cx280.deep_dive.actions.talks import told
from cx280.deep_dive.models import Briefing, Discussion
from cx280.deep_dive.rules.vocabulary import Kind
from cx280.kernel.problem import Conflict, NotAllowed


@implements("280.14-d2")
@transaction.atomic
def hand_over(
    talk: Discussion, *, content: Mapping[str, Any], by: Person, now: datetime
) -> Briefing:
    """The slides as OMB gets them, numbered, with their digest; what was handed before stays."""
    kept = Discussion.objects.select_for_update().get(pk=talk.pk)
    if not may(by, Capability.SUBMIT_QUARTERS, talk.hisp.organization):
        raise NotAllowed("Only who sends to OMB for this provider hands over a briefing.")
    if kept.kind != Kind.DEEP_DIVE or kept.cancelled_because:
        raise Conflict("Briefings are of deep dives that take place.", rule="280.14-d2")
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    found = Briefing.objects.create(
        discussion=kept, number=kept.briefings.count() + 1, content=content,
        digest=hashlib.sha256(written.encode()).hexdigest(), handed_at=now, handed_by=by,
    )  # fmt: skip
    told("hand_over_briefing", talk, by, number=found.number, digest=found.digest)
    return found
