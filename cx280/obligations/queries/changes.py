"""What stands behind a state, who brought it about, and how an obligation came to stand so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Model
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.audit.actions import subject_of
from cx280.audit.models import AuditEntry
from cx280.deep_dive.models import Discussion
from cx280.deep_dive.rules.vocabulary import Kind
from cx280.designation.models import Proposal
from cx280.obligations.models import Obligation, StateChange
from cx280.obligations.queries.standing import Line
from cx280.obligations.rules.vocabulary import Code, State
from cx280.plans.models import ActionPlan

SYSTEM = "system"
# What moves an obligation, of all that the trail tells about what stands behind it.
_MOVES = ("submit", "sign", "record", "return", "hold", "begin", "open", "certify", "propose")
_BY_THE_DAY = {
    State.NOT_STARTED: "Nothing is handed in yet.",
    State.MISSING: "The day it was due has passed.",
    State.DEFERRED: "The provider’s target quarter comes later.",
    State.HANDED_OVER: "The service reports through the API.",
    State.INFORMATIONAL: "It was due before the edition took effect.",
    State.NOT_OWED: "It is no longer owed.",
}


@dataclass(frozen=True, slots=True)
class Behind:
    """What shows a state: in words, its page, who brought it about, and when."""

    words: str
    address: str
    actor: str
    at: datetime


def behind(line: Line, now: datetime) -> Behind:
    """What stands behind how an obligation stands now."""
    row = line.obligation
    thing, words, address = _thing(line)
    if thing is None or line.state in _BY_THE_DAY:
        told = _last(subject_of(row), ("withdraw",), row)
        if told is not None:
            return Behind("What was recorded was withdrawn.", _page(row), told.actor, told.at)
        words = _BY_THE_DAY.get(line.state, "Something was begun for it.")
        return Behind(words, reverse("opendata:rule", args=[row.source]), SYSTEM, now)
    told = _last(subject_of(thing), _MOVES, row)
    if told is None:
        return Behind(words, address, SYSTEM, now)
    return Behind(words, address, told.actor, told.at)


def _page(row: Obligation) -> str:
    return reverse("obligations:obligation", args=[row.pk])


def _last(subject: str, actions: tuple[str, ...], row: Obligation) -> AuditEntry | None:
    """The newest entry about it that moves an obligation, since this one changed last."""
    before = row.changes.first()
    found = AuditEntry.objects.filter(subject=subject).order_by("-pk")[:20]
    for each in found:
        if before is not None and each.at <= before.at:
            return None
        if each.action.startswith(actions):
            return each
    return None


def _thing(line: Line) -> tuple[Model | None, str, str]:
    """What was handed in or begun, its words and its page."""
    row = line.obligation
    if line.submission is not None:
        return row, f"“{line.submission.document}”", _page(row)
    if line.package is not None:
        page = reverse("reporting:package", args=[line.package.pk])
        return line.package, "The quarter’s report", page
    if line.assessment is not None:
        page = reverse("capacity:assessment", args=[line.assessment.pk])
        return line.assessment, line.assessment.get_kind_display(), page
    mine = {"hisp": row.hisp_id, "fiscal_year": row.fiscal_year}
    if row.code == Code.ACTION_PLAN and (plan := ActionPlan.objects.filter(**mine).first()):
        return plan, "The Action Plan", reverse("plans:plan", args=[plan.pk])
    if row.code == Code.DEEP_DIVE:
        talk = Discussion.objects.filter(**mine, kind=Kind.DEEP_DIVE.value, cancelled_because="")
        if found := talk.first():
            return found, "The deep dive", reverse("deep_dive:talk", args=[found.pk])
    if row.code == Code.DESIGNATION and row.hisp is not None:
        page = reverse("services:hisp", args=[row.hisp.code])
        if proposal := Proposal.objects.filter(**mine).first():
            page = reverse("designation:proposal", args=[row.hisp.code, row.fiscal_year])
            return proposal, "The year’s proposal of services", page
        return row.hisp, "Services that were designated before", page
    return (row, "What was handed in", _page(row)) if line.met_on else (None, "", "")


@dataclass(frozen=True, slots=True)
class Changed:
    """One change as a page shows it; name: the person's, "" for the calendar."""

    before: State | None
    after: State
    at: datetime
    name: str
    evidence: str
    address: str


def changes_of(obligation: Obligation, *, whole: bool) -> list[Changed]:
    """How it came to stand as it does, latest first.

    whole: False for who sees all agencies: work that was begun and not sent looks like none, and
    nothing is told of what shows it.
    """
    rows = list(obligation.changes.all())
    names = dict(
        Person.objects.filter(email__in={each.actor for each in rows}).values_list("email", "name")
    )
    found = [_changed(each, names) for each in rows]
    if whole:
        return found
    page = reverse("opendata:rule", args=[obligation.source])
    sent = [_as_sent(each, page) for each in found]
    return [each for each in sent if each.before != each.after]


def _changed(row: StateChange, names: dict[str, str]) -> Changed:
    before = State.of(row.before) if row.before else None
    name = names.get(row.actor, "")
    return Changed(before, State.of(row.after), row.at, name, row.evidence, row.address)


def _as_sent(each: Changed, page: str) -> Changed:
    begun = State.IN_PROGRESS
    if each.before is begun:
        each = replace(each, before=State.NOT_STARTED)
    if each.after is not begun:
        return each
    nothing = _BY_THE_DAY[State.NOT_STARTED]
    return replace(each, after=State.NOT_STARTED, name="", evidence=nothing, address=page)
