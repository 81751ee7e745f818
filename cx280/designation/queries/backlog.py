"""What is to be modernized: services a review found could be more digital, or that are not."""

from __future__ import annotations

from django.db.models import QuerySet

from cx280.designation.queries.proposals import known_of
from cx280.designation.rules.backlog import Work, in_order
from cx280.designation.rules.scoring import Candidate, Span, inputs_of
from cx280.designation.rules.vocabulary import Factor
from cx280.services.models import Service
from cx280.services.rules.vocabulary import Channel, ReviewOutcome
from cx280.surveys.rules.impact import impacts


def backlog(services: QuerySet[Service]) -> list[Work]:
    """The services with work to do, in order; impact counts against all of `services`, evenly."""
    rows = list(
        services.filter(retired_on__isnull=True)
        .select_related("hisp")
        .prefetch_related("channels", "reviews")
    )
    known: dict[int, dict[str, Span]] = {}
    for pk, factor, value, source in known_of(services):
        known.setdefault(pk, {})[factor] = Span(value, value, value, source)
    inputs = [inputs_of(Candidate(each.code, each.name, known.get(each.pk, {}))) for each in rows]
    even = {each.value: 1.0 for each in Factor}
    scores = {each.inputs.name: each.score for each in impacts(inputs, even)}
    work = [
        Work(each.code, each.name, each.hisp.name if each.hisp else "", scores[each.code], why)
        for each in rows
        if (why := _why(each))
    ]
    return in_order(work)


def _why(service: Service) -> tuple[str, ...]:
    """What says that it should be modernized; () when nothing does."""
    found = []
    latest = next(iter(service.reviews.all()), None)
    if latest is not None and latest.outcome == ReviewOutcome.DIGITISE:
        found.append(f"Review of {latest.reviewed_on:%b %Y}: {latest.reason or 'more digitally'}")
    if not any(Channel.of(each.channel).is_digital for each in service.channels.all()):
        found.append("It has no digital channel")
    if service.digital_potential.strip():
        found.append(service.digital_potential.strip())
    return tuple(found)
