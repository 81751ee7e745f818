"""Reads which touchpoints of services have a survey open about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.services.models import JourneyStep, Service
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.rules.coverage import constructs_covered
from cx280.surveys.rules.document import read_document
from cx280.surveys.rules.touchpoints import Coverage, Touchpoint, coverage
from cx280.surveys.rules.vocabulary import Construct


@dataclass(frozen=True, slots=True)
class ServiceCoverage:
    """A service with its coverage."""

    service: Service
    coverage: Coverage


@implements("280.10-a1", "280.3-b1")
def coverage_of(services: Iterable[Service]) -> list[ServiceCoverage]:
    """Each service with the share of its touchpoints that are measured; least covered first.

    Services without a touchpoint stand last: there is nothing to measure until one is drawn.
    """
    listed = list(services)
    points: dict[int, list[Touchpoint]] = {each.pk: [] for each in listed}
    asked = _asked([each.pk for each in listed])
    steps = JourneyStep.objects.filter(journey__service__in=points).select_related("journey")
    for step in steps.order_by("journey__name", "position"):
        if step.is_touchpoint:
            titles, with_trust = asked.get(step.pk, ((), False))
            points[step.journey.service_id].append(
                Touchpoint(
                    step.journey.name, step.name, step.is_moment_that_matters, titles, with_trust
                )
            )
    found = [ServiceCoverage(each, coverage(points[each.pk])) for each in listed]
    return sorted(
        found,
        key=lambda each: (
            each.coverage.share is None, each.coverage.share or 0.0, each.service.name.casefold()
        ),
    )  # fmt: skip


def _asked(services: list[int]) -> dict[int, tuple[tuple[str, ...], bool]]:
    """Titles of the surveys open about each step, and whether one asks for trust."""
    versions = SurveyVersion.objects.filter(
        closed_at__isnull=True, survey__state=Survey.State.OPEN, survey__service__in=services,
        survey__journey_step__isnull=False,
    ).select_related("survey")  # fmt: skip
    asked: dict[int, tuple[tuple[str, ...], bool]] = {}
    for each in versions.defer("findings", "survey__draft"):
        step = each.survey.journey_step_id
        assert step is not None  # noqa: S101  # filtered above
        titles, with_trust = asked.get(step, ((), False))
        trust = Construct.TRUST.value in constructs_covered(read_document(each.document))
        asked[step] = ((*titles, each.survey.title), with_trust or trust)
    return asked
