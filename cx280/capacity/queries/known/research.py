"""What is known of research with customers, and of talks with OMB about the results."""

from __future__ import annotations

from django.db.models import QuerySet, Sum
from django.urls import reverse

from cx280.capacity.queries.known.subject import Subject
from cx280.capacity.rules.facts import Known
from cx280.circular.implements import implements
from cx280.deep_dive.models import Discussion
from cx280.deep_dive.rules.vocabulary import Kind
from cx280.research.models import Insight, ResearchStudy, TestRound
from cx280.research.rules.vocabulary import Approach, Method


def studies_in(subject: Subject) -> QuerySet[ResearchStudy]:
    """The studies of the subject’s services that ran in the year, by title."""
    return (
        ResearchStudy.objects.filter(
            services__in=subject.services(),
            starts_on__lte=min(subject.today, subject.last_day),
            ends_on__gte=subject.first_day,
        )
        .distinct()
        .order_by("title")
    )


@implements("280.17-d2", "280.9-e2")
def studies(subject: Subject) -> list[Known]:
    """Each study of the year: its method, in words or numbers, and how many took part."""
    came = dict(
        studies_in(subject).order_by().annotate(came=Sum("parts__came")).values_list("pk", "came")
    )
    return [
        Known(
            f"Study “{each.title}”: {Method.of(each.method).label.lower()},"
            f" {Approach.of(each.approach).label.lower()}, {_took_part(came.get(each.pk))}",
            reverse("research:study", args=[each.pk]),
            subject.today,
            came.get(each.pk),
            subject.period,
        )
        for each in studies_in(subject)
    ]


def _took_part(came: int | None) -> str:
    return "nobody is counted yet" if came is None else f"{came:,} took part"


@implements("280.9-f2")
def rounds(subject: Subject) -> list[Known]:
    """Each usability round of the year that was held."""
    held = TestRound.objects.filter(
        service__in=subject.services(), came__isnull=False, held_on__gte=subject.first_day,
        held_on__lte=min(subject.today, subject.last_day),
    ).select_related("service")  # fmt: skip
    return [
        Known(
            f"“{each.flow_name}” of {each.service.name} was tried with {each.came} customers on"
            f" {each.held_on}",
            reverse("research:rounds"),
            subject.today,
            each.came,
            subject.period,
        )
        for each in held
    ]


@implements("280.9-e4")
def insights(subject: Subject) -> list[Known]:
    """How many insights stand, and when the last was confirmed."""
    standing = Insight.objects.filter(
        services__in=subject.services(), retired_on__isnull=True, written_on__lte=subject.today
    ).distinct()
    count = standing.count()
    if not count:
        return []
    last = max(standing.values_list("confirmed_on", flat=True))
    words = (
        f"{count} insight{'s'[: count != 1]} kept with what shows each, confirmed last on {last}"
    )
    return [Known(words, reverse("research:insights"), subject.today, count)]


@implements("280.9-b3")
def deep_dives(subject: Subject) -> list[Known]:
    """Each deep dive with OMB that was held in the year, with what was agreed."""
    if subject.hisp is None:
        return []
    held = Discussion.objects.filter(
        hisp=subject.hisp, kind=Kind.DEEP_DIVE.value, held_on__gte=subject.first_day,
        held_on__lte=min(subject.today, subject.last_day),
    )  # fmt: skip
    return [
        Known(
            f"Deep dive with OMB on {each.held_on}: {each.agreed}"[:300],
            reverse("deep_dive:talk", args=[each.pk]),
            subject.today,
        )
        for each in held
    ]
