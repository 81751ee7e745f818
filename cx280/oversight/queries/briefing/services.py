"""A provider's designated services: outcomes, drivers, where people stop, what they say."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from cx280.agencies.queries import agency_of
from cx280.kernel.quarter import Quarter
from cx280.measures.queries import places, question_of, trends
from cx280.measures.queries.codebooks import codebook_of
from cx280.measures.queries.drivers import drivers_found, taps_found
from cx280.measures.queries.patterns import Period
from cx280.measures.queries.themes import themes_by_quarter
from cx280.oversight.rules.briefing.deck import AboutService
from cx280.oversight.rules.briefing.drivers import Driving
from cx280.oversight.rules.briefing.outcomes import NAMES, Outcomes
from cx280.oversight.rules.briefing.stops import Stops
from cx280.oversight.rules.briefing.themes import Named, Said
from cx280.oversight.rules.briefing.who import Designated, Who
from cx280.services.models import Designation, Hisp, Service
from cx280.services.rules.designation import MINIMUM
from cx280.telemetry.models import Flow
from cx280.telemetry.queries.answers import flow_answer, flows_told
from cx280.telemetry.rules.periods import local_days
from cx280.telemetry.rules.vocabulary import FlowState

_FLOW_DAYS = 91


def who_is(hisp: Hisp, on: date) -> Who:
    """The provider with the services an official signed for and that have not ended."""
    rows = (
        Designation.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=on), hisp=hisp, signed_on__isnull=False
        )
        .select_related("service")
        .prefetch_related("service__volumes")
        .order_by("service__name")
    )
    services = [
        Designated(each.service.name, each.why, each.concurred_on, _customers(each.service))
        for each in rows
    ]
    return Who(
        hisp.name,
        agency_of(hisp.organization).name,
        hisp.description,
        hisp.designated_on,
        services,
        MINIMUM,
    )


def _customers(service: Service) -> int | None:
    """The customers of the latest year that says so for all channels together."""
    return next((each.customers for each in service.volumes.all() if not each.channel), None)


def about_service(service: Service, last: Quarter, *, smallest: int, now: datetime) -> AboutService:
    """Everything told of one service up to the end of a quarter."""
    return AboutService(
        Outcomes(service.name, trends(service, NAMES), last, smallest),
        _driving(service, last, smallest, now),
        _stops(service, timezone.localdate(now), smallest),
        _said(service, last, smallest),
    )


def _driving(service: Service, last: Quarter, smallest: int, now: datetime) -> Driving:
    """What goes with trust over the last four quarters."""
    asked = question_of(service, "trust", Period(last), places(service), smallest=smallest)
    return Driving(service.name, drivers_found(asked, now).finding, taps_found(asked), smallest)


def _stops(service: Service, today: date, smallest: int) -> list[Stops]:
    """Each live flow over the last 91 days."""
    flows = Flow.objects.filter(service=service).exclude(state=FlowState.DEPRECATED.value)
    rows = list(flows.order_by("name"))
    if not rows:
        return []
    last = today - timedelta(days=1)
    first = last - timedelta(days=_FLOW_DAYS - 1)
    zone = service.owner.time_zone or settings.TIME_ZONE
    told = flows_told(service.pk, local_days(first, last, zone))
    found = []
    for each in rows:
        answer = flow_answer(told, each.key, smallest, [(step, name) for step, name in each.steps])
        if answer.stages:
            found.append(
                Stops(service.name, each.name, answer.stages, answer.finding, "the last 91 days")
            )
    return found


def _said(service: Service, last: Quarter, smallest: int) -> Said:
    """The themes of the latest quarter with comments, not later than `last`."""
    told = {at: each for at, each in themes_by_quarter(service).items() if at <= last}
    if not told:
        return Said(service.name, str(last), 0, (), smallest)
    quarter = max(told)
    codebook = codebook_of(agency_of(service.owner))
    named = [
        Named(each.code, each.name, told[quarter].of(each.code))
        for each in codebook.themes
        if told[quarter].of(each.code)
    ]
    return Said(service.name, str(quarter), told[quarter].total, named, smallest)
