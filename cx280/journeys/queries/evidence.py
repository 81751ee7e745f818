"""What is known of each step of a journey, from the facts of its surveys, websites and plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from cx280.circular.implements import implements
from cx280.journeys.queries.burden import burdens
from cx280.journeys.queries.maps import detail_of, steps_of
from cx280.journeys.rules.evidence import Burden, DropOff, Figure, Point, StepEvidence, figure
from cx280.kernel.quarter import Quarter
from cx280.measures.queries import trends, versions_of
from cx280.measures.rules.key_words import construct_words
from cx280.measures.rules.scores import Share, when_watched
from cx280.measures.rules.trends import Trend, TrendPoint
from cx280.pages.written import between
from cx280.plans.models import PainPoint
from cx280.plans.rules.vocabulary import Status
from cx280.services.models import Journey, JourneyStep, Service
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.rules.vocabulary import DRIVER_CONSTRUCTS, SUPPLEMENTARY, Construct
from cx280.telemetry.models import Flow
from cx280.telemetry.queries.answers import FlowAnswer, FlowsTold, flow_answer, flows_told
from cx280.telemetry.rules.funnels import Share as Visits
from cx280.telemetry.rules.periods import local_days

_OUTCOMES = (Construct.TRUST, Construct.SATISFACTION, *DRIVER_CONSTRUCTS)
_WHOLE = (*_OUTCOMES, *SUPPLEMENTARY)
DAYS = 28


@dataclass(frozen=True, slots=True)
class Asking:
    """What a survey and its versions say, for the figures of its steps."""

    survey: Survey
    versions: tuple[SurveyVersion, ...]  # latest opened first


@implements("280.4-a3")
def evidence_of(
    journey: Journey, today: date, *, measures: bool = True, telemetry: bool = True
) -> list[StepEvidence]:
    """Each step with what is known of it. measures, telemetry: whether these may be seen."""
    service = journey.service
    steps = list(steps_of([journey]))
    asked = _asked(service) if measures else {}
    told = _flows(steps, service, today) if telemetry else {}
    taken = burdens(journey, today)
    points = _open_points(steps)
    return [
        _evidence(number, step, asked, told, points, taken, today)
        for number, step in enumerate(steps, start=1)
    ]


def _evidence(
    number: int, step: JourneyStep, asked: dict[int, Asking], told: dict[int, DropOff],
    points: dict[int, list[Point]], taken: dict[int, Burden], today: date,
) -> StepEvidence:  # fmt: skip
    surveys = [asked[each.pk] for each in step.surveys.all() if each.pk in asked]
    figures = [one for each in surveys for one in figures_of(each, _OUTCOMES, today)]
    return StepEvidence(
        number=number,
        key=step.pk,
        name=step.name,
        channel=step.get_channel_display() if step.channel else "",
        is_moment=step.is_moment_that_matters,
        surveys=len(step.surveys.all()),
        figures=tuple(figures),
        drop_off=told.get(step.pk),
        points=tuple(points.get(step.pk, ())),
        burden=taken.get(step.pk),
    )


def whole_figures(service: Service, today: date) -> list[Figure]:
    """What surveys about a whole journey through the service say, each question by itself."""
    found = [one for each in _asked(service).values() for one in _of_journeys(each, today)]
    return sorted(found, key=lambda each: (each.survey, each.quarter))


def _of_journeys(asking: Asking, today: date) -> list[Figure]:
    if asking.survey.draft.get("level") != "journey":
        return []
    return figures_of(asking, _WHOLE, today)


def _asked(service: Service) -> dict[int, Asking]:
    held: dict[int, list[SurveyVersion]] = {}
    for version in versions_of(service):
        held.setdefault(version.survey_id, []).append(version)
    surveys = Survey.objects.filter(pk__in=held).order_by("title")
    return {each.pk: Asking(each, tuple(held[each.pk])) for each in surveys}


def figures_of(asking: Asking, constructs: Sequence[Construct], today: date) -> list[Figure]:
    """The latest figure of each question of a survey, what was measured otherwise beside it."""
    wanted = [each.value for each in constructs]
    found = trends(asking.survey.service, wanted, versions=asking.versions)
    return [
        _figure(asking, construct, point, today)
        for construct in wanted
        for point in _latest(found[construct])
    ]


def _latest(trend: Trend) -> list[TrendPoint]:
    last = trend.latest
    if last is None:
        return []
    return [last, *(each for each in trend.apart if each.quarter == last.quarter)]


def _figure(asking: Asking, construct: str, point: TrendPoint, today: date) -> Figure:
    share: Share = point.share
    if point.quarter == Quarter.of(today):
        share = when_watched(share)
    newest = asking.versions[0]
    query = urlencode({"quarter": str(point.quarter), "survey": _address(newest)})
    page = reverse("dashboards:service", args=[asking.survey.service.code])
    exact = point.key.construct
    return figure(
        Figure(
            construct=construct,
            exact=exact,
            label=_label(construct, exact),
            text=point.text,
            share=share.share,
            sure=share.sure,
            n=None,
            quarter=str(point.quarter),
            survey=asking.survey.title,
            address=f"{page}?{query}",
        ),
        share.n,
        settings.CX280_SMALLEST_CELL,
    )


def _address(version: SurveyVersion) -> str:
    """How the dashboards name a version."""
    return f"{version.survey.code}-{version.number}"


def _label(construct: str, exact: str) -> str:
    return construct_words(exact) if construct == "trust" else Construct.of(construct).label


def _flows(steps: Iterable[JourneyStep], service: Service, today: date) -> dict[int, DropOff]:
    """Who stopped at each step that is tied to a flow, in the last 28 whole days."""
    tied = [each for each in steps if detail_of(each).flow_id]
    if not tied:
        return {}
    last = today - timedelta(days=1)
    zone = service.owner.time_zone or settings.TIME_ZONE
    told = flows_told(service.pk, local_days(last - timedelta(days=DAYS - 1), last, zone))
    return {each.pk: _drop_off(each, told, service) for each in tied}


def _drop_off(step: JourneyStep, told: FlowsTold, service: Service) -> DropOff:
    detail = detail_of(step)
    flow: Flow = detail.flow  # type: ignore[assignment]  # chosen above
    answer = flow_answer(
        told, flow.key, settings.CX280_SMALLEST_CELL,
        [(key, name) for key, name in flow.steps],
    )  # fmt: skip
    visits, why = _stopped(answer, dict(flow.steps).get(detail.flow_step, "Finish"))
    return DropOff(
        share=visits.share if visits else None,
        n=visits.n if visits else None,
        sure=between(visits.ends) if visits else "",
        why=why,
        flow=flow.name,
        address=reverse("dashboards:flow", args=[service.code, flow.key]),
    )


def _stopped(answer: FlowAnswer, place: str) -> tuple[Visits | None, str]:
    stage = next((each for each in answer.stages if each.name == place), None)
    if stage is None:
        return None, "no visit told of it in the last 28 days"
    if stage.reached is not None and stage.stopped is None:
        return None, "the flow starts here"
    return stage.stopped, "" if stage.stopped and stage.stopped.n else "too few to show"


def _open_points(steps: Iterable[JourneyStep]) -> dict[int, list[Point]]:
    """The pain points of each step that no finished action has answered."""
    listed = [each.pk for each in steps]
    rows = (
        PainPoint.objects.filter(journey_steps__step__in=listed)
        .exclude(actions__status=Status.DONE.value)
        .prefetch_related("evidence", "journey_steps")
        .distinct()
    )
    address = reverse("plans:pain-points")
    found: dict[int, list[Point]] = {}
    for point in rows:
        for detail in point.journey_steps.all():
            found.setdefault(detail.step_id, []).append(
                Point(point.words, len(point.evidence.all()), address)
            )
    return found
