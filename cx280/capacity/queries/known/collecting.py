"""What is known of the data: what is collected, by which methods, and how it is told."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Assignment
from cx280.capacity.queries.known.subject import Subject
from cx280.capacity.rules.facts import Known
from cx280.circular.implements import implements
from cx280.dashboards.models import Digest
from cx280.measures.models import DayCount
from cx280.plans.models import Evidence
from cx280.plans.rules.vocabulary import EvidenceKind
from cx280.reporting.models import PackageIndicator, Release
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import OtherCollection, Survey
from cx280.telemetry.models import Flow, Site

HUMAN_CENTERED = "human-centered design"


def _surveys(subject: Subject) -> list[Survey]:
    return list(
        Survey.objects.filter(service__in=subject.services())
        .exclude(state=Survey.State.DRAFT)
        .select_related("service")
        .order_by("title")
    )


def _others(subject: Subject) -> list[OtherCollection]:
    return list(
        OtherCollection.objects.filter(
            Q(service__in=subject.services())
            | Q(service__isnull=True, agency__path__startswith=subject.organization.path)
        ).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=subject.first_day))
    )


@implements("280.17-d1")
def collections(subject: Subject) -> list[Known]:
    """Every survey and other collection of the measurement plan, and every website counted."""
    answered = _answers(subject)
    found = [
        Known(
            f"{each.title}, {each.service.name}, {Channel.of(each.channel).label.lower()},"
            f" {each.get_state_display().lower()}: {answered.get(each.pk, 0):,} answers",
            reverse("surveys:builder", args=[each.code]),
            subject.today,
            answered.get(each.pk, 0),
            subject.period,
        )
        for each in _surveys(subject)
    ]
    plan = reverse("plan:plan")
    found += [
        Known(f"{each.title}, kept in another system: {each.population}, {each.timing}",
              plan, subject.today)
        for each in _others(subject)
    ]  # fmt: skip
    return found + [
        Known(f"{each.name}: what visitors do, {each.service.name}",
              reverse("telemetry:site", args=[each.service.code, each.pk]), subject.today)
        for each in Site.objects.filter(service__in=subject.services(), enabled=True)
        .select_related("service").order_by("name")
    ]  # fmt: skip


def _answers(subject: Subject) -> dict[int, int]:
    return dict(_days(subject).values_list("version__survey").annotate(Sum("completed")).order_by())


def _days(subject: Subject):  # type: ignore[no-untyped-def]  # noqa: ANN202
    last = min(subject.today, subject.last_day)
    return DayCount.objects.filter(
        version__survey__service__in=subject.services(), day__range=(subject.first_day, last)
    )


@implements("280.17-d2")
def methods(subject: Subject) -> list[Known]:
    """Each way of obtaining feedback with how many answers it brought, and in which period."""
    rows = _days(subject).values_list("channel").annotate(Sum("completed")).order_by("channel")
    plan = reverse("plan:plan")
    found = [
        Known(
            f"Survey, {_channel(channel)}: {count:,} answers",
            plan,
            subject.today,
            count,
            subject.period,
        )
        for channel, count in rows
    ]
    if others := len(_others(subject)):
        words = f"Surveys in other systems: {others}"
        found.append(Known(words, plan, subject.today, others, subject.period))
    studied = Evidence.objects.filter(
        pain_point__service__in=subject.services(),
        kind=EvidenceKind.RESEARCH,
        added_at__date__gte=subject.first_day,
        added_at__date__lte=subject.last_day,
    ).count()
    if studied:
        words = f"Research with customers ({HUMAN_CENTERED}): {studied} findings behind pain points"
        page = reverse("plans:pain-points")
        found.append(Known(words, page, subject.today, studied, subject.period))
    return found


def _channel(value: str) -> str:
    known = {each.value: each.label.lower() for each in Channel}
    return known.get(value, value or "channel not named")


@implements("280.17-d3", "280.9-b2")
def reporting(subject: Subject) -> list[Known]:
    """Each dashboard, the digests sent, and each publication with its day, from the log."""
    found = [
        Known(f"Dashboard of {each.name}, for staff",
              reverse("dashboards:service", args=[each.code]), subject.today)
        for each in subject.services().order_by("name")
        if each.pk in _measured(subject)
    ]  # fmt: skip
    found += _digests(subject)
    first = date(subject.fiscal_year - 1, 10, 1)
    published = Release.objects.filter(
        service__in=subject.services(), published_at__date__gte=first,
        published_at__date__lte=min(subject.last_day, subject.today),
    ).select_related("service").order_by("number")  # fmt: skip
    return found + [
        Known(
            f"Release {each.number}, {each.service.name}, FY{each.fiscal_year} Q{each.quarter},"
            f" public since {timezone.localtime(each.published_at):%B %-d, %Y}",
            reverse("opendata:service", args=[each.service.code]),
            subject.today,
        )
        for each in published
    ]


def _measured(subject: Subject) -> set[int]:
    return {each.service_id for each in _surveys(subject)}


def _digests(subject: Subject) -> list[Known]:
    here = Assignment.objects.filter(organization__path__startswith=subject.organization.path)
    sent = Digest.objects.filter(person__in=here.values("person"))
    counted = Counter(each.get_cadence_display() for each in sent)
    last = max((each.sent_on for each in sent if each.sent_on), default=None)
    said = f", last on {last:%B %-d, %Y}" if last else ""
    return [
        Known(f"Digest by mail, {cadence.lower()}, to {count} {_people(count)}{said}",
              reverse("dashboards:digest"), subject.today, count)
        for cadence, count in sorted(counted.items())
    ]  # fmt: skip


def _people(count: int) -> str:
    return "person" if count == 1 else "people"


@implements("280.17-b3")
def indicators(subject: Subject) -> list[Known]:
    """The indicators of the quarter reports, and how many surveys ask about experience."""
    rows = (
        PackageIndicator.objects.filter(
            package__service__in=subject.services(),
            package__fiscal_year__gte=subject.fiscal_year - 1,
        )
        .order_by("name")
        .values_list("name", "unit", "package__service__name")
        .distinct()
    )
    page = reverse("reporting:quarter")
    found = [
        Known(f"{name} ({unit}), {service}: reported each quarter", page, subject.today)
        for name, unit, service in rows
    ]
    asked = len(_surveys(subject))
    if asked:
        words = f"Trust, satisfaction and drivers of {len(_measured(subject))} services"
        found.append(Known(words, reverse("plan:plan"), subject.today, asked, subject.period))
    return found


@implements("280.9-e5")
def joined(subject: Subject) -> list[Known]:
    """Services whose surveys and websites are both read here, side by side."""
    measured = _measured(subject)
    sites = set(
        Site.objects.filter(service__in=measured, enabled=True).values_list("service", flat=True)
    )
    return [
        Known(f"Answers and website visits of {each.name} are read side by side",
              reverse("dashboards:digital", args=[each.code]), subject.today)
        for each in subject.services().filter(pk__in=sites).order_by("name")
    ]  # fmt: skip


def flows(subject: Subject) -> list[Known]:
    """The flows of websites in which it is seen where people stop."""
    return [
        Known(f"“{each.name}” of {each.service.name}: it is seen where people stop",
              reverse("telemetry:flow", args=[each.service.code, each.pk]), subject.today)
        for each in Flow.objects.filter(service__in=subject.services())
        .select_related("service").order_by("name")
    ]  # fmt: skip
