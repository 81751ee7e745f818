"""Reads what a survey's quarter proves of its reach; from facts alone, whatever their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Sum
from django.utils import timezone

from cx280.agencies.models import Organization
from cx280.circular.edition import edition
from cx280.circular.implements import implements
from cx280.dashboards.rules.proof import (
    Asked,
    Part,
    Spread,
    Step,
    cases_of,
    hide_few,
    spread_of,
)
from cx280.delivery.models import DayReach
from cx280.delivery.rules.reach import ReachCounts
from cx280.delivery.rules.vocabulary import Reason, State
from cx280.kernel.problem import NotFound
from cx280.kernel.quarter import Quarter
from cx280.measures.models import Fact, OfferFact, ReachFact
from cx280.measures.rules.basis import basis_of, gives_interval
from cx280.measures.rules.response_rates import Rate, response_rates
from cx280.measures.rules.suppression import is_too_few
from cx280.responses.models import ReachCount, Response
from cx280.responses.queries import document_by
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.labels import LANGUAGE_NAMES
from cx280.surveys.rules.vocabulary import Placement

KINDS = {
    "unit": "Unit",
    "channel": "Channel",
    "source": "Way",
    "language": "Language",
    "stratum": "Group of the sample",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What the page shows. asked_lag in minutes, answered_lag in hours, time in seconds.

    parts: by kind, those kinds of which there is more than one value. sure: whether intervals mean
    anything: they do not where people chose to answer (INC-44).
    """

    survey: Survey
    quarter: Quarter
    quarters: tuple[Quarter, ...]
    whole: Part
    states: dict[State, int]
    reasons: dict[Reason, int]
    asked_lag: Spread | None
    answered_lag: Spread | None
    hours: int
    rates: tuple[Rate, ...]
    time: Spread | None
    parts: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    comments_alone: int | None = 0
    sure: bool = True


@dataclass(slots=True)
class _Counted:
    """Everything the facts of the quarter say, summed over the survey's versions."""

    reach: dict[str, Counter[str]]
    offers: list[OfferFact]
    opened: dict[str, Counter[str]]
    handed: ReachCounts


@implements("280.10-k1", "280.10-b2", "INC-33")
def proof_of(survey: Survey, written: str, *, smallest: int) -> Proof:
    """The proof of one quarter, the newest with any counts when none is asked for."""
    versions = list(survey.versions.order_by("number"))
    quarters = _quarters(survey, versions)
    quarter = _chosen(written, quarters)
    counted = _counted(survey, versions, quarter)
    document = document_by(versions[-1].pk, versions[-1].digest) if versions else None
    limits = edition(document.edition if document else "FY2022").limits
    whole = _whole(counted, smallest)
    shown = not whole.hidden
    answered = {int(hours): n for hours, n in counted.opened.get("answered", {}).items()}
    few = is_too_few(sum(answered.values()), smallest)
    seconds = {int(each): n for each, n in counted.reach.get("seconds", {}).items()}
    return Proof(
        survey=survey,
        quarter=quarter,
        quarters=quarters,
        whole=whole,
        states={each: n for each in State if (n := counted.handed.states[each])},
        reasons={each: n for each in Reason if (n := counted.handed.reasons[each])},
        asked_lag=spread_of(counted.handed.lags, limits.transaction_hours * 60),
        answered_lag=None if few else spread_of(answered, limits.transaction_hours),
        hours=limits.transaction_hours,
        rates=_rates(counted, whole, document),
        time=spread_of(seconds, round(limits.minutes_max * 60)) if shown else None,
        parts=_parts(counted, smallest) if shown else {},
        steps=_steps(versions, quarter, counted, smallest) if shown else (),
        comments_alone=_shown(counted.reach.get("last", Counter())[""], smallest),
        sure=document is not None and gives_interval(basis_of(document.placement)),
    )


def _rates(counted: _Counted, whole: Part, document: SurveyDocument | None) -> tuple[Rate, ...]:
    if whole.hidden:
        return response_rates(None, "Too few answered to show it.")
    states, source = counted.handed.states, counted.reach.get("source", Counter())
    asked = Asked(
        drawn=sum(states.values()) - states[State.NOT_DRAWN],
        refused=counted.handed.reasons[Reason.OPTED_OUT] + states[State.COMPLAINED],
        waiting=states[State.WAITING],
        offered=whole.asked,
        is_link=document is None or document.placement is Placement.LINK,
    )
    elsewhere = sum(source.values()) - source[Response.Source.WEB]
    return response_rates(*cases_of(asked, counted.reach.get("done", Counter()), elsewhere))


def _quarters(survey: Survey, versions: list[SurveyVersion]) -> tuple[Quarter, ...]:
    """Those with any counts, and the present one, newest first."""
    days = set(OfferFact.objects.filter(version__in=versions).values_list("starts_on", flat=True))
    edges = DayReach.objects.filter(survey=survey).order_by("day").values_list("day", flat=True)
    days |= {each for each in (edges.first(), edges.last()) if each}
    found = {Quarter.of(day) for day in days} | {Quarter.of(timezone.localdate())}
    return tuple(sorted(found, reverse=True))


def _chosen(written: str, quarters: tuple[Quarter, ...]) -> Quarter:
    if not written:
        return quarters[0]
    quarter = Quarter.parse(written)
    if quarter not in quarters:
        raise NotFound(f"Nothing was counted in {quarter}.", fix="Choose another quarter.")
    return quarter


def _counted(survey: Survey, versions: list[SurveyVersion], quarter: Quarter) -> _Counted:
    reach: dict[str, Counter[str]] = {}
    for counts in ReachFact.objects.filter(
        version__in=versions, starts_on=quarter.first_day
    ).values_list("counts", flat=True):
        for kind, each in counts.items():
            reach.setdefault(kind, Counter()).update(each)
    days = (quarter.first_day, quarter.last_day)
    opened: dict[str, Counter[str]] = {}
    for kind, value, n in (
        ReachCount.objects.filter(version__in=versions, day__range=days)
        .values_list("kind", "value").annotate(n=Sum("people")).order_by()
    ):  # fmt: skip
        opened.setdefault(kind, Counter())[value] += n
    handed = ReachCounts()
    for counts in DayReach.objects.filter(survey=survey, day__range=days).values_list(
        "counts", flat=True
    ):
        handed.merge(counts)
    offers = OfferFact.objects.filter(version__in=versions, starts_on=quarter.first_day)
    return _Counted(reach, list(offers), opened, handed)


def _whole(counted: _Counted, smallest: int) -> Part:
    rows = [each for each in counted.offers if each.unit_id is None and not each.channel]
    found = _part("Everybody", rows)
    return Part(
        found.name, found.asked, found.opened, found.answered, is_too_few(found.answered, smallest)
    )


def _part(name: str, rows: Iterable[OfferFact]) -> Part:
    rows = list(rows)
    asked = _known(each.offered for each in rows)
    opened = _known(each.started for each in rows)
    return Part(name, asked, opened, sum(each.completed for each in rows))


def _known(counts: Iterable[int | None]) -> int | None:
    """The sum; None as soon as one is unknown."""
    parts = list(counts)
    known = [each for each in parts if each is not None]
    return sum(known) if known and len(known) == len(parts) else None


def _parts(counted: _Counted, smallest: int) -> dict[str, tuple[Part, ...]]:
    found = {
        "unit": _by_unit(counted),
        "channel": _by_channel(counted),
        "source": [
            Part(Response.Source(value).label, None, None, n)
            for value, n in counted.reach.get("source", {}).items()
        ],
        "language": _by_value(counted, "language"),
        # Where the unit or the language is the group, links name none: they stand above.
        "stratum": _by_value(counted, "stratum") if _names_groups(counted) else [],
    }
    many = {kind: each for kind, each in found.items() if len(each) > 1}
    return {
        kind: hide_few(sorted(each, key=lambda part: (-part.answered, part.name)), smallest)
        for kind, each in many.items()
    }


def _names_groups(counted: _Counted) -> bool:
    return any(n for name, n in counted.reach.get("stratum", {}).items() if name)


def _by_unit(counted: _Counted) -> list[Part]:
    rows: dict[int | None, list[OfferFact]] = {}
    for each in counted.offers:
        if not each.channel:
            rows.setdefault(each.unit_id, []).append(each)
    everybody = rows.pop(None, [])
    units = {pk: each for pk, each in rows.items() if pk is not None}
    names = dict(Organization.objects.filter(pk__in=list(units)).values_list("pk", "name"))
    parts = [_part(names[pk], each) for pk, each in units.items()]
    without = sum(each.completed for each in everybody) - sum(each.answered for each in parts)
    return [*parts, *([Part("No unit named", None, None, without)] if without else [])]


def _by_channel(counted: _Counted) -> list[Part]:
    rows: dict[str, list[OfferFact]] = {}
    for each in counted.offers:
        if each.unit_id is None and each.channel:
            rows.setdefault(each.channel, []).append(each)
    return [_part(Channel.of(channel).label, each) for channel, each in rows.items()]


def _by_value(counted: _Counted, kind: str) -> list[Part]:
    """By language or group: asked as handed over, opened as counted, answered as stored."""
    handed = counted.handed.by[kind]
    asked = {
        name: states[State.ASKED] + states[State.SENT] for name, states in handed.items() if states
    }
    opened = counted.opened.get(kind, Counter())
    answered = counted.reach.get(kind, Counter())
    return [
        Part(
            _name(kind, value),
            asked.get(value) if handed else None,
            opened.get(value) if opened else None,
            answered[value],
        )
        for value in {**answered, **opened, **asked}
        if answered[value] or opened.get(value) or asked.get(value)
    ]


def _name(kind: str, value: str) -> str:
    if kind == "language":
        base = LANGUAGE_NAMES.get(value) or LANGUAGE_NAMES.get(value.split("-")[0])
        return base or value or "Not said"
    return value or "No group named"


def _steps(
    versions: list[SurveyVersion], quarter: Quarter, counted: _Counted, smallest: int
) -> tuple[Step, ...]:
    """The closed questions in the order of the newest version, older ones' own after them."""
    texts: dict[str, str] = {}
    for version in reversed(versions):
        for each in document_by(version.pk, version.digest).questions:
            if not each.is_free_text:
                texts.setdefault(each.id, each.words())
    rows = Fact.objects.filter(
        version__in=versions, starts_on=quarter.first_day, unit=None, channel="", polarity=""
    ).exclude(question="")
    tallies: dict[str, list[int]] = {}
    for question, shown, answered in rows.values_list("question", "shown", "answered"):
        tally = tallies.setdefault(question, [0, 0])
        tally[0] += shown
        tally[1] += answered
    last: Mapping[str, int] = counted.reach.get("last", Counter())
    return tuple(
        Step(text, tallies[name][0], tallies[name][1], _shown(last.get(name, 0), smallest))
        for name, text in texts.items()
        if name in tallies and not is_too_few(tallies[name][0], smallest)
    )


def _shown(n: int, smallest: int) -> int | None:
    return None if is_too_few(n, smallest) else n
