"""Did a change help? The days of a figure, and the changes that the flows of a service had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models.fields.json import KeyTransform

from cx280.dashboards.rules.change_words import Subject
from cx280.dashboards.rules.did_it_help import (
    Answer,
    Day,
    Refusal,
    answered,
    window,
)
from cx280.kernel.problem import Unusable
from cx280.measures.models import DayCount
from cx280.measures.queries.cuts import keys_of, versions_of
from cx280.measures.rules.basis import Basis, basis_of, gives_interval, weakest
from cx280.measures.rules.comparability import Key, construct_of, has_score
from cx280.measures.rules.scores import Counts, add_up, scale_of
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import Question
from cx280.telemetry.models import Flow
from cx280.telemetry.queries import facts
from cx280.telemetry.queries.flows import chain_of, life_of
from cx280.telemetry.queries.gaps import silent_days
from cx280.telemetry.rules.facts import ALL
from cx280.telemetry.rules.flows import inherited, marks

STARTED, FINISHED = "started:", "finished:"
_OUTCOMES = {"trust": "agree that they trust {}", "satisfaction": "agree that they are satisfied "
             "with {}"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A change on record: the day, what it was, of which flow."""

    on: date
    words: str
    flow: str


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a change, or why nothing is said, and what it is about."""

    subject: Subject
    answer: Answer | Refusal


def figures_of(service: Service) -> list[tuple[str, str]]:
    """The figures that may be chosen, each (value, words)."""
    flows = Flow.objects.filter(service=service).order_by("name").values_list("key", "name")
    found = [("trust", "Trust"), ("satisfaction", "Satisfaction"), ("visits", "Visits")]
    for key, name in flows:
        found += [(FINISHED + key, f"Finished “{name}”, of those who started"),
                  (STARTED + key, f"Visits that started “{name}”")]  # fmt: skip
    return found


def figure_of(service: Service, given: str) -> str:
    """The figure that was asked for; Unusable for one that the service does not have."""
    if given not in dict(figures_of(service)):
        raise Unusable(
            "The service has no such figure.", field="figure", fix="Choose one of the list."
        )
    return given


def changes_of(service: Service, today: date) -> list[Known]:
    """What happened to the flows of a service up to yesterday, the newest first."""
    flows = Flow.objects.filter(service=service).select_related("replaced_by")
    found = [
        Known(each.on, f"“{flow.name}” {each.label}", flow.key)
        for flow in flows.prefetch_related("changes")
        for each in marks(life_of(flow))
        if each.on < today
    ]
    return sorted(found, key=lambda each: each.on, reverse=True)


def told(service: Service, figure: str, changed: date, today: date, smallest: int) -> Told:
    """What came of a change that was made on that day. figure: one of `figures_of`."""
    first, last = window(changed, today)
    if figure in _OUTCOMES:
        subject, days = _said(service, figure, first, last, changed)
    else:
        subject, days = _done(service, figure, first, last)
    if not days:
        nothing = "Nothing is known of these days: no whole day has been counted."
        return Told(subject, Refusal(nothing, "Choose another figure or a later day."))
    return Told(subject, answered(days, changed, subject.kind, smallest))


def _done(service: Service, figure: str, first: date, last: date) -> tuple[Subject, list[Day]]:
    """Visits, or of one flow its starts or the share of them that finished."""
    silent = silent_days(service, first, last)
    if figure == "visits":
        rows = facts.figures(service.pk, first, last, "totals", by=ALL)
        counts = {day: float(each.visits) for day, each in rows}
        return Subject("Visits", "counts", "visits come", "visits"), _counts(counts, last, silent)
    key = figure.partition(":")[2]
    flow = Flow.objects.select_related("replaced_by").get(service=service, key=key)
    started, finished = _flow_days(flow, first, last)
    if figure.startswith(STARTED):
        subject = Subject("Starts", "counts", f"visits start “{flow.name}”", "visits")
        return subject, _counts(started, last, silent)
    people = f"people finish “{flow.name}”"
    subject = Subject("Finished", "rates", people, "visits that started it")
    days = [
        Day(each.on, min(finished.get(each.on, 0.0), each.part), each.part, each.missing)
        for each in _counts(started, last, silent)
    ]
    return subject, days


def _flow_days(flow: Flow, first: date, last: date) -> tuple[dict[date, float], dict[date, float]]:
    """Starts and completions by day; a flow inherits those of the flows whose place it took."""
    chain = [(each.launched_on, each.key) for each in chain_of(flow)]
    rows = [(day, each) for day, each in facts.flows(flow.service_id, first, last)]
    started, finished = (
        dict(inherited([
            (launched, {day: float(getattr(each, name)) for day, each in rows if each.flow == key})
            for launched, key in chain
        ]).points)
        for name in ("started", "finished")
    )  # fmt: skip
    return started, finished


def _counts(counts: Mapping[date, float], last: date, silent: Mapping[date, str]) -> list[Day]:
    """Every day from the first that is known; one without any is a zero, unless it was silent."""
    return [Day(day, counts.get(day, 0.0), missing=day in silent) for day in _span(counts, last)]


def _said(
    service: Service, construct: str, first: date, last: date, changed: date
) -> tuple[Subject, list[Day]]:
    """Those who agree, of those who answered; only questions that may be added up."""
    versions = versions_of(service)
    by_key: dict[Key, dict[date, Counts]] = {}
    bases: dict[Key, list[Basis]] = {}
    for question, asked in _questions(versions, construct).items():
        body = KeyTransform("2", KeyTransform(question, KeyTransform("questions", "counts")))
        rows = DayCount.objects.filter(version__in=asked, day__range=(first, last))
        of = {each.pk: each for each in asked}
        for pk, day, counts in rows.annotate(body=body).values_list("version_id", "day", "body"):
            if counts:
                key = keys_of(of[pk])[question]
                days = by_key.setdefault(key, {})
                days[day] = add_up([days.get(day, {}), counts])
                placement = document_by(pk, of[pk].digest).placement
                bases.setdefault(key, []).append(basis_of(placement))
    chosen = _most_answered(by_key, changed)
    chose = chosen is not None and not gives_interval(weakest(bases[chosen]))
    people = f"people {_OUTCOMES[construct].format(service.name)}"
    subject = Subject(construct.capitalize(), "rates", people, "answers", chose)
    if chosen is None:
        return subject, []
    agreeing = {str(code) for code in scale_of(chosen.scale).agreeing}
    return subject, [_agreeing(day, by_key[chosen].get(day, {}), agreeing)
                     for day in _span(by_key[chosen], last)]  # fmt: skip


def _questions(versions: Sequence[SurveyVersion], construct: str) -> dict[str, list[SurveyVersion]]:
    """The versions that asked for the construct, by the id of the question that did."""

    def asks(question: Question) -> bool:
        return has_score(question) and construct_of(question) == construct

    found: dict[str, list[SurveyVersion]] = {}
    for each in versions:
        for question in filter(asks, document_by(each.pk, each.digest).questions):
            found.setdefault(question.id, []).append(each)
    return found


def _most_answered(by_key: Mapping[Key, Mapping[date, Counts]], changed: date) -> Key | None:
    """The question with most answers since the change; None where nobody answered any."""

    def since(key: Key) -> int:
        return sum(sum(counts.values()) for day, counts in by_key[key].items() if day > changed)

    return max(by_key, key=since) if by_key else None


def _agreeing(day: date, counts: Counts, agreeing: set[str]) -> Day:
    part = sum(n for code, n in counts.items() if code in agreeing)
    return Day(day, float(part), float(sum(counts.values())))


def _span(days: Mapping[date, object], last: date) -> list[date]:
    first = min(days, default=None)
    if first is None:
        return []
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]
