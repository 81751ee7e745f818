"""Where answers and visits meet: whether low raters met something else on a flow (280.7-j2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cx280.dashboards.queries.asked import OUTCOMES, Asked, answers_to, asked_now
from cx280.dashboards.queries.digital import FlowRow
from cx280.measures.queries import versions_of
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.scales import polarity_of
from cx280.surveys.rules.vocabulary import Promise
from cx280.telemetry.models import Flow, Site
from cx280.telemetry.queries import visits
from cx280.telemetry.queries.answers import in_words
from cx280.telemetry.rules.local_days import WITHIN
from cx280.telemetry.rules.passages import Places
from cx280.telemetry.rules.periods import Period
from cx280.telemetry.rules.raters import Comparison, Refusal, compare, refused

# The newest visits that are asked for by name at once.
MOST = 5000


@dataclass(frozen=True, slots=True)
class Raters:
    """What a flow's page says of low and high raters. offered: the constructs one can choose."""

    construct: str
    offered: tuple[str, ...]
    asked: Asked | None
    comparison: Comparison

    @property
    def refusal(self) -> Refusal | None:
        """Why there is nothing to compare."""
        return self.comparison.refusal


def may_be_joined(service: Service) -> Refusal | None:
    """Why answers and visits of the service may not be joined; None where they may. No lake."""
    tiers = Site.objects.filter(service=service, enabled=True).values_list("tier", flat=True)
    return refused(promised=bool(_promising(service)), tiers=list(tiers))


def raters(
    service: Service, found: FlowRow, period: Period, now: datetime, smallest: int, construct: str
) -> Raters:
    """Low raters of the construct beside high raters, on the flow whose funnel was `found`."""
    versions = _promising(service)
    asked = {each: asked_now(versions, each) for each in OUTCOMES}
    offered = tuple(each for each in OUTCOMES if asked[each])
    chosen = construct if construct in offered else next(iter(offered), OUTCOMES[0])
    refusal = may_be_joined(service)
    question = asked[chosen]
    if refusal is None and question is None:
        refusal = Refusal.NOT_ASKED
    if refusal is not None or question is None:
        return Raters(chosen, offered, question, Comparison(refusal=refusal))
    comparison = _compared(service, found, question, period, now, smallest)
    return Raters(chosen, offered, question, comparison)


def _promising(service: Service) -> list[SurveyVersion]:
    """Versions, latest opened first, that told people their answers may be joined with a visit."""
    return [
        each
        for each in versions_of(service)
        if document_by(each.pk, each.digest).promise is Promise.SAME_VISIT
    ]


def _compared(
    service: Service, found: FlowRow, asked: Asked, period: Period, now: datetime, smallest: int
) -> Comparison:
    rated = _rated(asked, period)
    groups = [[name for name, way in rated.items() if way == each] for each in ("low", "high")]
    stages = found.answer.stages if found.answer else []
    if not found.answer or not stages or min(map(len, groups)) < smallest:
        return Comparison(refusal=Refusal.TOO_FEW)
    ends = found.answer.ends
    names = [each.name for each in stages]
    told = visits.told_by(service.pk, found.key, period, [name for each in groups for name in each])
    steps = _keys(service, found.key, names[1 : len(names) - ends], told.steps)
    settled = (min(period.end, now) - WITHIN).timestamp()
    ways = told.passages(Places(steps, ends, WITHIN.total_seconds(), settled))
    low, high = ([ways[name] for name in each if name in ways] for each in groups)
    everybody = [each.reached.part if each.reached else None for each in stages]
    return compare(low, high, names, smallest, ends=ends, everybody=everybody)


def _rated(asked: Asked, period: Period) -> Mapping[str, str]:
    """By visit, which way its first answer of these days points; the newest visits only."""
    day = timedelta(days=1)  # offices in other time zones have other days
    rows = answers_to(asked, period.first - day, period.last + day).exclude(visit="")
    rows = rows.filter(received_at__gte=period.start, received_at__lt=period.end)
    newest = rows.order_by("-received_at").values_list("visit", "version_id", "answers")[:MOST]
    # Newest first, so that of a visit with two answers the first is what stays.
    return {
        visit: polarity_of(answers.get(asked.by_version[version]), asked.response)
        for visit, version, answers in newest
    }


def _keys(service: Service, flow: str, names: Sequence[str], seen: Sequence[str]) -> list[str]:
    """The key of each step by the name the funnel shows; a step nobody took keeps its name."""
    known = Flow.objects.filter(service=service, key=flow).first()
    keys = {in_words(each): each for each in seen}
    keys |= {str(name): str(step) for step, name in known.steps} if known else {}
    return [keys.get(name, name) for name in names]
