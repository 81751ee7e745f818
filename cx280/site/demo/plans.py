"""The Action Plans of one simulated provider: last year's, published, and this year's draft."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cx280.accounts.models import Person
from cx280.kernel.quarter import fiscal_year_of
from cx280.measures.queries import trend
from cx280.plans.actions.moving import publish_plan, sign_plan, submit_plan
from cx280.plans.actions.reviewing import accept_plan, return_plan
from cx280.plans.actions.writing import (
    add_pain_point,
    begin_plan,
    save_action,
    save_summary,
    tell_status,
)
from cx280.plans.models import ActionPlan, PlanVersion, Review
from cx280.plans.rules.vocabulary import EvidenceKind, HumanCentered, Status
from cx280.research.models import ResearchStudy
from cx280.services.models import Service
from cx280.services.queries import designated_services

_POINTS = (
    ("People do not learn how long their request will take",
     "“Waiting without word” is among the most frequent themes of low ratings"),
    ("The same papers are asked for twice",
     "In five of eight interviews people brought papers they had sent before"),
)  # fmt: skip
_CHANGES = (
    "Tell everybody within a day, by mail or text, when their request will be decided",
    "Ask for each paper once and show which ones are there already",
)


def add_plans(people: dict[str, Person], today: date) -> int:
    """How many plans there are."""
    year = fiscal_year_of(today)
    lead = people["cx_lead"]
    services = list(designated_services(on=today).select_related("hisp", "owner").order_by("code"))
    hisp = services[0].hisp if services else None
    if hisp is None:
        return 0
    mine = [each for each in services if each.hisp_id == hisp.pk]
    last = begin_plan(hisp, fiscal_year=year - 1, by=lead)
    _write(last, mine, lead)
    save_summary(last, summary="People should know where they stand, and bring papers once.",
                 by=lead)  # fmt: skip
    _send(last, people, date(year - 1, 5, 26))
    for each in last.actions.all():
        tell_status(each, status=Status.UNDERWAY, words="The first offices have begun.", by=lead,
                    now=timezone.now())  # fmt: skip
    _write(begin_plan(hisp, fiscal_year=year, by=lead), mine[:1], lead)
    return ActionPlan.objects.count()


def _write(plan: ActionPlan, services: list[Service], lead: Person) -> None:
    first = date(plan.budget_year - 1, 10, 1)
    for at, service in enumerate(services):
        words, shown = _POINTS[at % len(_POINTS)]
        point = add_pain_point(
            service, words=words, kind=EvidenceKind.FEEDBACK, evidence=shown, address="", by=lead
        )
        study = ResearchStudy.objects.filter(services=service).first()
        if study is not None:
            add_pain_point(
                service, words=words, kind=EvidenceKind.STUDY, study=study, figure="ease",
                evidence="People told it in interviews", address="", by=lead,
            )  # fmt: skip
        known = [each.share.share for each in trend(service, "trust").points if each.share.share]
        before = round(known[-3] if len(known) > 2 else 0.7, 3)
        save_action(
            plan, None, by=lead, now=timezone.now(),
            fields={
                "service": service, "change": _CHANGES[at % len(_CHANGES)], "pain_point": point,
                "owner": "Office of Customer Experience", "starts_on": first,
                "ends_on": first + timedelta(days=270), "measure": "trust", "baseline": before,
                "target": round(min(before + 0.05, 0.99), 3), "human_centered": HumanCentered.YES,
                "idea": "Online services for permits" if at == 0 else "", "note": "",
            },
        )  # fmt: skip


def _send(plan: ActionPlan, people: dict[str, Person], day: date) -> None:
    """Signed, sent, returned once with a reason for an action, sent again, published."""
    for version in (1, 2):
        sign_plan(plan, by=people["accountable_official"])
        submit_plan(plan, by=people["cx_lead"])
        if version == 1:
            return_plan(
                plan, version=1, words="", by=people["omb_reviewer"],
                remarks={1: "Say in which offices, and by when everybody is told."},
            )  # fmt: skip
            _answer(plan, people["cx_lead"])
    accept_plan(plan, version=2, by=people["omb_reviewer"])
    publish_plan(plan, by=people["omb_reviewer"])
    at = timezone.make_aware(datetime.combine(day, time(11)))
    ActionPlan.objects.filter(pk=plan.pk).update(
        signed_at=at, submitted_at=at + timedelta(hours=3), published_at=at + timedelta(days=20)
    )
    _date(plan, 1, signed=at, sent=at + timedelta(hours=3), decided=at + timedelta(days=6))
    second = at + timedelta(days=11)
    _date(plan, 2, signed=second, sent=second, decided=at + timedelta(days=18))
    PlanVersion.objects.filter(plan=plan, number=2).update(published_at=at + timedelta(days=20))


def _answer(plan: ActionPlan, lead: Person) -> None:
    """What OMB asked of the first action is said now."""
    action = plan.actions.first()
    if action is not None:
        change = f"{action.change}, in every office by the end of March"
        fields = {"service": action.service, "pain_point": action.pain_point, "change": change}
        save_action(plan, action, fields=fields, by=lead, now=timezone.now())


def _date(
    plan: ActionPlan, number: int, *, signed: datetime, sent: datetime, decided: datetime
) -> None:
    PlanVersion.objects.filter(plan=plan, number=number).update(signed_at=signed, sent_at=sent)
    Review.objects.filter(version__plan=plan, version__number=number).update(at=decided)
