"""What is known of services: occasions, journeys, partners, pain points and actions."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse

from cx280.capacity.queries.known.subject import Subject
from cx280.capacity.rules.facts import Known
from cx280.circular.implements import implements
from cx280.plans.models import Action, PainPoint
from cx280.plans.rules.vocabulary import Status
from cx280.services.models import Journey


def occasions(subject: Subject) -> list[Known]:
    """How many services have said what brings people to them."""
    services = subject.services()
    told = services.exclude(occasion="").count()
    if not told:
        return []
    words = f"{told} of {services.count()} services say what brings people to them"
    return [Known(words, reverse("services:occasions"), subject.today, told)]


def journeys(subject: Subject) -> list[Known]:
    """Each journey that was mapped, with its steps and moments that matter."""
    rows = (
        Journey.objects.filter(service__in=subject.services())
        .select_related("service")
        .annotate(
            count=Count("steps"),
            moments=Count("steps", filter=Q(steps__is_moment_that_matters=True)),
        )
        .order_by("service__name", "name")
    )
    return [
        Known(
            f"Journey “{each.name}” of {each.service.name}: {each.count} steps, {each.moments}"
            f" moment{'s'[: each.moments != 1]} that matter{'s'[: each.moments == 1]}",
            reverse("journeys:journey", args=[each.pk]),
            subject.today,
        )
        for each in rows
    ]


def partners(subject: Subject) -> list[Known]:
    """Services that others help to deliver, and journeys with steps of other agencies."""
    root = subject.organization.path.strip("/").split("/")[0]
    crossing = (
        Journey.objects.filter(service__in=subject.services(), steps__organization__isnull=False)
        .exclude(steps__organization__path__startswith=f"/{root}/")
        .distinct()
        .select_related("service")
    )
    found = [
        Known(f"Journey “{each.name}” of {each.service.name} has steps of another agency",
              reverse("journeys:journey", args=[each.pk]), subject.today)
        for each in crossing
    ]  # fmt: skip
    helped = subject.services().filter(partners__isnull=False).distinct().order_by("name")
    return found + [
        Known(f"{each.name} is delivered with partners",
              reverse("services:service", args=[each.code]), subject.today)
        for each in helped
    ]  # fmt: skip


def pain_points(subject: Subject) -> list[Known]:
    """How many pain points are written down with what shows them."""
    rows = PainPoint.objects.filter(service__in=subject.services(), evidence__isnull=False)
    count = rows.distinct().count()
    if not count:
        return []
    words = f"{count} pain point{'s'[: count != 1]} written down, each with what shows it"
    return [Known(words, reverse("plans:pain-points"), subject.today, count)]


def open_actions(subject: Subject) -> list[Action]:
    """Every action of the subject’s plans that is planned or underway, first ending first."""
    whose = (
        Q(plan__hisp=subject.hisp)
        if subject.hisp is not None
        else Q(plan__hisp__organization__path__startswith=subject.organization.path)
    )
    return list(
        Action.objects.filter(whose, status__in=[Status.PLANNED.value, Status.UNDERWAY.value])
        .select_related("plan__hisp", "service", "pain_point")
        .prefetch_related("pain_point__evidence")
        .order_by("plan__fiscal_year", "pk")
    )


@implements("280.17-e1")
def actions(subject: Subject) -> list[Known]:
    """Every action that is planned or underway as of the day."""
    return [
        Known(
            f"{each.change} ({each.get_status_display().lower()}, {each.service.name},"
            f" {plan_name(each)})",
            reverse("plans:action", args=[each.plan_id, each.pk]),
            subject.today,
        )
        for each in open_actions(subject)
    ]


def plan_name(action: Action) -> str:
    """`the Action Plan FY2025`, and that it is a draft while it is."""
    draft = ", a draft" if action.plan.stage == "draft" else ""
    return f"Action Plan FY{action.plan.fiscal_year}{draft}"
